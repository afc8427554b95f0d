//! Mail that could not be sorted: why it is in quarantine, and what an editor says it is.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::reading::{Kind, Mailbox, Report, Unreadable};
use subscribers::clean_line;
use templates::desk::message::Reason;

use super::route::{TRIES_MAX, put};
use crate::app::App;
use crate::inbound::understand::{Understood, understand_as};
use crate::store::{ERASED, MessageRow, StaysTreated, Treatment};

/// What an editor makes of a mail in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treat {
    /// Any kind but the one that brought it there.
    As(Kind),
    /// It stays as it is, out of the way.
    SetAside,
}

#[derive(Debug, thiserror::Error)]
pub enum NotTreated {
    #[error("there is no such message")]
    NoSuchMessage,
    /// Somebody was faster, or it was never there; `by` and `at` are in its treatment.
    #[error("the message is not in quarantine")]
    NotThere(Option<Treatment>),
    #[error("the bytes of the message are erased")]
    Erased,
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl Treat {
    /// The name that forms use: that of a kind, or `nothing`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "nothing" => Some(Treat::SetAside),
            name => Kind::parse(name).filter(|kind| *kind != Kind::Unreadable).map(Treat::As),
        }
    }
}

/// Treats a mail in quarantine as what the editor says it is; her word is final and is kept with her name. In one
/// transaction with everything that follows from it: the item, the letter, the answer to the sender.
///
/// # Errors
/// See [`NotTreated`]; nothing is changed then.
pub async fn treat(app: &App, message: i64, as_what: Treat, by: &str) -> Result<(), NotTreated> {
    let seen = app.store.message(message).await?.filter(|row| row.publication == app.publication);
    let seen = seen.ok_or(NotTreated::NoSuchMessage)?;
    if seen.why == ERASED {
        return Err(NotTreated::Erased);
    }
    // Reading happens outside the transaction, since it may take a while.
    let understood = match as_what {
        Treat::As(kind) => read_as(app, &seen, kind).await?,
        Treat::SetAside => unread(&seen, Kind::Unreadable, "set aside"),
    };
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.message_for_change(message).await?.ok_or(NotTreated::NoSuchMessage)?;
    if row.state != "quarantined" {
        drop(write);
        return Err(NotTreated::NotThere(app.store.treatment(message).await?));
    }
    let why = match as_what {
        Treat::As(_) => put(app, &mut write, &row, &understood).await?,
        Treat::SetAside => "set aside".to_owned(),
    };
    let kind = match as_what {
        Treat::As(kind) => Some(kind),
        Treat::SetAside => None,
    };
    let was_kind = Kind::parse(&row.kind).unwrap_or(Kind::Unreadable);
    let treatment = Treatment { kind, was_why: row.why, was_kind, by: clean_line(by), at: now };
    if !write.treat_message(message, &treatment, &understood.report, &why).await? {
        drop(write);
        return Err(NotTreated::NotThere(app.store.treatment(message).await?));
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}

/// Takes back what an editor said at this moment of a mail: it is in quarantine again, and what it became is gone. What
/// was done with a reader, such as ending a subscription, stays, and is put right there.
///
/// # Errors
/// The database fails.
pub async fn untreat(
    app: &App,
    message: i64,
    said_at: DateTime<Utc>,
) -> anyhow::Result<Result<(), StaysTreated>> {
    let mut write = app.store.write().await?;
    let row = write.message_for_change(message).await?;
    if row.is_none_or(|row| row.publication != app.publication) {
        return Ok(Err(StaysTreated::NotTreated));
    }
    let taken_back = write.untreat_message(message, said_at, app.clock.now()).await?;
    if taken_back.is_ok() {
        write.commit().await?;
        tracing::info!(message.id = message, "a message is in quarantine again");
    }
    Ok(taken_back)
}

/// What can be read of a message as this kind; nothing, if it has brought its reader down or does so now.
pub(super) async fn read_as(app: &App, row: &MessageRow, kind: Kind) -> anyhow::Result<Understood> {
    if is_dangerous(row) {
        return Ok(unread(row, kind, &Unreadable::FailedThrice.to_string()));
    }
    let blob = app.store.blob(&row.sha256).await?.context("database: the bytes of a message are missing")?;
    let rules = app.config.rules();
    let on = row.received_at.with_timezone(&rules.zone).date_naive();
    let sender = row.sender.clone();
    let reading = move || understand_as(Some(kind), &blob.content, sender.as_deref(), &rules, on);
    Ok(tokio::task::spawn_blocking(reading).await.unwrap_or_else(|error| {
        tracing::warn!(message.id = row.id, %error, "reading a message failed");
        unread(row, kind, &Unreadable::FailedThrice.to_string())
    }))
}

/// Has reading this message brought the daemon down, so that it must not be tried again?
pub fn is_dangerous(row: &MessageRow) -> bool {
    row.tries > TRIES_MAX
}

/// A mail that is not read. One that is only put aside keeps what its row says of it; of another nobody has checked who
/// sent it, and nobody is written to.
fn unread(row: &MessageRow, kind: Kind, why: &str) -> Understood {
    let mut report = Report::erased(kind, why);
    if kind == Kind::Unreadable {
        let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let from = Mailbox { name: known(&row.from_name), address: known(&row.from_address) };
        report.from = Some(from).filter(|from| from.name.is_some() || from.address.is_some());
        report.subject = known(&row.subject);
        report.message_id = known(&row.header_message_id);
    }
    Understood {
        report,
        unreadable: None,
        photos: Vec::new(),
        documents: Vec::new(),
        may_answer: Err(why.to_owned()),
        answer_to: None,
        tags: Vec::new(),
        references: Vec::new(),
        decides: None,
        returned: issues::reading::Returned::default(),
    }
}

/// Why a mail is in quarantine, as something that the editor's language has words for.
pub fn reason(why: Option<Unreadable>) -> Reason {
    match why {
        Some(Unreadable::Empty) => Reason::Empty,
        Some(Unreadable::Damaged) => Reason::Damaged,
        Some(Unreadable::NoMail) => Reason::NoMail,
        Some(Unreadable::Nested { .. }) => Reason::Nested,
        Some(Unreadable::TooLarge { size, limit }) => {
            Reason::TooLarge { size: Some(size), limit: Some(limit) }
        }
        Some(Unreadable::FailedThrice) => Reason::FailedThrice,
        Some(Unreadable::Erased) => Reason::Erased,
        Some(Unreadable::Blocked) => Reason::Blocked,
        Some(Unreadable::Unknown) | None => Reason::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbound::understand::understand;

    #[test]
    fn why_a_mail_cannot_be_read_has_words() {
        let rules = issues::reading::Rules::default();
        let bomb = "Content-Type: message/rfc822\r\n\r\n".repeat(5000);
        for (bytes, expected) in
            [(b"".as_slice(), Reason::Empty), (bomb.as_bytes(), Reason::Nested), (&[0; 100], Reason::NoMail)]
        {
            let understood = understand(bytes, None, &rules, "2026-11-25".parse().unwrap());
            assert_eq!(reason(understood.unreadable), expected, "{}", understood.report.why[0]);
        }
        let large = Unreadable::TooLarge { size: 60, limit: 50 };
        assert_eq!(reason(Some(large)), Reason::TooLarge { size: Some(60), limit: Some(50) });
        assert_eq!(reason(Some(Unreadable::Unknown)), Reason::Other);
    }

    #[test]
    fn a_mail_is_anything_but_unreadable() {
        assert_eq!(Treat::parse("submission"), Some(Treat::As(Kind::Submission)));
        assert_eq!(Treat::parse("nothing"), Some(Treat::SetAside));
        for wrong in ["unreadable", "", "x"] {
            assert_eq!(Treat::parse(wrong), None);
        }
    }
}
