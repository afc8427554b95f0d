//! `zinas config`: the sample, and whether a file is fit to start with.

use clap::Subcommand;

use super::answer::Outcome;
use super::start::Global;
use crate::config::SAMPLE;

#[derive(Subcommand)]
pub enum Command {
    /// Prints a complete configuration with comments
    Sample,
    /// Reads the configuration as the daemon would, and says what is wrong
    Check,
}

pub fn run(command: &Command, global: &Global) -> Outcome {
    match command {
        Command::Sample => Ok(SAMPLE.as_bytes().to_vec()),
        Command::Check => {
            let config = global.config()?;
            Ok(format!("the configuration of “{}” is complete\n", config.publication.name).into_bytes())
        }
    }
}
