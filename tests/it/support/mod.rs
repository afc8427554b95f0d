//! What the stories stand on: private servers, folders and ports, a door that keeps what it is given, and a sink.

pub mod browser;
pub mod certificate;
pub mod database;
pub mod desk;
pub mod door;
pub mod dovecot;
pub mod folder;
pub mod golden;
pub mod letters;
pub mod line;
pub mod newsroom;
pub mod outbox;
pub mod ports;
pub mod postfix;
pub mod postgres;
pub mod process;
pub mod program;
pub mod readers;
pub mod sink;
pub mod site;
