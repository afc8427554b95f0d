//! The harness itself: the private servers start, work and are gone afterwards.

use std::net::TcpStream;

use zinas::tls;

use crate::support::{
    dovecot::Dovecot,
    line::Line,
    postfix::{Postfix, Route},
    postgres,
};

#[tokio::test]
async fn mail_handed_to_postfix_comes_out_of_dovecot() {
    let Some(dovecot) = Dovecot::start() else { return };
    let route = Route { domain: "reader.example", to: format!("lmtp:inet:127.0.0.1:{}", dovecot.lmtp) };
    let Some(postfix) = Postfix::start(dovecot.sasl, &[route]) else {
        return;
    };
    let address = format!("127.0.0.1:{}", postfix.smtp).parse().unwrap();
    let mut line = Line::connect(&address).await;
    line.expect("EHLO client.example", "250 ").await;
    line.expect("MAIL FROM:<info@bulletin.example>", "250 ").await;
    line.expect("RCPT TO:<ilze@reader.example>", "250 ").await;
    line.expect("DATA", "354 ").await;
    line.expect("Subject: Talka\r\n\r\nSestdien.\r\n.", "250 ").await;
    let mut account = dovecot.client("ilze@reader.example").await;
    for _ in 0..500 {
        if let [mail] = &account.mails("INBOX").await[..] {
            assert!(String::from_utf8_lossy(mail).ends_with("Sestdien.\r\n"));
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no mail came: {}", postfix.log());
}

#[tokio::test]
async fn postfix_takes_mail_from_whoever_signs_in_over_tls_only() {
    let Some(dovecot) = Dovecot::start() else { return };
    let Some(postfix) = Postfix::start(dovecot.sasl, &[]) else {
        return;
    };
    let address = format!("127.0.0.1:{}", postfix.submission).parse().unwrap();
    let mut line = Line::connect(&address).await;
    line.expect("EHLO client.example", "250 ").await;
    line.expect("MAIL FROM:<info@bulletin.example>", "530 5.7.0").await;

    let tls = tls::client_config(Some(&postfix.certificate.certificate)).unwrap();
    let stream = tokio::net::TcpStream::connect(("127.0.0.1", postfix.submissions)).await.unwrap();
    let name = "localhost".try_into().unwrap();
    let stream = tokio_rustls::TlsConnector::from(tls).connect(name, stream).await.unwrap();
    let mut line = Line::over(stream).await;
    line.expect("EHLO client.example", "250 ").await;
    line.expect("MAIL FROM:<info@bulletin.example>", "250 ").await;
    line.expect("RCPT TO:<ilze@reader.example>", "554 5.7.1").await;
    line.expect("RSET", "250 ").await;
    // NUL info NUL pw
    line.expect("AUTH PLAIN AGluZm8AcHc=", "235 ").await;
}

#[test]
fn a_server_is_gone_with_its_test() {
    let Some(dovecot) = Dovecot::start() else { return };
    let port = dovecot.imap;
    drop(dovecot);
    // A busy system takes a moment to bury what was killed.
    for _ in 0..500 {
        if TcpStream::connect(("127.0.0.1", port)).is_err() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("Dovecot still answers");
}

#[test]
fn each_test_has_a_database_of_its_own() {
    let (Some(first), Some(second)) = (postgres::fresh_database(), postgres::fresh_database()) else {
        return;
    };
    assert_ne!(first, second);
}
