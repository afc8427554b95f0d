//! The shape of the file, and the checks that turn it into a [`Config`].

use std::net::{IpAddr, ToSocketAddrs as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use chrono::{NaiveDate, TimeDelta};
use issues::calendar::{Bears, Cron, Job};
use issues::delivery::{RESEND_AFTER, UncertainPolicy};
use issues::reading::PrivateRule;
use serde::Deserialize;
use subscribers::{EmailAddress, Language};
use url::Url;

use super::places;
use super::{
    Config, ConfiguredEditor, Funder, Imap, Inbound, Issue, Listener, Mailbox, Outbound, Place, Publication,
    SecretText, Section, Security, positive,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    data: PathBuf,
    database_env: Option<String>,
    database_file: Option<String>,
    public_url: String,
    web: WebFile,
    publication: PublicationFile,
    mailbox: MailboxFile,
    inbound: InboundFile,
    outbound: OutboundFile,
    schedule: ScheduleFile,
    issue: IssueFile,
    #[serde(default)]
    private: Vec<PrivateFile>,
    #[serde(default)]
    editor: Vec<EditorFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebFile {
    listen: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicationFile {
    slug: String,
    name: String,
    name_genitive: Option<String>,
    name_dative: Option<String>,
    language: String,
    zone: String,
    owner: String,
    postal_address: String,
    list_id: String,
    places: Option<String>,
    section: Vec<SectionFile>,
    #[serde(default)]
    funder: Vec<FunderFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    id: String,
    lv: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FunderFile {
    name: String,
    text: String,
    from: toml::value::Datetime,
    until: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailboxFile {
    address: String,
    tags: bool,
    #[serde(default = "plus")]
    delimiter: char,
    #[serde(default)]
    trusted_hosts: Vec<String>,
}

fn plus() -> char {
    '+'
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InboundFile {
    size_mb_max: i64,
    imap: Option<ImapFile>,
    listener: Option<ListenerFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImapFile {
    host: String,
    port: u16,
    security: String,
    user: String,
    password_env: Option<String>,
    password_file: Option<String>,
    folder: String,
    processed: String,
    since: Option<toml::value::Datetime>,
    ca_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListenerFile {
    listen: String,
    protocol: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutboundFile {
    host: String,
    port: u16,
    security: String,
    user: Option<String>,
    password_env: Option<String>,
    password_file: Option<String>,
    connections: i64,
    hello: String,
    uncertain: String,
    resend_after_seconds: Option<i64>,
    ca_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScheduleFile {
    reminder: Option<String>,
    assemble: Option<String>,
    send: Option<String>,
    /// Left out in configurations that are older than the job: then it is off.
    waiting: Option<String>,
    clean_up: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueFile {
    bears: Bears,
    items_min: i64,
    hold_seconds: i64,
    approval: String,
    first_running_number: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrivateFile {
    name: String,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    entry_words: Vec<String>,
    #[serde(default)]
    recipients: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditorFile {
    address: String,
    #[serde(default)]
    name: String,
    language: String,
}

impl File {
    pub(super) fn check(self, place: Place<'_>) -> anyhow::Result<Config> {
        let data = place.folder.join(&self.data);
        let database = match (&self.database_env, &self.database_file) {
            (None, None) => {
                SecretText::new(format!("sqlite://{}?mode=rwc", data.join("zinas.sqlite").display()))
            }
            (variable, file) => SecretText::find("database", variable.as_deref(), file.as_deref(), place)?,
        };
        Ok(Config {
            database,
            data,
            public_url: public_url(&self.public_url)?,
            web_listen: self.web.listen,
            publication: self.publication.check(place)?,
            mailbox: self.mailbox.check()?,
            inbound: self.inbound.check(place)?,
            outbound: self.outbound.check(place)?,
            schedule: self.schedule.check()?,
            issue: self.issue.check()?,
            private: self.private.into_iter().map(PrivateFile::check).collect::<anyhow::Result<_>>()?,
            editors: self.editor.into_iter().map(EditorFile::check).collect::<anyhow::Result<_>>()?,
        })
    }
}

fn public_url(text: &str) -> anyhow::Result<Url> {
    let url = Url::parse(text).with_context(|| format!("public_url = {text:?} is no address of a page"))?;
    ensure!(
        matches!(url.scheme(), "http" | "https") && url.has_host() && url.query().is_none(),
        "public_url = {text:?} must begin with https:// and end with the host or a path"
    );
    Ok(url)
}

fn address(what: &str, text: &str) -> anyhow::Result<EmailAddress> {
    EmailAddress::parse(text).with_context(|| format!("{what} = {text:?}"))
}

fn language(what: &str, code: &str) -> anyhow::Result<Language> {
    Language::parse(code).with_context(|| format!("{what} = {code:?}: there are \"lv\" and \"en\""))
}

impl PublicationFile {
    fn check(self, place: Place<'_>) -> anyhow::Result<Publication> {
        ensure!(!self.section.is_empty(), "publication.section: at least one section is needed");
        let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        ensure!(
            !self.slug.is_empty() && self.slug.chars().all(slug),
            "publication.slug = {:?}: use small letters, digits and hyphens",
            self.slug
        );
        for (number, section) in self.section.iter().enumerate() {
            let first = self.section[..number].iter().all(|before| before.id != section.id);
            ensure!(
                first,
                "publication.section: the id {:?} stands twice; each item would be printed twice",
                section.id
            );
        }
        // RFC 2919 section 3, without comments.
        let of_a_list = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        ensure!(
            self.list_id.contains('.') && self.list_id.chars().all(of_a_list),
            "publication.list_id = {:?}: use letters, digits, hyphens and dots, like a host name",
            self.list_id
        );
        let sections = self.section.into_iter().map(|section| Section {
            id: section.id,
            titles: vec![(Language::Latvian, section.lv), (Language::English, section.en)],
        });
        let zone = self.zone.parse().ok().with_context(|| {
            format!("publication.zone = {:?} is no time zone; write it as \"Europe/Riga\"", self.zone)
        })?;
        Ok(Publication {
            slug: self.slug,
            name_genitive: self.name_genitive.unwrap_or_else(|| self.name.clone()),
            name_dative: self.name_dative.unwrap_or_else(|| self.name.clone()),
            name: self.name,
            language: language("publication.language", &self.language)?,
            zone,
            owner: self.owner,
            postal_address: self.postal_address,
            list_id: self.list_id,
            places: match &self.places {
                Some(named) => places::load(named, place.folder)?,
                None => Vec::new(),
            },
            sections: sections.collect(),
            funders: self.funder.into_iter().map(FunderFile::check).collect::<anyhow::Result<_>>()?,
        })
    }
}

/// A day of the calendar, without a time.
fn day(what: &str, datetime: &toml::value::Datetime) -> anyhow::Result<NaiveDate> {
    let date = datetime.date.filter(|_| datetime.time.is_none());
    let date = date.and_then(|date| {
        NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
    });
    date.with_context(|| format!("{what} must be a day, as 2026-12-31 without quotes"))
}

impl FunderFile {
    fn check(self) -> anyhow::Result<Funder> {
        let from = day("publication.funder.from", &self.from)?;
        let until = day("publication.funder.until", &self.until)?;
        ensure!(from <= until, "publication.funder {:?}: from is after until", self.name);
        Ok(Funder { name: self.name, text: self.text, from, until })
    }
}

impl MailboxFile {
    fn check(self) -> anyhow::Result<Mailbox> {
        ensure!("+-=".contains(self.delimiter), "mailbox.delimiter = {:?}: use + - or =", self.delimiter);
        let address = address("mailbox.address", &self.address)?;
        // At + alone: a name may well hold a hyphen of its own.
        let tagged = address.local().contains('+');
        ensure!(
            !(self.tags && self.delimiter == '+' && tagged),
            "mailbox.address = {:?}: write it without a tag, or set tags = false",
            self.address
        );
        Ok(Mailbox {
            address,
            delimiter: self.tags.then_some(self.delimiter),
            trusted_hosts: self.trusted_hosts,
        })
    }
}

impl InboundFile {
    fn check(self, place: Place<'_>) -> anyhow::Result<Inbound> {
        let megabytes = positive("inbound.size_mb_max", self.size_mb_max)?;
        ensure!(megabytes <= 100, "inbound.size_mb_max = {megabytes}: at most 100");
        Ok(Inbound {
            size_bytes_max: megabytes << 20,
            imap: self.imap.map(|imap| imap.check(place)).transpose()?,
            listener: self.listener.map(ListenerFile::check).transpose()?,
        })
    }
}

impl ImapFile {
    fn check(self, place: Place<'_>) -> anyhow::Result<Imap> {
        let security = security("inbound.imap.security", &self.security, &self.host)?;
        ensure!(
            security != Security::StartTls,
            "inbound.imap.security = \"starttls\": use \"tls\" on port 993"
        );
        let password = SecretText::find(
            "inbound.imap.password",
            self.password_env.as_deref(),
            self.password_file.as_deref(),
            place,
        )?;
        ensure!(self.folder != self.processed, "inbound.imap.processed must be another folder than folder");
        Ok(Imap {
            host: self.host,
            port: self.port,
            security,
            user: self.user,
            password,
            folder: self.folder,
            processed: self.processed,
            since: self.since.map(|since| day("inbound.imap.since", &since)).transpose()?,
            ca_file: self.ca_file.map(|file| place.folder.join(file)),
        })
    }
}

impl ListenerFile {
    fn check(self) -> anyhow::Result<Listener> {
        let lmtp = match self.protocol.as_str() {
            "lmtp" => true,
            "smtp" => false,
            other => bail!("inbound.listener.protocol = {other:?}: use \"lmtp\" or \"smtp\""),
        };
        Ok(Listener { listen: self.listen, lmtp })
    }
}

impl OutboundFile {
    fn check(self, place: Place<'_>) -> anyhow::Result<Outbound> {
        let password = match (&self.user, &self.password_env, &self.password_file) {
            (None, None, None) => None,
            (None, ..) => bail!("outbound: there is a password but no user"),
            (Some(_), variable, file) => {
                Some(SecretText::find("outbound.password", variable.as_deref(), file.as_deref(), place)?)
            }
        };
        let connections = positive("outbound.connections", self.connections)?;
        ensure!(connections <= 200, "outbound.connections = {connections}: at most 200");
        let seconds = self.resend_after_seconds.unwrap_or(RESEND_AFTER.num_seconds());
        ensure!(
            (1..=86_400).contains(&seconds),
            "outbound.resend_after_seconds = {seconds}: from 1 to 86400"
        );
        Ok(Outbound {
            security: security("outbound.security", &self.security, &self.host)?,
            host: self.host,
            port: self.port,
            user: self.user,
            password,
            connections,
            hello: self.hello,
            ca_file: self.ca_file.map(|file| place.folder.join(file)),
            uncertain: match self.uncertain.as_str() {
                "resend" => UncertainPolicy::Resend { after: TimeDelta::seconds(seconds) },
                "assume_sent" => UncertainPolicy::AssumeSent,
                other => bail!("outbound.uncertain = {other:?}: use \"resend\" or \"assume_sent\""),
            },
        })
    }
}

/// Without encryption only towards this machine.
fn security(what: &str, word: &str, host: &str) -> anyhow::Result<Security> {
    match word {
        "tls" => Ok(Security::Tls),
        "starttls" => Ok(Security::StartTls),
        "none" => {
            ensure!(
                is_loopback(host),
                "{what} = \"none\" is allowed towards a loopback address only, {host} is none; use \"tls\" or \
                 \"starttls\""
            );
            Ok(Security::None)
        }
        other => bail!("{what} = {other:?}: use \"tls\", \"starttls\" or \"none\""),
    }
}

fn is_loopback(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) if host == "localhost" => (host, 0)
            .to_socket_addrs()
            .is_ok_and(|mut addresses| addresses.all(|address| address.ip().is_loopback())),
        Err(_) => false,
    }
}

impl ScheduleFile {
    fn check(self) -> anyhow::Result<Vec<(Job, Cron)>> {
        let given = [
            (Job::Reminder, self.reminder),
            (Job::Waiting, self.waiting),
            (Job::Assemble, self.assemble),
            (Job::Send, self.send),
            (Job::CleanUp, self.clean_up),
        ];
        let mut schedule = Vec::new();
        for (job, expression) in given {
            let Some(expression) = expression else { continue };
            let cron = Cron::parse(&expression)
                .with_context(|| format!("schedule.{} = {expression:?}", job.name()))?;
            schedule.push((job, cron));
        }
        Ok(schedule)
    }
}

impl IssueFile {
    fn check(self) -> anyhow::Result<Issue> {
        ensure!(
            (0..=86_400).contains(&self.hold_seconds),
            "issue.hold_seconds = {}: from 0 to 86400",
            self.hold_seconds
        );
        Ok(Issue {
            bears: self.bears,
            items_min: positive("issue.items_min", self.items_min)?,
            hold: TimeDelta::seconds(self.hold_seconds),
            needs_approval: match self.approval.as_str() {
                "editor" => true,
                "automatic" => false,
                other => bail!("issue.approval = {other:?}: use \"editor\" or \"automatic\""),
            },
            first_running_number: running_number(self.first_running_number)?,
        })
    }
}

/// A number that readers see. It goes on for ever, so that it begins far from what a page can show.
fn running_number(number: i64) -> anyhow::Result<i64> {
    let most = i64::from(i32::MAX / 2);
    ensure!((1..=most).contains(&number), "issue.first_running_number = {number}: from 1 to {most}");
    Ok(number)
}

impl PrivateFile {
    fn check(self) -> anyhow::Result<PrivateRule> {
        let addresses = self.recipients.iter().map(|text| address("private.recipients", text));
        Ok(PrivateRule {
            name: self.name,
            words: self.subject,
            entry_words: self.entry_words,
            addresses: addresses.collect::<anyhow::Result<_>>()?,
        })
    }
}

impl EditorFile {
    fn check(self) -> anyhow::Result<ConfiguredEditor> {
        Ok(ConfiguredEditor {
            address: address("editor.address", &self.address)?,
            name: self.name,
            language: language("editor.language", &self.language)?,
        })
    }
}
