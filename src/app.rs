//! What every part of the daemon and every command holds: configuration, database, clock and secret.

use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use data_encoding::HEXLOWER;
use subscribers::{Purpose, Secret, Token, TokenLife};
use templates::Paths;
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use crate::clock::{Clock, random_octets};
use crate::config::Config;
use crate::inbound::receiving::Receiving;
use crate::newsroom::horizon::LastDrawn;
use crate::outbound::message::{Addressing, Letterhead};
use crate::store::Store;

/// Days for which links and addresses in mails are good, beyond those that never end.
const REPLY_DAYS: u64 = 400;
const CONFIRM_DAYS: u64 = 7;
const DECIDE_DAYS: u64 = 60;
const SIGN_IN_DAYS: u64 = 1;

pub struct App {
    pub config: Config,
    pub store: Store,
    pub clock: Clock,
    pub secret: Secret,
    /// Who writes: composes every mail.
    pub letterhead: Letterhead,
    /// Row of the publication.
    pub publication: i64,
    pub wake: Wake,
    /// Work that goes on after an answer was given.
    pub later: TaskTracker,
    /// How mail comes in.
    pub receiving: Receiving,
    /// The horizon of a draft, drawn for whoever asks first.
    pub last_drawn: LastDrawn,
}

pub type SharedApp = Arc<App>;

/// Lets one task tell another that there is work, so that nobody waits for the next look.
#[derive(Default)]
pub struct Wake {
    /// A message was stored.
    pub arrived: Notify,
    /// A mail was queued.
    pub queued: Notify,
}

/// May the database be changed to this version while opening it?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// The daemon and `migrate`, who hold the lock.
    Migrate,
    /// Everybody else.
    Expect,
}

/// What one step of a task's loop did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Worked,
    Idle,
}

impl App {
    /// Opens the database and reads what the installation keeps there.
    ///
    /// # Errors
    /// The database cannot be reached, or is of another version.
    pub async fn open(config: Config, clock: Clock, schema: Schema) -> anyhow::Result<SharedApp> {
        std::fs::create_dir_all(&config.data)
            .with_context(|| format!("make the data folder {}", config.data.display()))?;
        let store = Store::open(config.database.expose()).await?;
        match schema {
            Schema::Migrate => store.migrate().await?,
            Schema::Expect => {
                ensure!(
                    store.is_current().await?,
                    "the database is not of this version; run `zinas migrate` (or start `zinas serve`) first"
                );
            }
        }
        let now = clock.now();
        let mut write = store.write().await?;
        let publication = write.publication(&config.publication.slug, now).await?;
        let drawn = HEXLOWER.encode(&random_octets::<32>());
        let kept = write.setting_or("token_secret", &drawn).await?;
        for editor in &config.editors {
            write.keep_editor(publication, &editor.address, &editor.name, editor.language, now).await?;
        }
        write.commit().await?;
        let octets = HEXLOWER.decode(kept.as_bytes()).context("database: the token secret is damaged")?;
        let Some(secret) = Secret::new(octets) else { bail!("database: the token secret is too short") };
        let letterhead = Letterhead::new(
            &config.publication.name,
            config.mailbox.address.clone(),
            Addressing::with(config.mailbox.delimiter),
            secret.clone(),
        )?;
        Ok(Arc::new(Self {
            config,
            store,
            clock,
            secret,
            letterhead,
            publication,
            wake: Wake::default(),
            later: TaskTracker::new(),
            receiving: Receiving::default(),
            last_drawn: LastDrawn::default(),
        }))
    }

    /// Where our pages are.
    pub fn paths(&self) -> Paths {
        Paths::new(self.config.public_url.as_str())
    }

    /// A moment in the bulletin's zone, as a Date header says it.
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.config.publication.zone).fixed_offset()
    }

    /// A signed token with the life that its purpose has.
    pub fn token(&self, purpose: Purpose, public_id: i64) -> Token {
        self.token_of(purpose, public_id, self.clock.now().date_naive())
    }

    /// [`App::token`] in a mail of this day (UTC), which gets the same token when it is made again.
    pub fn token_of(&self, purpose: Purpose, public_id: i64, day: NaiveDate) -> Token {
        let days = match purpose {
            // A form ends with its session.
            Purpose::Leave | Purpose::Reminder | Purpose::Form => None,
            Purpose::Confirm | Purpose::Address => Some(CONFIRM_DAYS),
            Purpose::Decide => Some(DECIDE_DAYS),
            // To the minute in the row that it names.
            Purpose::SignIn | Purpose::Own => Some(SIGN_IN_DAYS),
            Purpose::Bounce
            | Purpose::Reply
            | Purpose::Item
            | Purpose::Letter
            | Purpose::Contribution
            | Purpose::Preferences => Some(REPLY_DAYS),
        };
        let life = days.map_or(TokenLife::Forever, |days| TokenLife::Until(day + chrono::Days::new(days)));
        self.secret.token(purpose, public_id, life)
    }

    /// The last day on which a confirmation link sent now works.
    pub fn last_day_to_confirm(&self) -> NaiveDate {
        self.clock.now().date_naive() + chrono::Days::new(CONFIRM_DAYS)
    }

    /// The day it is in the bulletin's zone.
    pub fn today(&self) -> NaiveDate {
        self.clock.now().with_timezone(&self.config.publication.zone).date_naive()
    }
}
