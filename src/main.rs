//! Reads the command line; everything else is the library's.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use issues::reading::{PrivateRule, Rules};
use subscribers::EmailAddress;
use zinas::cli::read;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(read::ReadArgs),
}

fn main() -> ExitCode {
    let Command::Read(args) = Cli::parse().command;
    let rules = Rules {
        own: EmailAddress::parse("info@selija.com").into_iter().collect(),
        private: vec![PrivateRule {
            name: "Sēlijas sudrabs".into(),
            words: vec!["Sēlijas sudrab".into()],
            entry_words: vec!["pieteikum".into(), "esej".into(), "nominācij".into()],
            addresses: Vec::new(),
        }],
        ..Rules::default()
    };
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day that exists");
    match read::run(&args, &rules, today) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("zinas: {error:#}");
            ExitCode::from(2)
        }
    }
}

use chrono::NaiveDate;
