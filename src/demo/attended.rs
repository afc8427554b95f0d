//! The demo that goes on: the production daemon after its month, with everybody else's mail server and the postbox
//! beside it, until it is told to stop. The month is played once, on an injected clock; from its end on the clock runs
//! as ours does, and a later start goes on with it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::life::Life;
use super::month::{door, pass_into_the_next};
use super::ports::Ports;
use super::postbox::{self, Postbox};
use super::world::{Manners, Sink};
use super::{MARK_FILE, empty};
use crate::app::{App, Schema, SharedApp};
use crate::clock::Clock;
use crate::config::Config;
use crate::daemon::Running;
use crate::inbound::smtpd::ListenAddress;
use crate::lock::DataLock;
use crate::newsroom::sign_in;

const CONFIG_FILE: &str = "zinas.toml";
/// Servers out there look at a mail before they take it. It makes ten seconds of an issue's sending to two hundred
/// readers, in which one sees how it goes on and can stop it.
const LOOKS_FOR: Duration = Duration::from_millis(200);

/// A demo that runs.
pub struct Attended {
    /// Signs the editor in, once.
    pub desk: String,
    pub pages: String,
    pub postbox: String,
    /// Where the contributors write to.
    pub mailbox: String,
    running: Running,
    serving: JoinHandle<anyhow::Result<()>>,
    /// Of everybody else.
    outside: CancellationToken,
    _lock: DataLock,
}

/// Makes the folder ready: a demo that goes on is left as it is, unless it shall be fresh.
///
/// # Errors
/// The folder is not a demo's, or a demo runs in it.
pub fn prepare(folder: &Path, fresh: bool) -> anyhow::Result<()> {
    if !fresh && folder.join(MARK_FILE).exists() && Life::of(folder)?.is_some() {
        return Ok(());
    }
    empty(folder)
}

/// Lets the month pass, if it has not yet, and starts everything.
///
/// # Errors
/// Something outside failed.
pub async fn start(
    folder: &Path,
    soft: CancellationToken,
    hard: CancellationToken,
    say: &mut dyn FnMut(&str),
) -> anyhow::Result<Attended> {
    let life = match Life::of(folder)? {
        Some(life) => life,
        None => {
            let ports = Ports::friendly()?;
            let now = pass_into_the_next(folder, ports, say).await?;
            let life = Life::new(&Clock::running_from(now), ports.postbox);
            life.keep(folder)?;
            life
        }
    };
    let config = Config::load(&folder.join(CONFIG_FILE))?;
    // Who has the lock has the ports.
    let lock = DataLock::take(&config.data)?;
    let (config, ports, life) = move_in(folder, config, life)?;
    let (clock, outside) = (life.clock(), CancellationToken::new());
    let manners = Manners { looks_for: LOOKS_FOR, ..Manners::default() };
    let sink = Sink::start(folder, ports.relay, clock.clone(), manners, outside.clone()).await?;
    let app = App::open(config, clock, Schema::Migrate).await?;
    let running = Running::start(app.clone(), soft, hard).await?;
    let shown = Postbox::open(app.clone(), folder, sink, door(&running)?, life.former_urls)?;
    let listener = TcpListener::bind(("127.0.0.1", ports.postbox)).await.context("listen for the postbox")?;
    let serving = tokio::spawn(postbox::run(shown, listener, outside.clone()));
    Ok(Attended {
        desk: desk_link(&app).await?,
        pages: app.paths().home(),
        postbox: format!("http://127.0.0.1:{}/", ports.postbox),
        mailbox: app.config.mailbox.address.as_str().to_owned(),
        running,
        serving,
        outside,
        _lock: lock,
    })
}

impl Attended {
    /// Until it was told to stop. The newsroom stops first: what it has on the line is taken by those outside.
    ///
    /// # Errors
    /// A part of it failed.
    pub async fn run(self) -> anyhow::Result<()> {
        let ended = self.running.supervise().await;
        self.outside.cancel();
        let served = self.serving.await.context("serve the postbox")?;
        ended.and(served)
    }
}

/// The first editor's way in.
async fn desk_link(app: &SharedApp) -> anyhow::Result<String> {
    let editors = app.store.editors(app.publication).await?;
    let editor = editors.first().context("find an editor")?;
    let mut write = app.store.write().await?;
    let link = sign_in::link(app, &mut write, editor).await?;
    write.commit().await?;
    Ok(link.url)
}

/// The ports of the last time, or others where somebody else has taken one; the configuration says so, for commands.
fn move_in(folder: &Path, config: Config, mut life: Life) -> anyhow::Result<(Config, Ports, Life)> {
    let before = ports(&config, life.postbox)?;
    let after = before.free()?;
    if before == after {
        return Ok((config, after, life));
    }
    let file = folder.join(CONFIG_FILE);
    let mut text = fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
    for (from, to) in [(before.web, after.web), (before.mail, after.mail)] {
        text = text.replace(&format!("127.0.0.1:{from}\""), &format!("127.0.0.1:{to}\""));
    }
    text = text.replace(&format!("port = {}\n", before.relay), &format!("port = {}\n", after.relay));
    fs::write(&file, text).with_context(|| format!("write {}", file.display()))?;
    let url = config.public_url.to_string();
    if before.web != after.web && !life.former_urls.contains(&url) {
        life.former_urls.push(url);
    }
    life.postbox = after.postbox;
    life.keep(folder)?;
    Ok((Config::load(&file)?, after, life))
}

fn ports(config: &Config, postbox: u16) -> anyhow::Result<Ports> {
    let port = |address: &str| match address.parse() {
        Ok(ListenAddress::Loopback(address)) => Ok(address.port()),
        _ => bail!("the demo listens on loopback only, and its configuration says {address}"),
    };
    let listener = config.inbound.listener.as_ref().context("the demo takes mail by a listener")?;
    Ok(Ports {
        web: port(&config.web_listen)?,
        mail: port(&listener.listen)?,
        relay: config.outbound.port,
        postbox,
    })
}

/// The clock of the demo in this folder, where one goes on: for commands beside it.
///
/// # Errors
/// What the demo keeps cannot be read.
pub fn clock_of(folder: &Path) -> anyhow::Result<Clock> {
    Ok(Life::of(folder)?.map_or(Clock::System, |life| life.clock()))
}
