//! The LMTP and SMTP listener over real sockets.

use std::{sync::Arc, time::Duration};

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use zinas::inbound::{
    intake::{IntakeError, Sender},
    smtpd::{self, Limits, ListenAddress, Listener, Protocol},
};

use crate::support::{
    door::{Door, MAILBOX, Refusal},
    dovecot::Dovecot,
    folder::Folder,
    line::Line,
    postfix::{Postfix, Route},
};

struct Listening {
    address: ListenAddress,
    door: Arc<Door>,
    shutdown: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
}

impl Listening {
    async fn start(protocol: Protocol, door: Door, limits: Limits) -> Self {
        Self::at("127.0.0.1:0".parse().unwrap(), protocol, door, limits).await
    }

    async fn at(address: ListenAddress, protocol: Protocol, door: Door, limits: Limits) -> Self {
        let listener = Listener::bind(&address).await.unwrap();
        let (address, door) = (listener.address().unwrap(), Arc::new(door));
        let shutdown = CancellationToken::new();
        let running =
            tokio::spawn(smtpd::run(listener, protocol, Arc::clone(&door), limits, shutdown.clone()));
        Self { address, door, shutdown, running }
    }

    async fn lmtp(&self) -> Line {
        let mut line = Line::connect(&self.address).await;
        line.expect("LHLO client.example", "250 ").await;
        line
    }

    async fn smtp(&self) -> Line {
        let mut line = Line::connect(&self.address).await;
        line.expect("EHLO client.example", "250 ").await;
        line
    }
}

async fn begin(line: &mut Line) {
    line.expect("MAIL FROM:<ilze@reader.example>", "250 2.1.0").await;
    line.expect(&format!("RCPT TO:<{MAILBOX}>"), "250 2.1.5").await;
    line.expect("DATA", "354 ").await;
}

#[tokio::test]
async fn a_mail_is_stored_before_it_is_acknowledged() {
    let listening = Listening::start(Protocol::Lmtp, Door::new(), Limits::default()).await;
    let mut line = listening.lmtp().await;
    begin(&mut line).await;
    line.send("Subject: Talka\r\n\r\n..\r\n.\r\n").await;
    assert_eq!(line.reply().await, "250 2.0.0 Stored");
    let arrivals = listening.door.arrivals();
    assert_eq!(arrivals[0].bytes, b"Subject: Talka\r\n\r\n.\r\n");
    assert_eq!(arrivals[0].envelope.recipients, [MAILBOX]);
}

#[tokio::test]
async fn a_mail_that_cannot_be_stored_is_never_acknowledged() {
    let listening = Listening::start(Protocol::Smtp, Door::new(), Limits::default()).await;
    let broken: [(Refusal, &str); 3] = [
        (|| IntakeError::Storage(anyhow::anyhow!("broken")), "451 4.3.0"),
        (|| IntakeError::Full(anyhow::anyhow!("full")), "452 4.3.1"),
        (|| IntakeError::TooLarge { limit: 1 }, "552 5.3.4"),
    ];
    let mut line = listening.smtp().await;
    for (refusal, code) in broken {
        listening.door.refuse(Some(refusal));
        begin(&mut line).await;
        line.expect("x\r\n.", code).await;
    }
    assert!(listening.door.arrivals().is_empty());
    listening.door.refuse(None);
    begin(&mut line).await;
    line.expect("x\r\n.", "250 2.0.0").await;
    assert_eq!(listening.door.arrivals().len(), 1);
}

#[tokio::test]
async fn sixty_megabytes_are_refused_at_the_announcement_and_at_the_dot() {
    let listening = Listening::start(Protocol::Smtp, Door::with_size_max(40 << 20), Limits::default()).await;
    let mut line = listening.smtp().await;
    line.expect("MAIL FROM:<ilze@reader.example> SIZE=62914560", "552 5.3.4").await;
    begin(&mut line).await;
    let row = format!("{}\r\n", "x".repeat(1022)).repeat(1024);
    for _ in 0..60 {
        line.send(&row).await;
    }
    line.expect(".", "552 5.3.4").await;
    begin(&mut line).await;
    line.expect("small\r\n.", "250 2.0.0").await;
    assert_eq!(listening.door.arrivals().len(), 1);
}

