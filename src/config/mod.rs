//! The one configuration file, read into values that need no further checking. Refuses to start rather than guess:
//! nothing that could do harm (sender, public address, relay) has a default, and unknown keys are errors.

mod file;
mod places;
mod secret;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use issues::calendar::{Bears, Cron, Job};
use issues::delivery::UncertainPolicy;
use issues::reading::{KnownPlace, PrivateRule, Rules};
use subscribers::{EmailAddress, Language};
use url::Url;

pub use secret::{Place, SecretText};

/// The sample that `zinas config sample` prints.
pub const SAMPLE: &str = include_str!("sample.toml");

/// Everything the daemon was told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the SQLite file and the lock.
    pub data: PathBuf,
    /// Address of the database, in the words of the store.
    pub database: SecretText,
    pub public_url: Url,
    pub web_listen: String,
    pub publication: Publication,
    pub mailbox: Mailbox,
    pub inbound: Inbound,
    pub outbound: Outbound,
    pub schedule: Vec<(Job, Cron)>,
    pub issue: Issue,
    pub private: Vec<PrivateRule>,
    pub editors: Vec<ConfiguredEditor>,
}

#[derive(Debug, Clone)]
pub struct Publication {
    pub slug: String,
    pub name: String,
    /// Latvian case forms, for the sentences that need them; the name itself where they are not given.
    pub name_genitive: String,
    pub name_dative: String,
    pub language: Language,
    pub zone: Tz,
    pub owner: String,
    pub postal_address: String,
    pub list_id: String,
    /// Looked for in the texts of mails; empty where there is no list.
    pub places: Vec<KnownPlace>,
    pub sections: Vec<Section>,
    pub funders: Vec<Funder>,
}

#[derive(Debug, Clone)]
pub struct Section {
    pub id: String,
    pub titles: Vec<(Language, String)>,
}

/// An acknowledgement that must stand in every issue of its period.
#[derive(Debug, Clone)]
pub struct Funder {
    pub name: String,
    pub text: String,
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// The publication's own mailbox.
#[derive(Debug, Clone)]
pub struct Mailbox {
    pub address: EmailAddress,
    /// Character before the tag of a reply or return address; `None` where the host refuses tags.
    pub delimiter: Option<char>,
    /// Hosts whose Authentication-Results are believed.
    pub trusted_hosts: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Inbound {
    pub size_bytes_max: usize,
    pub imap: Option<Imap>,
    pub listener: Option<Listener>,
}

#[derive(Debug, Clone)]
pub struct Imap {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    pub password: SecretText,
    pub folder: String,
    pub processed: String,
    /// Mail from before this day is left alone: the mailbox was in use before.
    pub since: Option<NaiveDate>,
    pub ca_file: Option<PathBuf>,
}

#[derive(Debug, Clone)]
pub struct Listener {
    pub listen: String,
    pub lmtp: bool,
}

#[derive(Debug, Clone)]
pub struct Outbound {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: Option<String>,
    pub password: Option<SecretText>,
    pub connections: usize,
    pub hello: String,
    pub ca_file: Option<PathBuf>,
    /// What becomes of a mail that may have arrived.
    pub uncertain: UncertainPolicy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    Tls,
    StartTls,
    /// Only towards this machine.
    None,
}

#[derive(Debug, Clone)]
pub struct Issue {
    pub bears: Bears,
    pub items_min: usize,
    pub hold: TimeDelta,
    pub needs_approval: bool,
    pub first_running_number: i64,
}

#[derive(Debug, Clone)]
pub struct ConfiguredEditor {
    pub address: EmailAddress,
    pub name: String,
    pub language: Language,
}

impl Config {
    /// Reads the file. Paths in it are relative to its folder.
    ///
    /// # Errors
    /// Says what was wrong, where and what to do.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| {
            format!(
                "read the configuration {} (print a sample with `zinas config sample`, name another with --config)",
                path.display()
            )
        })?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let variable = |name: &str| std::env::var(name).ok();
        Self::parse(&text, Place { folder, variable: &variable })
            .with_context(|| format!("in the configuration {}", path.display()))
    }

    /// # Errors
    /// See [`Config::load`].
    pub fn parse(text: &str, place: Place<'_>) -> anyhow::Result<Self> {
        let file: file::File = toml::from_str(text)?;
        file.check(place)
    }

    /// The funders to be acknowledged in what is read on this day.
    pub fn funders(&self, on: NaiveDate) -> impl Iterator<Item = &Funder> {
        self.publication.funders.iter().filter(move |funder| funder.from <= on && on <= funder.until)
    }

    pub fn cron(&self, job: Job) -> Option<&Cron> {
        self.schedule.iter().find(|(of, _)| *of == job).map(|(_, cron)| cron)
    }

    /// What the reading of mail is told about the publication.
    pub fn rules(&self) -> Rules {
        Rules {
            own: vec![self.mailbox.address.clone()],
            delimiter: self.mailbox.delimiter,
            list_id: Some(self.publication.list_id.clone()),
            authserv_id: self.mailbox.trusted_hosts.first().cloned(),
            private: self.private.clone(),
            language: self.publication.language.code().to_owned(),
            zone: self.publication.zone,
            places: self.publication.places.clone(),
        }
    }

    /// An address of ours for a purpose, or the plain mailbox where tags are refused.
    pub fn tagged(&self, tag: &str) -> EmailAddress {
        let address = &self.mailbox.address;
        let tagged = self.mailbox.delimiter.and_then(|delimiter| address.tagged(delimiter, tag).ok());
        tagged.unwrap_or_else(|| address.clone())
    }
}

