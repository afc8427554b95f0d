//! The daemon: four supervised tasks (inbound, schedule, outbound, web) over one [`App`].
//!
//! A first signal stops softly: each task finishes what it holds. A second one, or the end of the grace, stops hard. A
//! task that ends by itself takes the process down with a failure, for the service manager to restart.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::app::{App, Schema, SharedApp, Step};
use crate::clock::Clock;
use crate::config::Config;
use crate::inbound::{imap, smtpd};
use crate::lock::DataLock;
use crate::newsroom::intake::Door;
use crate::newsroom::route;
use crate::{outbound, schedule, web};

/// How long a soft stop may take: the longest wait of an SMTP conversation is for the reply after the dot.
const GRACE_MAX: Duration = Duration::from_secs(11 * 60);
/// After a hard stop, tasks that still hold on are dropped.
const HARD_GRACE_MAX: Duration = Duration::from_secs(5);
/// How often inbound looks for messages that another process stored.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Runs `zinas serve` until it is told to stop.
///
/// # Errors
/// It cannot start, or a task ended by itself.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("make the data folder {}", config.data.display()))?;
    let _lock = DataLock::take(&config.data)?;
    let app = App::open(config, Clock::System, Schema::Migrate).await?;
    let (soft, hard) = (CancellationToken::new(), CancellationToken::new());
    let running = Running::start(app, soft.clone(), hard.clone()).await?;
    tracing::info!(web = running.web.as_str(), "zinas is running");
    heed_signals(soft, hard)?;
    running.supervise().await
}

/// A first signal stops softly, a second one hard.
///
/// # Errors
/// The system has no signals.
pub fn heed_signals(soft: CancellationToken, hard: CancellationToken) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("listen for SIGINT")?;
    tokio::spawn(async move {
        let (mut first, hard_stop) = (true, hard);
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if std::mem::take(&mut first) {
                tracing::info!("stopping; a second signal stops at once");
                soft.cancel();
            } else {
                hard_stop.cancel();
            }
        }
    });
    Ok(())
}

/// The tasks of a daemon.
pub struct Running {
    tasks: JoinSet<(&'static str, anyhow::Result<()>)>,
    soft: CancellationToken,
    hard: CancellationToken,
    /// Where the web pages are served.
    pub web: String,
    /// Where mail is taken, if a listener is configured.
    pub mail: Option<smtpd::ListenAddress>,
}

impl Running {
    /// Binds what must be bound and starts the tasks.
    ///
    /// # Errors
    /// An address is taken or wrong.
    pub async fn start(
        app: SharedApp,
        soft: CancellationToken,
        hard: CancellationToken,
    ) -> anyhow::Result<Self> {
        let web_listener = TcpListener::bind(&app.config.web_listen).await.with_context(|| {
            format!("listen for web requests on {} ([web] listen)", app.config.web_listen)
        })?;
        let web_address = web_listener.local_addr().context("ask where the web pages are")?.to_string();
        let mail_listener = match &app.config.inbound.listener {
            Some(listener) => {
                let address = listener
                    .listen
                    .parse()
                    .with_context(|| format!("inbound.listener.listen = {:?}", listener.listen))?;
                let protocol = if listener.lmtp { smtpd::Protocol::Lmtp } else { smtpd::Protocol::Smtp };
                Some((smtpd::Listener::bind(&address).await?, protocol))
            }
            None => None,
        };
        let mail = mail_listener.as_ref().map(|(listener, _)| listener.address()).transpose()?;
        let mut running = Self { tasks: JoinSet::new(), soft, hard, web: web_address, mail };
        let (soft, hard) = (running.soft.clone(), running.hard.clone());
        running.spawn("inbound", inbound(app.clone(), mail_listener, soft.clone()));
        running.spawn("schedule", schedule::run(app.clone(), soft.clone()));
        running.spawn("outbound", outbound::run(app.clone(), soft.clone(), hard));
        running.spawn("web", web::run(app, web_listener, soft));
        Ok(running)
    }

    fn spawn(&mut self, name: &'static str, task: impl Future<Output = anyhow::Result<()>> + Send + 'static) {
        self.tasks.spawn(async move { (name, task.await) });
    }

    /// Waits for the end. A task that ends before it was told to stops all.
    ///
    /// # Errors
    /// The first failure.
    pub async fn supervise(mut self) -> anyhow::Result<()> {
        let mut failure = None;
        loop {
            let ended = tokio::select! {
                ended = self.tasks.join_next() => ended,
                () = grace(&self.soft, &self.hard) => break,
            };
            let Some(ended) = ended else { break };
            let problem = match ended {
                Ok((_, Ok(()))) if self.soft.is_cancelled() => None,
                Ok((name, Ok(()))) => Some(anyhow!("the {name} task ended by itself")),
                Ok((name, Err(error))) => Some(error.context(format!("the {name} task failed"))),
                Err(error) => Some(anyhow!(error).context("a task panicked")),
            };
            if let Some(problem) = problem {
                tracing::error!(error = format!("{problem:#}"), "stopping");
                failure.get_or_insert(problem);
                self.soft.cancel();
            }
        }
        self.hard.cancel();
        let rest = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(HARD_GRACE_MAX, rest).await.is_err() {
            self.tasks.abort_all();
        }
        failure.map_or(Ok(()), Err)
    }

    /// Stops softly and waits.
    ///
    /// # Errors
    /// A task failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.soft.cancel();
        self.supervise().await
    }
}

/// Resolves when waiting is over: a hard stop, or the grace after a soft one.
async fn grace(soft: &CancellationToken, hard: &CancellationToken) {
    tokio::select! {
        () = hard.cancelled() => {}
        () = async {
            soft.cancelled().await;
            tokio::time::sleep(GRACE_MAX).await;
        } => {}
    }
}

/// Takes mail by every configured way, and routes what was taken.
async fn inbound(
    app: SharedApp,
    listener: Option<(smtpd::Listener, smtpd::Protocol)>,
    soft: CancellationToken,
) -> anyhow::Result<()> {
    let door = Arc::new(Door(app.clone()));
    let listening = async {
        match listener {
            Some((listener, protocol)) => {
                let limits = smtpd::Limits::default();
                smtpd::run(listener, protocol, door.clone(), limits, soft.clone()).await
            }
            None => Ok(()),
        }
    };
    let fetching = async {
        match imap::ImapConfig::of(&app.config) {
            Some(config) => imap::run(config, door.clone(), soft.clone()).await,
            None => Ok(()),
        }
    };
    tokio::try_join!(listening, fetching, routing(app.clone(), soft.clone()))?;
    Ok(())
}

async fn routing(app: SharedApp, soft: CancellationToken) -> anyhow::Result<()> {
    while !soft.is_cancelled() {
        match route::step(&app).await {
            Ok(Step::Worked) => continue,
            Ok(Step::Idle) => {}
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "routing a message failed; trying again")
            }
        }
        tokio::select! {
            () = app.wake.arrived.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = soft.cancelled() => {}
        }
    }
    Ok(())
}