#[tokio::test]
async fn a_smuggled_mail_stays_inside_the_one_that_carries_it() {
    for end in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r\n.\r\r\n", "\r\n\0.\r\n"] {
        let listening = Listening::start(Protocol::Smtp, Door::new(), Limits::default()).await;
        let mut line = listening.smtp().await;
        begin(&mut line).await;
        line.send(format!(
            "carrier{end}MAIL FROM:<chair@portal.example>\r\nRCPT TO:<{MAILBOX}>\r\nDATA\r\nsmuggled\r\n.\r\n"
        ))
        .await;
        assert_eq!(line.reply().await, "250 2.0.0 Stored", "{end:?}");
        line.expect("NOOP", "250 2.0.0 Ready").await;
        let arrivals = listening.door.arrivals();
        assert_eq!(arrivals.len(), 1, "{end:?}");
        assert!(arrivals[0].bytes.ends_with(b"smuggled\r\n"), "{end:?}");
    }
}

#[tokio::test]
async fn whoever_hangs_up_before_the_dot_leaves_nothing_behind() {
    let listening = Listening::start(Protocol::Lmtp, Door::new(), Limits::default()).await;
    for part in ["x", "x\r\n", "x\r\n.", "x\r\n.\r"] {
        let mut line = listening.lmtp().await;
        begin(&mut line).await;
        line.send(part).await;
    }
    let mut line = listening.lmtp().await;
    line.expect("MAIL FROM:<>", "250 2.1.0").await;
    line.expect(&format!("RCPT TO:<{MAILBOX}>"), "250 2.1.5").await;
    line.send("BDAT 100 LAST\r\nnot so many").await;
    drop(line);
    let mut line = listening.lmtp().await;
    begin(&mut line).await;
    line.expect("the only one\r\n.", "250 2.0.0").await;
    assert_eq!(listening.door.arrivals().len(), 1);
}

#[tokio::test]
async fn a_pipelined_conversation_is_the_same_wherever_its_packets_are_cut() {
    let listening = Listening::start(Protocol::Lmtp, Door::new(), Limits::default()).await;
    let said = format!(
        "MAIL FROM:<>\r\nRCPT TO:<{MAILBOX}>\r\nRCPT TO:<nobody@bulletin.example>\r\nDATA\r\n.\r\nNOOP\r\nQUIT\r\n"
    );
    for place in (0..said.len()).step_by(7) {
        let mut line = listening.lmtp().await;
        line.send(&said[..place]).await;
        tokio::time::sleep(Duration::from_millis(5)).await;
        line.send(&said[place..]).await;
        for code in
            ["250 2.1.0", "250 2.1.5", "550 5.1.1", "354", "250 2.0.0 Stored", "250 2.0.0 Ready", "221"]
        {
            let reply = line.reply().await;
            assert!(reply.starts_with(code), "cut at {place}: {reply}");
        }
        assert_eq!(line.reply().await, "");
    }
}

#[tokio::test]
async fn a_slow_client_and_one_too_many_are_told_so() {
    let limits = Limits { connections_max: 2, wait_max: Duration::from_millis(300), ..Limits::default() };
    let listening = Listening::start(Protocol::Smtp, Door::new(), limits).await;
    let mut first = listening.smtp().await;
    let mut second = listening.smtp().await;
    begin(&mut first).await;
    begin(&mut second).await;
    let mut third = Line::connect_only(&listening.address).await;
    assert!(third.reply().await.starts_with("421 4.7.0"));
    assert_eq!(third.reply().await, "");
    assert!(first.reply().await.starts_with("421 4.4.2"));
    assert_eq!(first.reply().await, "");
}

#[tokio::test]
async fn clients_that_do_nothing_keep_nobody_out() {
    let listening = Listening::start(Protocol::Smtp, Door::new(), Limits::default()).await;
    let mut under_way = listening.smtp().await;
    begin(&mut under_way).await;
    let mut idle = Vec::new();
    for _ in 0..300 {
        idle.push(Line::connect_only(&listening.address).await);
    }
    let mut line = listening.smtp().await;
    begin(&mut line).await;
    line.expect("x\r\n.", "250 2.0.0").await;
    under_way.expect("y\r\n.", "250 2.0.0").await;
    assert_eq!(listening.door.arrivals().len(), 2);
    // The oldest have been told, the youngest are still there.
    assert!(idle[0].reply().await.starts_with("220 "));
    assert!(idle[0].reply().await.starts_with("421 4.7.0"));
    assert_eq!(idle[0].reply().await, "");
    let last = idle.last_mut().unwrap();
    assert!(last.reply().await.starts_with("220 "));
    last.expect("NOOP", "250 2.0.0").await;
}

