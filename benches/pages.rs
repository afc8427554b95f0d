//! What the published figures of the pages are made with: do readers get their pages while an issue goes out?
//!
//! ```text
//! cargo bench --bench pages                      a minute of sending, 100 GETs a second
//! cargo bench --bench pages -- --seconds 20 --per-second 200
//! ```
//!
//! **During a send.** `zinas serve` on SQLite with sixty issues in its archive sends another one to a relay that is slow
//! enough for it to last. Meanwhile 100 GETs begin in every second, whether those before have been answered or not, on
//! `/archive` and `/subscribe` in turn; the time of each runs from the moment at which it should have begun. The program
//! fails if one of them is not answered with 200, if the issue was not going out all the while, or if the 99th percentile
//! is over what the archive of listmonk 6.2 takes with nothing else to do (800 ms; its most is 179 a second).
//!
//! **At most.** Fifty connections ask for `/archive` as fast as they get it, the issue still under way. Beside it, the same
//! client asks a server that hands out the same octets and does nothing else: that is what the machine and the client
//! allow.
//!
//! Measure on a machine that does nothing else; the line `load` says whether it did.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use issues::{Edition, ItemContent, Place};
use reqwest::Client;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep_until};
use zinas::app::{App, Schema, SharedApp};
use zinas::clock::{Clock, random_id};
use zinas::config::Config;
use zinas::store::{IssueContent, IssueItem, NewIssue, NewItem};

use process::Newsroom;
use sink::{Act, At, Script, Sink};

#[path = "../tests/it/support/folder.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod folder;
#[path = "../tests/it/support/ports.rs"]
mod ports;
#[path = "../tests/it/support/process.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod process;
#[path = "../tests/it/support/readers.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod readers;
#[path = "../tests/it/support/sink.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod sink;

