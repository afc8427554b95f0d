//! Mail out of an account at a Dovecot.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;
use zinas::{
    config::{SecretText, Security},
    inbound::{
        imap::{self, Fetched, ImapConfig, ImapError, fetch_once},
        intake::{Held, IntakeError},
    },
};

use crate::support::{certificate, door::Door, dovecot::Dovecot, folder::Folder, ports};

const USER: &str = "info";
const MAIL: &str = "From: Ilze <ilze@reader.example>\r\nMessage-ID: <1@reader.example>\r\nSubject: Talka\r\n\r\n\
                    Sestdien pie ezera.\r\n";

async fn eventually(what: &str, mut true_now: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if true_now() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {what}");
}

#[tokio::test]
async fn a_mail_is_stored_and_then_moved_away() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, MAIL).await;
    let door = Door::new();
    let fetched = fetch_once(&dovecot.imap_config(USER), &door).await.unwrap();
    assert_eq!(fetched, Fetched { stored: 1, moved: 1, ..Fetched::default() });
    assert_eq!(door.arrivals()[0].bytes, MAIL.as_bytes());
    assert!(account.mails("INBOX").await.is_empty());
    assert_eq!(account.mails("Processed").await, [MAIL.as_bytes()]);
    assert_eq!(door.record().into_values().collect::<Vec<_>>(), [Held::Moved]);
    assert_eq!(fetch_once(&dovecot.imap_config(USER), &door).await.unwrap(), Fetched::default());
}

#[tokio::test]
async fn the_folder_for_handled_mail_may_have_a_latvian_name() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, MAIL).await;
    let config = ImapConfig { processed: Some("Apstrādāts".to_owned()), ..dovecot.imap_config(USER) };
    assert_eq!(fetch_once(&config, &Door::new()).await.unwrap().moved, 1);
    assert_eq!(account.mails("Apstr&AQE-d&AQE-ts").await.len(), 1);
}

#[tokio::test]
async fn a_mail_that_somebody_has_read_is_taken_and_one_that_somebody_deleted_is_not() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", Some("(\\Seen)"), MAIL).await;
    account.append("INBOX", Some("(\\Deleted)"), "Subject: gone\r\n\r\n").await;
    let door = Door::new();
    assert_eq!(fetch_once(&dovecot.imap_config(USER), &door).await.unwrap().stored, 1);
    assert_eq!(door.arrivals()[0].bytes, MAIL.as_bytes());
}

#[tokio::test]
async fn a_mail_that_stays_in_its_mailbox_is_not_marked_as_read_and_not_taken_twice() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, MAIL).await;
    let config = ImapConfig { processed: None, ..dovecot.imap_config(USER) };
    let door = Door::new();
    assert_eq!(fetch_once(&config, &door).await.unwrap().stored, 1);
    assert_eq!(fetch_once(&config, &door).await.unwrap(), Fetched::default());
    account.0.select("INBOX").await.unwrap();
    assert_eq!(account.0.uid_search("UNSEEN").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_kill_between_storing_and_moving_stores_once() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, MAIL).await;
    let (door, config) = (Arc::new(Door::new()), dovecot.imap_config(USER));
    door.fall_silent(true);
    let killed = tokio::spawn({
        let (door, config) = (Arc::clone(&door), config.clone());
        async move { fetch_once(&config, &*door).await.map(drop) }
    });
    eventually("the mail is stored", || !door.arrivals().is_empty()).await;
    killed.abort();
    assert_eq!(account.mails("INBOX").await.len(), 1);
    door.fall_silent(false);
    let fetched = fetch_once(&config, &*door).await.unwrap();
    assert_eq!((fetched.stored, fetched.known, fetched.moved), (0, 0, 1));
    assert_eq!(door.arrivals().len(), 1);
    assert!(account.mails("INBOX").await.is_empty());
}

