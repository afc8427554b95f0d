//! The daemon: everything that touches the outside world. One owner per outside world, see ARCHITECTURE.md.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod daemon;
pub mod demo;
pub mod inbound;
pub mod lock;
pub mod media;
pub mod newsroom;
pub mod outbound;
pub mod publish;
pub mod schedule;
pub mod store;
pub mod tls;
pub mod web;