#[tokio::test]
async fn one_octet_at_a_time_does_not_hold_a_connection_for_ever() {
    let limits = Limits { conversation_max: Duration::from_millis(400), ..Limits::default() };
    let listening = Listening::start(Protocol::Smtp, Door::new(), limits).await;
    let mut line = listening.smtp().await;
    begin(&mut line).await;
    for _ in 0..6 {
        line.send("x").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(line.reply().await.starts_with("421 4.4.2"));
    assert!(listening.door.arrivals().is_empty());
}

#[tokio::test]
async fn a_mail_being_sent_is_finished_before_the_listener_stops() {
    let listening = Listening::start(Protocol::Smtp, Door::new(), Limits::default()).await;
    let mut idle = listening.smtp().await;
    let mut busy = listening.smtp().await;
    begin(&mut busy).await;
    listening.shutdown.cancel();
    assert!(idle.reply().await.starts_with("421 4.3.2"));
    busy.expect("x\r\n.", "250 2.0.0").await;
    assert!(busy.reply().await.starts_with("421 4.3.2"));
    listening.running.await.unwrap().unwrap();
    assert_eq!(listening.door.arrivals().len(), 1);
}

#[tokio::test]
async fn a_mail_that_has_fallen_silent_does_not_hold_the_stop_up() {
    let limits = Limits { stopping_max: Duration::from_millis(200), ..Limits::default() };
    let listening = Listening::start(Protocol::Smtp, Door::new(), limits).await;
    let mut silent = listening.smtp().await;
    begin(&mut silent).await;
    listening.shutdown.cancel();
    assert!(silent.reply().await.starts_with("421 4.3.2"));
    listening.running.await.unwrap().unwrap();
    assert!(listening.door.arrivals().is_empty());
}

#[tokio::test]
async fn a_socket_file_is_taken_over_from_the_dead_but_not_from_the_living() {
    let folder = Folder::new("lmtp");
    let path = folder.path().join("lmtp");
    let address = ListenAddress::Unix(path.clone());
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let listening = Listening::at(address.clone(), Protocol::Lmtp, Door::new(), Limits::default()).await;
    listening.lmtp().await.expect("NOOP", "250 ").await;
    let refused = Listener::bind(&address).await.unwrap_err();
    assert!(format!("{refused:#}").starts_with("listen for mail at unix:/tmp/"), "{refused:#}");
    listening.shutdown.cancel();
    listening.running.await.unwrap().unwrap();
    assert!(!path.exists());
}

#[tokio::test]
async fn postfix_hands_its_mail_over_and_keeps_it_while_we_are_away() {
    let Some(dovecot) = Dovecot::start() else { return };
    let listening = Listening::start(Protocol::Lmtp, Door::new(), Limits::default()).await;
    let address = listening.address.clone();
    let route = Route { domain: "bulletin.example", to: format!("lmtp:inet:{address}") };
    let Some(postfix) = Postfix::start(dovecot.sasl, &[route]) else {
        return;
    };
    let to_postfix = format!("127.0.0.1:{}", postfix.smtp).parse().unwrap();
    send(&to_postfix, "first\r\n..\r\n").await;
    arrived(&listening, 1, &postfix).await;
    let mut arrival = listening.door.arrivals().remove(0);
    arrival.envelope.recipients.sort();
    assert!(arrival.bytes.ends_with(b"first\r\n.\r\n"));
    assert_eq!(arrival.envelope.recipients, ["info+r.abc@bulletin.example", MAILBOX]);
    assert!(arrival.envelope.sender == Sender::Address("ilze@reader.example".to_owned()));

    listening.shutdown.cancel();
    listening.running.await.unwrap().unwrap();
    send(&to_postfix, "second\r\n").await;
    for _ in 0..500 {
        if postfix.log().contains("status=deferred") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let listening = Listening::at(address, Protocol::Lmtp, Door::new(), Limits::default()).await;
    postfix.flush();
    arrived(&listening, 1, &postfix).await;
    assert!(listening.door.arrivals()[0].bytes.ends_with(b"second\r\n"));
}

async fn send(postfix: &ListenAddress, body: &str) {
    let mut line = Line::connect(postfix).await;
    line.expect("EHLO client.example", "250 ").await;
    line.expect("MAIL FROM:<ilze@reader.example>", "250 ").await;
    line.expect(&format!("RCPT TO:<{MAILBOX}>"), "250 ").await;
    line.expect("RCPT TO:<info+r.abc@bulletin.example>", "250 ").await;
    line.expect("DATA", "354 ").await;
    line.expect(&format!("Subject: x\r\n\r\n{body}."), "250 ").await;
    line.expect("QUIT", "221 ").await;
}

async fn arrived(listening: &Listening, count: usize, postfix: &Postfix) {
    for _ in 0..1000 {
        if listening.door.arrivals().len() == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no mail came: {}", postfix.log());
}
