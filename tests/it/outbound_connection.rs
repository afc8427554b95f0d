//! One conversation with a relay, in every way it can go.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use issues::delivery::{Fault, Outcome, Trouble};
use subscribers::EmailAddress;
use tokio_rustls::rustls::{
    self,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use zinas::outbound::{Connection, Envelope, Fence, Limits, Relay, Security, SignIn, Wire};

use crate::support::sink::{Act, At, Mail, Script, Sink, Tls};

const QUICK: Limits = Limits {
    connect: Duration::from_secs(5),
    command: Duration::from_millis(400),
    dot: Duration::from_millis(400),
    quit: Duration::from_millis(400),
};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/tls").join(name)
}

fn tls(implicit: bool) -> Tls {
    let chain = CertificateDer::pem_file_iter(fixture("relay.pem")).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(fixture("relay.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    Tls { config: Arc::new(config), implicit }
}

fn keeping() -> Script {
    Script { keep: true, ..Script::default() }
}

fn acting(at: At, act: Act) -> Script {
    Script { at: [(at, act)].into(), ..keeping() }
}

fn say(words: &str) -> Act {
    Act::Say(words.to_owned())
}

fn relay(sink: &Sink) -> Relay {
    relay_with(sink, Security::None, None, None)
}

fn relay_with(sink: &Sink, security: Security, password: Option<&str>, ca: Option<&Path>) -> Relay {
    let sign_in = password.map(|password| SignIn { user: "info".into(), password: password.into() });
    Relay::new("localhost", sink.port(), security, sign_in, "news.example", ca).unwrap().with_limits(QUICK)
}

fn to(name: &str) -> Envelope {
    Envelope {
        from: Some(EmailAddress::parse("info+b.token@news.example").unwrap()),
        to: EmailAddress::parse(name).unwrap(),
    }
}

fn message(words: &str) -> Wire {
    Wire::new(format!("Subject: {words}\r\n\r\n.{words}\r\n").as_bytes()).unwrap()
}

async fn marked() -> Fence {
    Fence::Marked
}

async fn send(connection: Connection, name: &str) -> (Option<Connection>, Outcome) {
    connection.send(&to(name), &message(name), marked()).await
}

async fn open(sink: &Sink) -> Connection {
    Connection::open(&relay(sink)).await.unwrap()
}

/// One message to a fresh sink that follows the script; says what came of it and whether the connection was kept.
async fn try_one(script: Script) -> (bool, Outcome, Vec<Mail>) {
    let sink = Sink::start(script).unwrap();
    let (kept, outcome) = send(open(&sink).await, "anna@x.example").await;
    (kept.is_some(), outcome, sink.mails())
}

#[tokio::test]
async fn a_message_arrives_as_it_was_with_and_without_pipelining() {
    for no_pipelining in [false, true] {
        let sink = Sink::start(Script { no_pipelining, ..keeping() }).unwrap();
        let connection = open(&sink).await;
        assert_eq!(connection.is_pipelining(), !no_pipelining);
        let (connection, outcome) = send(connection, "anna@x.example").await;
        assert!(matches!(&outcome, Outcome::Accepted { reply } if reply.code() == 250), "{outcome:?}");
        let (connection, _) = send(connection.unwrap(), "juris@x.example").await;
        connection.unwrap().quit().await;
        let expected = |name: &str| Mail {
            from: "info+b.token@news.example".into(),
            to: name.into(),
            bytes: format!("Subject: {name}\r\n\r\n.{name}\r\n").into_bytes(),
        };
        assert_eq!(sink.mails(), [expected("anna@x.example"), expected("juris@x.example")]);
        assert_eq!(sink.commands().last().map(String::as_str), Some("QUIT"));
    }
}

#[tokio::test]
async fn a_refused_recipient_leaves_the_connection_for_the_next() {
    for no_pipelining in [false, true] {
        let script = Script {
            recipients: [
                ("gone@x.example".into(), say("550 5.1.1 User unknown")),
                ("later@x.example".into(), say("450 4.2.0 Greylisted")),
            ]
            .into(),
            no_pipelining,
            ..keeping()
        };
        let sink = Sink::start(script).unwrap();
        let (connection, outcome) = send(open(&sink).await, "gone@x.example").await;
        assert!(matches!(outcome, Outcome::Refused { recipient_gone: true, .. }));
        let (connection, outcome) = send(connection.unwrap(), "later@x.example").await;
        assert!(matches!(&outcome, Outcome::Deferred { reply } if reply.code() == 450));
        let (_, outcome) = send(connection.unwrap(), "anna@x.example").await;
        assert!(matches!(outcome, Outcome::Accepted { .. }));
        assert_eq!(sink.taken(), 1);
    }
}

#[tokio::test]
async fn without_the_marker_no_dot_is_sent() {
    let sink = Sink::start(keeping()).unwrap();
    let connection = open(&sink).await;
    let withheld = async { Fence::Withheld };
    let (kept, outcome) = connection.send(&to("anna@x.example"), &message("x"), withheld).await;
    assert!(kept.is_none());
    assert_eq!(outcome, Outcome::Withheld);
    assert_eq!(sink.taken(), 0);
}

#[tokio::test]
async fn the_marker_is_not_asked_for_when_the_relay_says_no() {
    let sink = Sink::start(acting(At::Rcpt, say("550 5.1.1 no"))).unwrap();
    let never = async { panic!("no dot is near") };
    let (kept, _) = open(&sink).await.send(&to("anna@x.example"), &message("x"), never).await;
    assert!(kept.is_some());
}

#[tokio::test]
async fn a_line_that_breaks_before_the_dot_is_a_deferral_and_after_it_uncertain() {
    for at in [At::Mail, At::Rcpt, At::Data] {
        for act in [Act::HangUp, Act::Silence] {
            for no_pipelining in [false, true] {
                let script = Script { no_pipelining, ..acting(at, act.clone()) };
                let (kept, outcome, mails) = try_one(script).await;
                assert!(!kept && mails.is_empty());
                assert!(matches!(outcome, Outcome::Deferred { .. }), "{at:?} {act:?}: {outcome:?}");
            }
        }
    }
    for act in [Act::HangUp, Act::Silence, Act::Delay(Duration::from_secs(2))] {
        let (kept, outcome, mails) = try_one(acting(At::Dot, act)).await;
        assert!(!kept);
        assert_eq!(mails.len(), 1, "the relay has it");
        assert_eq!(outcome, Outcome::Uncertain);
    }
}

#[tokio::test]
async fn a_body_that_could_not_be_handed_over_is_surely_not_sent() {
    let sink = Sink::start(acting(At::Body, Act::HangUp)).unwrap();
    let connection = open(&sink).await;
    // More than the buffers of both sides hold: the rest, and the dot, never leave.
    let big = format!("Subject: x\r\n\r\n{}", "a line of text\r\n".repeat(2_000_000));
    let (kept, outcome) =
        connection.send(&to("anna@x.example"), &Wire::new(big.as_bytes()).unwrap(), marked()).await;
    assert!(kept.is_none());
    assert!(matches!(outcome, Outcome::Deferred { .. }), "{outcome:?}");
}

#[tokio::test]
async fn a_late_answer_is_never_read_as_the_next_one() {
    let sink = Sink::start(acting(At::Rcpt, Act::Delay(Duration::from_millis(700)))).unwrap();
    let (kept, outcome) = send(open(&sink).await, "anna@x.example").await;
    assert!(kept.is_none(), "a line with an answer under way is not used again");
    assert!(matches!(outcome, Outcome::Deferred { .. }));
}

#[tokio::test]
async fn answers_after_the_dot_are_judged() {
    let (kept, outcome, mails) = try_one(acting(At::Dot, say("451 4.3.0 try later"))).await;
    assert!(kept && mails.is_empty());
    assert!(matches!(outcome, Outcome::Deferred { .. }));
    let (kept, outcome, _) = try_one(acting(At::Dot, say("554 5.7.1 spam"))).await;
    assert!(kept);
    assert!(matches!(outcome, Outcome::Refused { recipient_gone: false, .. }));
    let (kept, outcome, _) = try_one(acting(At::Dot, say("421 4.3.2 closing"))).await;
    assert!(!kept);
    assert!(matches!(outcome, Outcome::Deferred { .. }));
    // An answer to some other question proves nothing.
    let (kept, outcome, _) = try_one(acting(At::Dot, say("354 go on"))).await;
    assert!(!kept);
    assert_eq!(outcome, Outcome::Uncertain);
    let (kept, outcome, _) = try_one(acting(At::Dot, say("nonsense"))).await;
    assert!(!kept);
    assert_eq!(outcome, Outcome::Uncertain);
}

#[tokio::test]
async fn a_refused_sender_pauses_and_counts_against_nobody() {
    for no_pipelining in [false, true] {
        let script = Script { no_pipelining, ..acting(At::Mail, say("553 5.1.8 not yours")) };
        let (_, outcome, _) = try_one(script).await;
        assert!(matches!(outcome, Outcome::OurFault { fault: Fault::Sender, .. }));
    }
}

#[tokio::test]
async fn a_relay_that_takes_data_without_a_recipient_is_left() {
    // Both say 354: the refusal counts, and the way out of DATA is the door.
    let script = Script { at: [(At::Mail, say("451 4.3.0 not now"))].into(), ..keeping() };
    let (kept, outcome, mails) = try_one(script).await;
    assert!(!kept && mails.is_empty());
    assert!(matches!(&outcome, Outcome::Deferred { reply } if reply.code() == 451));
}

#[tokio::test]
async fn the_sink_writes_down_a_mail_before_it_answers() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    let sink = Sink::listen("127.0.0.1:0", acting(At::Dot, Act::HangUp), Some(&record)).unwrap();
    let message = Wire::new(b"Message-ID: <1@x.example>\r\n\r\nx\r\n").unwrap();
    let (_, outcome) = open(&sink).await.send(&to("anna@x.example"), &message, marked()).await;
    assert_eq!(outcome, Outcome::Uncertain);
    assert_eq!(std::fs::read_to_string(&record).unwrap(), "anna@x.example <1@x.example>\n");
}

async fn trouble(relay: &Relay) -> Trouble {
    Connection::open(relay).await.unwrap_err()
}

#[tokio::test]
async fn tls_works_from_the_first_octet_and_by_starttls() {
    for (security, implicit) in [(Security::Implicit, true), (Security::StartTls, false)] {
        let script =
            Script { tls: Some(tls(implicit)), sign_in: Some(("info".into(), "right".into())), ..keeping() };
        let sink = Sink::start(script).unwrap();
        let relay = relay_with(&sink, security, Some("right"), Some(&fixture("ca.pem")));
        let connection = Connection::open(&relay).await.unwrap();
        assert!(connection.is_pipelining());
        let (kept, outcome) = send(connection, "anna@x.example").await;
        assert!(kept.is_some());
        assert!(matches!(outcome, Outcome::Accepted { .. }));
        assert_eq!(sink.mails().len(), 1);
    }
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_our_fault() {
    for (security, implicit) in [(Security::Implicit, true), (Security::StartTls, false)] {
        let sink = Sink::start(Script { tls: Some(tls(implicit)), ..keeping() }).unwrap();
        let found = trouble(&relay_with(&sink, security, None, None)).await;
        assert!(matches!(found, Trouble::OurFault(Fault::Certificate, _)), "{found:?}");
    }
}

#[tokio::test]
async fn a_relay_without_the_required_encryption_is_not_used() {
    let sink = Sink::start(keeping()).unwrap();
    let ca = fixture("ca.pem");
    let found = trouble(&relay_with(&sink, Security::StartTls, Some("x"), Some(&ca))).await;
    assert!(matches!(found, Trouble::OurFault(Fault::NoEncryption, _)), "{found:?}");
    let found = trouble(&relay_with(&sink, Security::Implicit, Some("x"), Some(&ca))).await;
    assert!(matches!(found, Trouble::OurFault(Fault::NoEncryption, _)), "{found:?}");
    assert!(!sink.commands().iter().any(|verb| verb == "AUTH"));
}

#[tokio::test]
async fn words_put_between_starttls_and_tls_are_refused() {
    let script = Script { tls: Some(tls(false)), ..acting(At::StartTls, say("220 go\r\n250 injected")) };
    let sink = Sink::start(script).unwrap();
    let ca = fixture("ca.pem");
    let found = trouble(&relay_with(&sink, Security::StartTls, None, Some(&ca))).await;
    assert!(matches!(found, Trouble::Later(_)), "{found:?}");
}

#[tokio::test]
async fn a_wrong_password_pauses_sending() {
    let sink = Sink::start(Script { sign_in: Some(("info".into(), "right".into())), ..keeping() }).unwrap();
    let found = trouble(&relay_with(&sink, Security::None, Some("wrong"), None)).await;
    assert!(matches!(found, Trouble::OurFault(Fault::Password, _)));
    let found = Connection::open(&relay_with(&sink, Security::None, None, None)).await;
    let (_, outcome) = send(found.unwrap(), "anna@x.example").await;
    assert!(matches!(outcome, Outcome::OurFault { fault: Fault::Password, .. }));
    let none_offered = Sink::start(keeping()).unwrap();
    let found = trouble(&relay_with(&none_offered, Security::None, Some("x"), None)).await;
    assert!(matches!(found, Trouble::OurFault(Fault::NoSignIn, _)));
}

#[tokio::test]
async fn a_relay_that_is_away_busy_or_mute_is_tried_later() {
    let sink = Sink::start(acting(At::Greeting, say("421 4.7.0 too many connections"))).unwrap();
    assert!(matches!(trouble(&relay(&sink)).await, Trouble::Later(reply) if reply.code() == 421));
    sink.follow(acting(At::Greeting, Act::HangUp));
    assert!(matches!(trouble(&relay(&sink)).await, Trouble::Later(_)));
    sink.follow(acting(At::Ehlo, Act::Silence));
    let start = Instant::now();
    assert!(matches!(trouble(&relay(&sink)).await, Trouble::Later(_)));
    assert!(start.elapsed() < Duration::from_secs(3));
    sink.follow(acting(At::Greeting, say("554 5.7.1 your address is not welcome")));
    let found = trouble(&relay(&sink)).await;
    assert!(matches!(found, Trouble::OurFault(Fault::ConnectionRefusedByPolicy, _)));
    let gone = relay(&sink);
    drop(sink);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(matches!(trouble(&gone).await, Trouble::Later(_)));
}
