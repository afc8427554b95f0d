//! Mail from a mailbox at a host: IMAP with IDLE and polling (RFC 9051, RFC 3501, RFC 2177, RFC 6851).
//!
//! What is ours is known from our own record of UIDVALIDITY and UID, never from `\Seen`, so people may read the mailbox
//! beside us. A mail is moved away only after its bytes are committed. It leaves out sending, folders other than these
//! two, and XOAUTH2.

mod error;
mod round;
mod session;
mod utf7;

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use chrono::NaiveDate;
use tokio_util::sync::CancellationToken;

pub use self::error::ImapError;
use self::{
    round::{Suspects, round},
    session::{Connection, Woken},
};
use super::intake::Intake;
use crate::config::{Config, SecretText, Security};

/// Shorter than the half hour after which servers may hang up, and than most routers forget a connection.
const IDLE_MAX: Duration = Duration::from_secs(5 * 60);
/// Rounds one after the other before waiting, should a server announce mail with every answer.
const REPEATS_MAX: usize = 3;
/// Where a server cannot tell us of new mail: a contributor is thanked within a minute.
const POLL_EVERY: Duration = Duration::from_secs(20);
const BACK_OFF_MIN: Duration = Duration::from_secs(1);
const BACK_OFF_MAX: Duration = Duration::from_secs(5 * 60);

#[derive(Debug, Clone)]
pub struct ImapConfig {
    pub host: String,
    pub port: u16,
    /// Without TLS to a server on this machine only.
    pub security: Security,
    pub user: String,
    pub password: SecretText,
    /// Where mail arrives, usually `INBOX`.
    pub mailbox: String,
    /// Where mail goes when it is ours; `None` leaves it where it is.
    pub processed: Option<String>,
    /// Mail that arrived before this day is left alone, for a mailbox that was in use before.
    pub since: Option<NaiveDate>,
    /// Certificates to trust instead of the system's.
    pub ca_file: Option<PathBuf>,
    /// How often to look where the server cannot tell us of new mail.
    pub poll: Duration,
}

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fetched {
    pub stored: usize,
    /// Ours from elsewhere or from before a change of UIDVALIDITY.
    pub known: usize,
    /// Too large: only the head is ours.
    pub heads: usize,
    pub moved: usize,
    /// Ours, but the server would not move them yet.
    pub waiting: usize,
}

impl ImapConfig {
    /// The account of the configuration, if there is one.
    pub fn of(config: &Config) -> Option<Self> {
        let imap = config.inbound.imap.clone()?;
        Some(Self {
            host: imap.host,
            port: imap.port,
            security: imap.security,
            user: imap.user,
            password: imap.password,
            mailbox: imap.folder,
            processed: Some(imap.processed),
            since: imap.since,
            ca_file: imap.ca_file,
            poll: POLL_EVERY,
        })
    }

    pub fn server(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

/// Connects, takes in what is there, and says goodbye.
///
/// # Errors
/// See [`ImapError`]. What was stored before the error is stored.
pub async fn fetch_once(config: &ImapConfig, intake: &impl Intake) -> Result<Fetched, ImapError> {
    let mut connection = Connection::open(config).await?;
    let never = CancellationToken::new();
    let fetched = round(&mut connection, config, intake, &mut Suspects::default(), &never).await?;
    connection.close().await;
    Ok(fetched)
}

/// Takes mail in as it comes, until `shutdown`. Lost connections and refusals are tried again, ever more slowly.
///
/// # Errors
/// None: whatever fails here may work later.
pub async fn run<I: Intake>(
    config: ImapConfig,
    intake: Arc<I>,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let mut back_off = BackOff(BACK_OFF_MIN);
    let mut suspects = Suspects::default();
    while !shutdown.is_cancelled() {
        let Err(error) = stay_connected(&config, &*intake, &mut suspects, &mut back_off, &shutdown).await
        else {
            break;
        };
        let pause = back_off.after(&error);
        intake.mailbox_lost(error.in_short());
        tracing::error!(
            error = %Causes(&error),
            next_attempt_seconds = pause.as_secs(),
            "mail is not being taken in from the IMAP server"
        );
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = shutdown.cancelled() => {}
        }
    }
    Ok(())
}

async fn stay_connected(
    config: &ImapConfig,
    intake: &impl Intake,
    suspects: &mut Suspects,
    back_off: &mut BackOff,
    shutdown: &CancellationToken,
) -> Result<(), ImapError> {
    let mut connection = tokio::select! {
        opened = Connection::open(config) => opened?,
        () = shutdown.cancelled() => return Ok(()),
    };
    tracing::info!(server = config.server(), "connected to the IMAP server");
    let mut repeats = 0;
    loop {
        connection.heard_of_mail();
        let fetched = round(&mut connection, config, intake, suspects, shutdown).await?;
        back_off.reset();
        intake.mailbox_reached();
        if fetched != Fetched::default() {
            tracing::info!(?fetched, "took mail in from the IMAP server");
        }
        // What was announced between the search and now is not announced again.
        if connection.heard_of_mail() && repeats < REPEATS_MAX && !shutdown.is_cancelled() {
            repeats += 1;
            continue;
        }
        repeats = 0;
        let woken;
        (connection, woken) = connection.wait(IDLE_MAX, config.poll, shutdown).await?;
        if woken == Woken::Shutdown {
            connection.close().await;
            return Ok(());
        }
    }
}

/// Doubles from one second to five minutes. A wrong password goes to the end at once: hosts lock accounts for asking.
struct BackOff(Duration);

impl BackOff {
    fn reset(&mut self) {
        self.0 = BACK_OFF_MIN;
    }

    fn after(&mut self, error: &ImapError) -> Duration {
        let pause = match error {
            ImapError::Credentials { .. } => BACK_OFF_MAX,
            _ => self.0,
        };
        self.0 = (pause * 2).min(BACK_OFF_MAX);
        pause
    }
}

/// An error with its causes in one line.
struct Causes<'error>(&'error ImapError);

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)?;
        let mut cause = std::error::Error::source(self.0);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_become_rarer_and_a_wrong_password_is_not_tried_again_soon() {
        let mut back_off = BackOff(BACK_OFF_MIN);
        let slow = ImapError::TooSlow { doing: "answer" };
        let seconds: Vec<u64> = (0..11).map(|_| back_off.after(&slow).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        back_off.reset();
        let refused = ImapError::Credentials { server: "imap.example:993".to_owned() };
        assert_eq!(back_off.after(&refused), BACK_OFF_MAX);
    }
}