fn positive(what: &str, number: i64) -> anyhow::Result<usize> {
    match usize::try_from(number) {
        Ok(number) if number > 0 => Ok(number),
        _ => bail!("{what} = {number}: it must be above 0"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        let variable = |name: &str| (name == "ZINAS_MAIL_PASSWORD").then(|| "postgres:hunter2".to_owned());
        let place = Place { folder: Path::new("/srv/zinas"), variable: &variable };
        Config::parse(text, place).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn the_sample_is_a_complete_configuration() {
        let config = parse(SAMPLE).unwrap();
        assert_eq!(config.publication.name, "Sēlijas salu ziņas");
        assert_eq!(config.issue.hold, TimeDelta::minutes(10));
        assert_eq!(config.schedule.len(), Job::ALL.len());
        assert_eq!(config.data, Path::new("/srv/zinas/data"));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let wrong = SAMPLE.replacen("items_min", "items_minimum", 1);
        let error = parse(&wrong).unwrap_err();
        assert!(error.contains("items_minimum") && error.contains("line"), "{error}");
    }

    #[test]
    fn what_could_do_harm_has_no_default() {
        for key in ["public_url = ", "address = \"info@", "host = \"mail."] {
            let without: Vec<&str> = SAMPLE.lines().filter(|line| !line.starts_with(key)).collect();
            let error = parse(&without.join("\n")).unwrap_err();
            assert!(error.contains("missing"), "{key}: {error}");
        }
    }

    #[test]
    fn a_wrong_value_is_named_with_what_to_do() {
        for (from, to, expected) in [
            ("zone = \"Europe/Riga\"", "zone = \"Europe/Rīga\"", "time zone"),
            ("resend_after_seconds = 3600", "resend_after_seconds = 0", "outbound.resend_after_seconds"),
            ("0 10 * * Wed#L", "0 10 * * 3", "schedule.send"),
            ("security = \"starttls\"", "security = \"none\"", "loopback"),
            ("https://zinas.selija.com", "ftp://zinas.selija.com", "public_url"),
            ("id = \"konkursi\"", "id = \"zinas\"", "stands twice"),
            ("list_id = \"zinas.selija.com\"", "list_id = \"ziņas <x>\"", "publication.list_id"),
            ("first_running_number = 1", "first_running_number = -1", "issue.first_running_number"),
            ("first_running_number = 1", "first_running_number = 0", "issue.first_running_number"),
            ("address = \"info@selija.com\"", "address = \"info+zinas@selija.com\"", "without a tag"),
        ] {
            assert!(SAMPLE.contains(from), "{from}");
            let error = parse(&SAMPLE.replacen(from, to, 1)).unwrap_err();
            assert!(error.contains(expected), "{to}: {error}");
        }
    }

    #[test]
    fn a_secret_is_never_shown() {
        let config = parse(SAMPLE).unwrap();
        assert_eq!(config.outbound.password.as_ref().unwrap().expose(), "postgres:hunter2");
        assert!(!format!("{config:?}").contains("hunter2"));
        let error = parse(&SAMPLE.replacen("ZINAS_MAIL_PASSWORD", "ZINAS_NOTHING", 1)).unwrap_err();
        assert!(
            error.contains("inbound.imap.password: the environment variable ZINAS_NOTHING is not set"),
            "{error}"
        );
    }
}
