//! What the stories stand on: private servers, folders and ports, and a door that keeps what it is given.

pub mod certificate;
pub mod door;
pub mod dovecot;
pub mod folder;
pub mod line;
pub mod ports;
pub mod postfix;
pub mod postgres;
pub mod program;
//! What the stories share.

pub mod golden;
pub mod sink;