#[tokio::test]
async fn a_mail_that_cannot_be_stored_stays_where_it_is() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, MAIL).await;
    let door = Door::new();
    door.refuse(Some(|| IntakeError::Full(anyhow::anyhow!("no space left"))));
    let error = fetch_once(&dovecot.imap_config(USER), &door).await.unwrap_err();
    assert_eq!(error.to_string(), "mail from the IMAP server could not be stored");
    assert_eq!(account.mails("INBOX").await.len(), 1);
    door.refuse(None);
    assert_eq!(fetch_once(&dovecot.imap_config(USER), &door).await.unwrap().moved, 1);
}

#[tokio::test]
async fn a_move_that_is_refused_is_tried_again_without_storing_twice() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, MAIL).await;
    let door = Door::new();
    let config = ImapConfig { processed: Some("/no//such/name".to_owned()), ..dovecot.imap_config(USER) };
    for stored in [1, 0] {
        let fetched = fetch_once(&config, &door).await.unwrap();
        assert_eq!((fetched.stored, fetched.waiting, fetched.moved), (stored, 1, 0));
    }
    let fetched = fetch_once(&dovecot.imap_config(USER), &door).await.unwrap();
    assert_eq!((fetched.stored, fetched.known, fetched.moved), (0, 0, 1));
    assert_eq!(door.arrivals().len(), 1);
}

#[tokio::test]
async fn a_server_without_move_copies_and_deletes_only_what_is_ours() {
    for (abilities, left) in [("IMAP4rev1 UIDPLUS", 1), ("IMAP4rev1", 2)] {
        let Some(dovecot) = Dovecot::start_with(&format!("imap_capability = {abilities}")) else {
            return;
        };
        let mut account = dovecot.client(USER).await;
        account.append("INBOX", Some("(\\Deleted)"), "Subject: of somebody else\r\n\r\n").await;
        account.append("INBOX", None, MAIL).await;
        let door = Door::new();
        assert_eq!(fetch_once(&dovecot.imap_config(USER), &door).await.unwrap().moved, 1);
        assert_eq!(account.mails("Processed").await, [MAIL.as_bytes()]);
        assert_eq!(account.mails("INBOX").await.len(), left, "{abilities}");
        assert_eq!(fetch_once(&dovecot.imap_config(USER), &door).await.unwrap(), Fetched::default());
    }
}

#[tokio::test]
async fn mail_is_known_again_after_its_uids_have_changed() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, MAIL).await;
    let (door, staying) = (Door::new(), ImapConfig { processed: None, ..dovecot.imap_config(USER) });
    assert_eq!(fetch_once(&staying, &door).await.unwrap().stored, 1);
    dovecot.stop();
    dovecot.forget_uids(USER);
    // UIDVALIDITY is made of seconds.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    dovecot.start_again();
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, "Subject: second\r\n\r\n").await;
    let fetched = fetch_once(&dovecot.imap_config(USER), &door).await.unwrap();
    assert_eq!((fetched.stored, fetched.known, fetched.moved), (1, 1, 2));
    let mut validities: Vec<_> = door.record().into_keys().map(|key| key.uid_validity).collect();
    validities.dedup();
    assert_eq!(validities.len(), 2);
}

#[tokio::test]
async fn a_mail_over_the_limit_stays_on_the_server_and_its_head_is_kept() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    let large = format!("Subject: photos\r\n\r\n{}", "x\r\n".repeat(20 << 20));
    account.append("INBOX", None, &large).await;
    account.append("INBOX", None, MAIL).await;
    let door = Door::with_size_max(40 << 20);
    let fetched = fetch_once(&dovecot.imap_config(USER), &door).await.unwrap();
    assert_eq!((fetched.heads, fetched.stored, fetched.moved), (1, 1, 1));
    let (head, size) = door.heads().remove(0);
    assert_eq!(head.bytes, b"Subject: photos\r\n\r\n");
    assert_eq!(size, large.len() as u64);
    assert_eq!(account.mails("INBOX").await, [large.as_bytes()]);
    assert_eq!(fetch_once(&dovecot.imap_config(USER), &door).await.unwrap(), Fetched::default());
}

