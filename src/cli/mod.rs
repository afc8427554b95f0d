//! The command line: one file per noun. Its keys and exit statuses are measured from outside and keep their meaning.
//!
//! A command reads arguments, asks the store or a service of the newsroom, and turns the outcome into a table, JSON
//! or a sentence. No rule and no SQL lives here.

mod answer;
mod config;
mod demo;
mod editor;
mod issue;
mod item;
mod letter;
mod message;
mod migrate;
mod read;
mod receive;
mod schedule;
mod serve;
mod start;
mod subscriber;
mod table;
mod text;
mod when;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use answer::{Failure, Outcome};
use start::Global;

/// A newsroom for small communities: mail comes in, becomes a bulletin, and goes out to its readers.
#[derive(Parser)]
#[command(name = "zinas", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything ever received
    #[command(subcommand)]
    Message(message::Command),
    /// The pieces of news, and what is decided about them
    #[command(subcommand)]
    Item(item::Command),
    /// Replies of readers
    #[command(subcommand)]
    Letter(letter::Command),
    /// The numbered editions of the bulletin
    #[command(subcommand)]
    Issue(issue::Command),
    /// Readers and their consent
    #[command(subcommand)]
    Subscriber(subscriber::Command),
    /// Who is told about new items and may decide
    #[command(subcommand)]
    Editor(editor::Command),
    /// The next moments of each job
    Schedule(schedule::Schedule),
    /// Says how mails are understood, and does nothing else
    Read(read::Read),
    /// Prints the dates that a text states
    When(when::When),
    /// Takes one mail from standard input; for a mail server's pipe
    Receive(receive::Receive),
    /// Runs the newsroom until it is told to stop
    Serve,
    /// A month of the whole loop in a folder of its own
    Demo(demo::Demo),
    /// Brings the database to this version
    Migrate,
    /// The configuration file
    #[command(subcommand)]
    Config(config::Command),
}

/// Runs the program that was called.
pub fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().collect();
    match Arguments::try_parse_from(&given) {
        Ok(arguments) => answer::finish(run(arguments)),
        Err(error) => misunderstood(&error, &given),
    }
}

fn run(arguments: Arguments) -> Outcome {
    let Arguments { global, command } = arguments;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start")?;
    runtime.block_on(async {
        match command {
            Command::Message(command) => message::run(command, &global).await,
            Command::Item(command) => item::run(command, &global).await,
            Command::Letter(command) => letter::run(command, &global).await,
            Command::Issue(command) => issue::run(command, &global).await,
            Command::Subscriber(command) => subscriber::run(command, &global).await,
            Command::Editor(command) => editor::run(command, &global).await,
            Command::Schedule(schedule) => schedule::run(&schedule, &global).await,
            Command::Read(read) => read::run(&read, &global),
            Command::When(when) => when::run(&when, &global),
            Command::Receive(receive) => receive::run(receive, &global).await,
            Command::Serve => serve::run(&global).await,
            Command::Demo(demo) => demo::run(&demo, global.folder()).await,
            Command::Migrate => migrate::run(&global).await,
            Command::Config(command) => config::run(&command, &global),
        }
    })
}

/// Help that was asked for is printed; everything else is one sentence and status 2.
fn misunderstood(error: &clap::Error, given: &[OsString]) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return answer::finish(Ok(error.render().to_string().into_bytes()));
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Whoever types `zinas item` wants to see what there is.
            let _ = error.print();
            return ExitCode::from(2);
        }
        _ => {}
    }
    let said = usage_sentence(&error.render().to_string());
    let failure = if is_receive(given) {
        // A mail server bounces on any other status: a mistake in its configuration must not cost a mail.
        Failure::MailLater(said)
    } else {
        Failure::Use(anyhow!(said))
    };
    answer::finish(Err(failure))
}

/// Was it meant to take a mail? Asked of words that could not be understood.
fn is_receive(given: &[OsString]) -> bool {
    let mut words = given.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        match &*word {
            // Their value is not the command.
            "--config" | "--data" => drop(words.next()),
            word if word.starts_with('-') => {}
            word => return word == "receive",
        }
    }
    false
}

/// The first paragraph and the tips of what clap says, on one line.
fn usage_sentence(rendered: &str) -> String {
    let text = rendered.strip_prefix("error: ").unwrap_or(rendered);
    let head = text.split("\n\n").next().unwrap_or(text);
    let words: Vec<&str> = head.split_whitespace().collect();
    let tip = text.lines().map(str::trim).find_map(|line| line.strip_prefix("tip: "));
    let sentence = words.join(" ");
    match tip {
        Some(tip) => format!("{sentence}; {tip}"),
        None => format!("{sentence}; --help says more"),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn said(words: &[&str]) -> String {
        let error = Arguments::try_parse_from(words).err().unwrap();
        usage_sentence(&error.render().to_string())
    }

    #[test]
    fn the_arguments_hang_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_mail_server_is_recognised_behind_global_options() {
        let check = |words: &[&str]| is_receive(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert!(check(&["zinas", "--data", "folder", "--json", "receive", "--wrong"]));
        assert!(check(&["zinas", "--config=zinas.toml", "receive"]));
        assert!(!check(&["zinas", "item", "show", "receive"]));
    }

    #[test]
    fn wrong_use_is_one_sentence() {
        assert_eq!(
            said(&["zinas", "item", "show"]),
            "the following required arguments were not provided: <ID>; --help says more"
        );
        assert_eq!(
            said(&["zinas", "itm"]),
            "unrecognized subcommand 'itm'; a similar subcommand exists: 'item'"
        );
        let state = said(&["zinas", "item", "list", "--state", "open"]);
        assert!(
            state.contains("'open'") && state.contains("pending, asked") && !state.contains('\n'),
            "{state}"
        );
    }
}