const PATHS: [&str; 2] = ["/archive", "/subscribe"];
/// listmonk 6.2, `/archive` with twelve campaigns, on two cores of the same kind.
const PEER_P99: Duration = Duration::from_millis(800);
const PEER_MOST: f64 = 179.0;
const PEOPLE_AT_ONCE: usize = 50;
const MOST_SECONDS: u64 = 5;
/// Mails a second that the relay takes: one at a time on each connection, none faster than this.
const MAILS_PER_SECOND: usize = 40;
const RELAY_WAITS: Duration = Duration::from_millis(100);
const ISSUES: u32 = 60;
const ITEMS: usize = 12;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str, usual: u64| {
        let place = arguments.iter().position(|word| word == name);
        place.and_then(|place| arguments.get(place + 1)).map_or(usual, |number| number.parse().unwrap())
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if let Some(octets) = arguments.iter().position(|word| word == "limit") {
        let octets = arguments[octets + 1].parse().unwrap();
        runtime.block_on(be_the_limit(octets));
    }
    println!("load {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    drop(rustls::crypto::ring::default_provider().install_default());
    runtime.block_on(measure(option("--seconds", 60), option("--per-second", 100)))
}

async fn measure(seconds: u64, per_second: u64) -> ExitCode {
    let at = [(At::Dot, Act::Delay(RELAY_WAITS))].into();
    let sink = Sink::start(Script { at, ..Script::default() }).unwrap();
    let newsroom = Newsroom::new(sink.port(), None);
    // Enough for the GETs and for those that come after them.
    let readers = usize::try_from(seconds + MOST_SECONDS + 15).unwrap() * MAILS_PER_SECOND;
    let app = furnish(&newsroom, readers).await;
    let daemon = newsroom.serve();
    let base = format!("http://127.0.0.1:{}", newsroom.web);
    while taken(&app).await == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let before = taken(&app).await;
    let asked = steadily(&base, seconds, per_second).await;
    let after = taken(&app).await;
    let mails = f64::from(u32::try_from(after - before).unwrap());
    let all = Times::of(asked.iter().flatten().flatten().copied());
    println!("while an issue leaves at {:.0} mails/s:", mails / asked_seconds(seconds));
    for (path, times) in PATHS.iter().zip(&asked) {
        let failed = times.iter().filter(|time| time.is_none()).count();
        let times = Times::of(times.iter().flatten().copied());
        println!("  GET {path:<11} {times}, {failed} failed");
    }

    let (ours, octets, failed) = most(&format!("{base}/archive")).await;
    println!(
        "at most: /archive {ours}, {failed} failed, {octets} octets each (listmonk {PEER_MOST:.0}/s, p99 800 ms)"
    );
    let (limit, port) = start_the_limit(octets);
    let (most_possible, _, _) = most(&format!("http://127.0.0.1:{port}/")).await;
    println!(
        "limit:   the same octets {most_possible}, ratio {:.2}",
        ours.per_second() / most_possible.per_second()
    );
    drop(limit);

    let at_end = taken(&app).await;
    drop(daemon);
    let refused = failed + asked.iter().flatten().filter(|time| time.is_none()).count();
    let complaints = [
        (refused > 0, "not every GET was answered with 200"),
        (at_end >= i64::try_from(readers).unwrap(), "the issue had left before the end"),
        (all.at(0.99) > PEER_P99, "the 99th percentile is over that of listmonk"),
        (ours.per_second() < PEER_MOST, "the archive is slower than that of listmonk"),
    ];
    let mut code = ExitCode::SUCCESS;
    for (_, complaint) in complaints.iter().filter(|(true_of_us, _)| *true_of_us) {
        println!("{complaint}");
        code = ExitCode::FAILURE;
    }
    code
}

fn asked_seconds(seconds: u64) -> f64 {
    Duration::from_secs(seconds).as_secs_f64()
}

/// So many GETs begin in every second; `None` for one that was not answered well. By path.
async fn steadily(base: &str, seconds: u64, per_second: u64) -> [Vec<Option<Duration>>; 2] {
    let client = Client::new();
    let begun = Instant::now();
    let mut asking = Vec::new();
    for number in 0..seconds * per_second {
        let due = begun + Duration::from_micros(number * 1_000_000 / per_second);
        sleep_until(due).await;
        let path = usize::from(number % 2 == 1);
        let request = client.get(format!("{base}{}", PATHS[path]));
        asking.push((
            path,
            tokio::spawn(async move {
                let whole = async { request.send().await?.error_for_status()?.bytes().await }.await;
                whole.ok().map(|_| due.elapsed())
            }),
        ));
    }
    let mut times = [Vec::new(), Vec::new()];
    for (path, one) in asking {
        times[path].push(one.await.unwrap());
    }
    times
}

/// As many GETs as the connections get through: the times, the octets of one answer, and how many failed.
async fn most(url: &str) -> (Times, usize, usize) {
    let client = Client::new();
    let until = Instant::now() + Duration::from_secs(MOST_SECONDS);
    let mut people = Vec::new();
    for _ in 0..PEOPLE_AT_ONCE {
        let (client, url) = (client.clone(), url.to_owned());
        people.push(tokio::spawn(async move {
            let (mut times, mut octets, mut failed) = (Vec::new(), 0, 0);
            while Instant::now() < until {
                let begun = Instant::now();
                match async { client.get(&url).send().await?.error_for_status()?.bytes().await }.await {
                    Ok(body) => {
                        octets = body.len();
                        times.push(begun.elapsed());
                    }
                    Err(_) => failed += 1,
                }
            }
            (times, octets, failed)
        }));
    }
    let (mut times, mut octets, mut failed) = (Vec::new(), 0, 0);
    for person in people {
        let (hers, size, lost) = person.await.unwrap();
        times.extend(hers);
        octets = octets.max(size);
        failed += lost;
    }
    (Times { seconds: Some(MOST_SECONDS), ..Times::of(times.into_iter()) }, octets, failed)
}

/// How long answers took.
struct Times {
    sorted: Vec<Duration>,
    /// In which they were all given, where as many as possible were asked for.
    seconds: Option<u64>,
}

impl Times {
    fn of(times: impl Iterator<Item = Duration>) -> Self {
        let mut sorted: Vec<Duration> = times.collect();
        sorted.sort_unstable();
        Self { sorted, seconds: None }
    }

    fn at(&self, part: f64) -> Duration {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "thousands"
        )]
        let place = (self.sorted.len().saturating_sub(1) as f64 * part).round() as usize;
        self.sorted.get(place).copied().unwrap_or(Duration::MAX)
    }

    fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.sorted.len()).unwrap()) / asked_seconds(self.seconds.unwrap_or(1))
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |part| self.at(part).as_secs_f64() * 1_000.0;
        match self.seconds {
            Some(_) => write!(to, "{:.0}/s", self.per_second())?,
            None => write!(to, "{} answered", self.sorted.len())?,
        }
        write!(to, ", p50 {:.1} ms, p99 {:.1} ms, most {:.1} ms", ms(0.5), ms(0.99), ms(1.0))
    }
}