#[tokio::test]
async fn mail_from_before_the_agreed_day_is_left_alone() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mut account = dovecot.client(USER).await;
    account.0.append("INBOX", None, Some("\"01-Jan-2020 10:00:00 +0200\""), MAIL).await.unwrap();
    let config =
        ImapConfig { since: chrono::NaiveDate::from_ymd_opt(2020, 1, 2), ..dovecot.imap_config(USER) };
    assert_eq!(fetch_once(&config, &Door::new()).await.unwrap(), Fetched::default());
    let config = ImapConfig { since: chrono::NaiveDate::from_ymd_opt(2020, 1, 1), ..config };
    assert_eq!(fetch_once(&config, &Door::new()).await.unwrap().stored, 1);
}

#[tokio::test]
async fn a_wrong_password_is_told_in_one_sentence() {
    let Some(dovecot) = Dovecot::start() else { return };
    for password in ["wrong", "nepareizā"] {
        let config =
            ImapConfig { password: SecretText::new(password.to_owned()), ..dovecot.imap_config(USER) };
        let error = fetch_once(&config, &Door::new()).await.unwrap_err();
        assert!(matches!(error, ImapError::Credentials { .. }), "{error}");
        let said = error.to_string();
        assert!(said.starts_with("the IMAP server at localhost:") && !said.contains(password), "{said}");
        assert!(said.ends_with("refused the user name or the password: correct them in the configuration"));
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_or_not_who_it_says_is_told_in_one_sentence() {
    let config = ImapConfig {
        host: "127.0.0.1".to_owned(),
        port: ports::free(),
        security: Security::None,
        user: USER.to_owned(),
        password: SecretText::new("pw".to_owned()),
        mailbox: "INBOX".to_owned(),
        processed: None,
        since: None,
        ca_file: None,
        poll: Duration::from_secs(1),
    };
    let said = fetch_once(&config, &Door::new()).await.unwrap_err().to_string();
    assert!(said.starts_with("cannot reach the IMAP server at 127.0.0.1:"), "{said}");

    let Some(dovecot) = Dovecot::start() else { return };
    let folder = Folder::new("other");
    let other = certificate::make(folder.path());
    let config = ImapConfig { ca_file: Some(other.certificate), ..dovecot.imap_config(USER) };
    let error = fetch_once(&config, &Door::new()).await.unwrap_err();
    assert!(matches!(error, ImapError::Untrusted { .. }), "{error}");
}

#[tokio::test]
async fn every_way_of_securing_the_line_works() {
    let Some(dovecot) = Dovecot::start() else { return };
    let starting =
        ImapConfig { security: Security::StartTls, port: dovecot.imap, ..dovecot.imap_config(USER) };
    let plain = ImapConfig { security: Security::None, ..starting.clone() };
    for config in [dovecot.imap_config(USER), starting, plain] {
        fetch_once(&config, &Door::new()).await.unwrap();
    }
}

#[tokio::test]
async fn mail_comes_in_as_it_arrives_and_still_does_after_the_server_was_restarted() {
    let Some(dovecot) = Dovecot::start() else { return };
    let (door, shutdown) = (Arc::new(Door::new()), CancellationToken::new());
    let running = tokio::spawn(imap::run(dovecot.imap_config(USER), Arc::clone(&door), shutdown.clone()));
    let mut account = dovecot.client(USER).await;
    for number in 1..=3 {
        account.append("INBOX", None, format!("Subject: {number}\r\n\r\n")).await;
        eventually("the mail is stored", || door.arrivals().len() == number).await;
    }
    dovecot.stop();
    dovecot.start_again();
    let mut account = dovecot.client(USER).await;
    account.append("INBOX", None, MAIL).await;
    eventually("the mail is stored", || door.arrivals().len() == 4).await;
    shutdown.cancel();
    tokio::time::timeout(Duration::from_secs(5), running).await.expect("it stops at once").unwrap().unwrap();
}