/// Mails of the issue that the relay has taken.
async fn taken(app: &SharedApp) -> i64 {
    let issue = app
        .store
        .issues(app.publication, "")
        .await
        .unwrap()
        .into_iter()
        .max_by_key(|issue| issue.id)
        .unwrap();
    let counts = app.store.delivery_counts(issue.id).await.unwrap();
    counts.into_iter().filter(|(state, _)| state == "accepted").map(|(_, count)| count).sum()
}

/// An archive of five years, and an issue that is about to leave.
async fn furnish(newsroom: &Newsroom, readers: usize) -> SharedApp {
    let config = Config::load(&newsroom.config_file()).unwrap();
    std::fs::create_dir_all(&config.data).unwrap();
    let app = App::open(config, Clock::System, Schema::Migrate).await.unwrap();
    let now = app.clock.now();
    let mut write = app.store.write().await.unwrap();
    for number in 0..ISSUES {
        let edition = Edition { year: 2021 + i32::try_from(number / 12).unwrap(), month: number % 12 + 1 };
        let at = now - TimeDelta::days(30 * i64::from(ISSUES - number));
        let new = NewIssue {
            public_id: random_id(),
            publication: app.publication,
            edition,
            first_running_number: 1,
            at,
        };
        let issue = write.open_issue(&new).await.unwrap();
        let mut places = Vec::new();
        for _ in 0..ITEMS {
            let new = NewItem {
                public_id: random_id(),
                publication: app.publication,
                message: None,
                contributor: None,
                content: &item(places.len()),
                received_at: at,
            };
            let item = write.keep_item(&new).await.unwrap();
            let section = app.config.publication.sections[places.len() % 2].id.clone();
            places.push(IssueItem { item, section, slug: format!("talka-{item}") });
        }
        write.set_issue_items(issue, &places).await.unwrap();
        write.freeze_issue(issue, &Vec::<IssueContent>::new(), "hash").await.unwrap();
        write.keep_audience(issue, 1, at).await.unwrap();
        write.change_issue(issue, &issues::IssueState::Sent { at }).await.unwrap();
    }
    write.commit().await.unwrap();
    let subscriptions = readers::readers(&app, 0..readers).await;
    readers::issue(&app, &subscriptions, &readers::content(28_000)).await;
    app
}

fn item(number: usize) -> ItemContent {
    let village = ["Rite", "Nereta", "Saukas pagasts", "Viesīte", "Aknīste"][number % 5];
    let place = Place {
        place: village.to_owned(),
        municipality: "Jēkabpils novads".to_owned(),
        text: String::new(),
        confidence: 1.0,
        confirmed: None,
    };
    ItemContent {
        title: format!("{village}: sestdien talkā stādīs ābeles, {number}. reize"),
        text: "Iedzīvotāji sestdien stāda ābeles un gaida talkā visus, kam ir lāpsta un pusdienlaiks.\n\n"
            .repeat(6),
        places: vec![place],
        ..ItemContent::default()
    }
}

/// Ends with this value.
struct Limit(Child);

impl Drop for Limit {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn start_the_limit(octets: usize) -> (Limit, u16) {
    use std::io::{BufRead as _, BufReader};
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["limit", &octets.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
    (Limit(child), port.trim().parse().unwrap())
}

/// Answers whatever is asked with so many octets.
async fn be_the_limit(octets: usize) -> ! {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {octets}\r\n\r\n{}", "x".repeat(octets));
    let answer: Arc<[u8]> = answer.into_bytes().into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let answer = Arc::clone(&answer);
        tokio::spawn(async move {
            let mut asked = [0; 4_096];
            // A GET of the client above comes in one piece.
            while stream.read(&mut asked).await.is_ok_and(|octets| octets > 0) {
                if stream.write_all(&answer).await.is_err() {
                    return;
                }
            }
        });
    }
}
