//! Routing: a stored message is understood and put where it belongs, in one transaction and once.
//!
//! What a message is depends on its bytes and the configuration alone ([`understand`]); here it is matched to what
//! the database knows: the delivery it bounced from, the item or letter it answers, the subscription it ends.

use anyhow::Context as _;
use issues::reading::{Kind, Report, Unreadable, Verified, is_nobody, is_short};
use issues::{ItemContent, ItemPhoto, TITLE_CHARACTERS_MAX};
use subscribers::{Bounced, EmailAddress, Preferences, Purpose, SubscriptionState, SuppressionReason};
use templates::email::thanks::About;

use super::people::{self, Origin, Requested};
use super::{by_reply, mails, moderate, notices, senders, view};
use crate::app::{App, SharedApp, Step};
use crate::clock::random_id;
use crate::inbound::understand::{Understood, understand};
use crate::store::{MailKind, MessageRow, NewItem, NewLetter, RouteTo, Sent, Write};

/// How often a message may bring its reader down before it is put aside.
pub(super) const TRIES_MAX: i64 = 3;
/// Mails to editors about an item.
const TO_EDITORS: [MailKind; 3] = [MailKind::Notice, MailKind::ByReply, MailKind::Decided];

/// Understands and routes the oldest message that waits for it.
///
/// # Errors
/// The database fails; the message stays and is taken again.
pub async fn step(app: &SharedApp) -> anyhow::Result<Step> {
    let mut write = app.store.write().await?;
    let Some(message) = write.next_received(app.publication).await? else { return Ok(Step::Idle) };
    if message.tries > TRIES_MAX {
        write.quarantine_message(message.id, Unreadable::FailedThrice).await?;
        write.commit().await?;
        tracing::warn!(message.id, "a message cannot be read and is in quarantine");
        return Ok(Step::Worked);
    }
    // The try is counted whatever happens next.
    write.commit().await?;
    let blob =
        app.store.blob(&message.sha256).await?.context("database: the bytes of a message are missing")?;
    let rules = app.config.rules();
    let on = message.received_at.with_timezone(&rules.zone).date_naive();
    let sender = message.sender.clone();
    let understanding = move || understand(&blob.content, sender.as_deref(), &rules, on);
    let understood = tokio::task::spawn_blocking(understanding).await;
    let understood = match understood {
        Ok(understood) => understood,
        Err(error) => {
            tracing::warn!(message.id, %error, "reading a message failed");
            return Ok(Step::Worked);
        }
    };
    route(app, &message, understood).await?;
    app.wake.queued.notify_waiters();
    Ok(Step::Worked)
}

/// What a message can be matched to.
#[derive(Default)]
struct Matches {
    /// The mail of ours that it answers or that bounced.
    sent: Option<Sent>,
    item: Option<i64>,
    letter: Option<i64>,
    /// Public id of the subscription that its leaving address names.
    leave: Option<i64>,
    /// Public id of the contributor whose reminders end.
    reminder: Option<i64>,
}

async fn route(app: &App, message: &MessageRow, understood: Understood) -> anyhow::Result<()> {
    let mut write = app.store.write().await?;
    let report = &understood.report;
    let kept_out = is_kept_out(app, &mut write, message, &understood).await?;
    let why = match kept_out {
        true => String::new(),
        false => put(app, &mut write, message, &understood).await?,
    };
    let to = match report.kind {
        _ if kept_out => RouteTo::Quarantined { why: Unreadable::Blocked },
        Kind::Unreadable => {
            RouteTo::Quarantined { why: understood.unreadable.unwrap_or(Unreadable::Unknown) }
        }
        Kind::Submission
        | Kind::Reply
        | Kind::Correction
        | Kind::Bounce
        | Kind::Complaint
        | Kind::AutoReply
        | Kind::Unsubscribe
        | Kind::Subscribe
        | Kind::Bulk
        | Kind::Report
        | Kind::Private => RouteTo::Routed { why: &why },
    };
    // Another worker may have routed it meanwhile; then nothing of this is kept.
    if write.route_message(message.id, report, to).await? {
        write.commit().await?;
    }
    Ok(())
}

/// Is this from a sender who is not taken in, and would an editor have to look at it? Goodbyes and answers to questions
/// of ours keep their way.
async fn is_kept_out(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
) -> anyhow::Result<bool> {
    if !senders::is_unwanted(app, write, understood).await?
        || write.same_message(message.id, &understood.report).await?.is_some()
    {
        return Ok(false);
    }
    let matches = find(app, write, message, understood).await?;
    if matches.leave.is_some() || matches.reminder.is_some() {
        return Ok(false);
    }
    let item = match matches.item {
        Some(item) => write.item(item).await?,
        None => None,
    };
    Ok(!item.is_some_and(|row| row.item.state.waits_for_answer()))
}

/// Matches a message to what the database knows, and puts it where it belongs; in a few words where that is. Also for
/// what an editor takes out of quarantine.
pub(super) async fn put(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
) -> anyhow::Result<String> {
    if let Some(other) = write.same_message(message.id, &understood.report).await? {
        return Ok(format!("the same mail as message {other}, by another way"));
    }
    let matches = find(app, write, message, understood).await?;
    place(app, write, message, understood, &matches).await
}

async fn place(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
    matches: &Matches,
) -> anyhow::Result<String> {
    if let Some(public_id) = matches.leave {
        return leave(app, write, public_id).await;
    }
    if let Some(public_id) = matches.reminder {
        write.set_reminders(public_id, false).await?;
        return Ok("ended the reminders of a contributor".to_owned());
    }
    if let Some(answered) = by_reply::decide(app, write, message, understood).await? {
        if answered.is_letter_too {
            let letter = letter_from(app, write, message, understood, matches, None).await?;
            return Ok(format!("{}; {letter}", answered.why));
        }
        return Ok(answered.why);
    }
    match understood.report.kind {
        Kind::Bounce | Kind::Complaint => bounce(app, write, &understood.report, matches).await,
        Kind::AutoReply => Ok(match &matches.sent {
            Some(sent) => format!("an automatic answer to our {} mail", sent.kind),
            None => "an automatic answer".to_owned(),
        }),
        Kind::Bulk => Ok("a mail to many, not for us alone".to_owned()),
        Kind::Report => Ok("a machine's report".to_owned()),
        Kind::Unreadable => Ok(String::new()),
        Kind::Private => {
            if let Some(to) = answerable(app, write, understood).await? {
                mails::receipt(app, write, &understood.report, &to).await?;
            }
            Ok("private: for the editor's eyes only".to_owned())
        }
        Kind::Subscribe => subscribe(app, write, understood).await,
        Kind::Unsubscribe => goodbye(app, write, understood).await,
        Kind::Submission | Kind::Reply | Kind::Correction => {
            match (matches.item, matches.letter, &matches.sent) {
                (Some(item), ..) => addition(app, write, message, understood, item).await,
                (None, Some(letter), _) => {
                    letter_from(app, write, message, understood, matches, Some(letter)).await
                }
                (None, None, Some(_)) => letter_from(app, write, message, understood, matches, None).await,
                (None, None, None) if understood.report.kind == Kind::Reply => {
                    letter_from(app, write, message, understood, matches, None).await
                }
                (None, None, None) => item_from(app, write, message, understood).await,
            }
        }
    }
}

/// What tags in the recipient, Message-IDs in References and returned headers say. No valid token, no match: anyone
/// can write an address of ours.
async fn find(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
) -> anyhow::Result<Matches> {
    let now = app.clock.now();
    let mut matches = Matches::default();
    for (purpose, id) in opened_tags(app, message, understood) {
        match purpose {
            Purpose::Bounce | Purpose::Reply => {
                if matches.sent.is_none() {
                    matches.sent = write.sent_by_public_id(id).await?;
                }
            }
            Purpose::Item => matches.item = write.item_by_public_id(id).await?,
            Purpose::Letter => matches.letter = write.letter_by_public_id(id).await?.map(|letter| letter.id),
            Purpose::Leave => matches.leave = Some(id),
            Purpose::Reminder => matches.reminder = Some(id),
            // A link is pressed, never written to.
            Purpose::Confirm
            | Purpose::Decide
            | Purpose::Contribution
            | Purpose::Preferences
            | Purpose::SignIn
            | Purpose::Form
            | Purpose::Address
            | Purpose::Own => {}
        }
    }
    let ids = understood.references.iter().chain(&understood.returned.message_id);
    for id in ids {
        if matches.sent.is_some() {
            break;
        }
        if let Some(delivery) = app.letterhead.delivery_of(id, now) {
            matches.sent = write.sent_by_public_id(delivery).await?;
        }
    }
    // An editor's answer to what she was told about an item is no word of the contributor's: it becomes a letter.
    let to_editor = |sent: &Sent| TO_EDITORS.iter().any(|kind| kind.name() == sent.kind);
    if let Some(sent) = matches.sent.as_ref().filter(|sent| !to_editor(sent)) {
        matches.item = matches.item.or(sent.item);
        matches.letter = matches.letter.or(sent.letter);
    }
    Ok(matches)
}

/// What the tags of our addresses say, wherever a mail names them: whose token is ours, and what for.
pub(super) fn opened_tags(app: &App, message: &MessageRow, understood: &Understood) -> Vec<(Purpose, i64)> {
    let now = app.clock.now();
    let mailbox = &app.config.mailbox;
    let envelope = message.recipients.iter().filter_map(|recipient| {
        let recipient = EmailAddress::parse(recipient).ok()?;
        mailbox.address.tag_of(&recipient, mailbox.delimiter?).map(str::to_ascii_lowercase)
    });
    // What a returned mail quotes only says which mail it was; nobody leaves by being quoted.
    let quoted = understood.returned.tags.iter();
    let quoted = quoted.filter(|tag| tag.starts_with("b.") || tag.starts_with("r."));
    let open = |tag: String| {
        let (letter, token) = tag.split_once('.')?;
        let purpose = Purpose::ALL.into_iter().find(|purpose| letter == purpose.letter().to_string())?;
        Some((purpose, app.secret.open(token, purpose, now).ok()?))
    };
    envelope.chain(understood.tags.iter().chain(quoted).cloned()).filter_map(open).collect()
}

async fn leave(app: &App, write: &mut Write, public_id: i64) -> anyhow::Result<String> {
    match write.subscription_by_public_id(public_id).await? {
        Some(row) => {
            people::leave_in(app, write, row, Origin { channel: "mail", from: "" }).await?;
            Ok("ended a subscription".to_owned())
        }
        None => Ok("a goodbye to a subscription that is erased".to_owned()),
    }
}

/// A report finds the delivery it is about by our token or Message-ID. Without one it changes nothing: anyone can
/// forge a report that names an address.
async fn bounce(app: &App, write: &mut Write, report: &Report, matches: &Matches) -> anyhow::Result<String> {
    let Some(sent) = &matches.sent else {
        return Ok("a report about no mail that we can find; nothing was changed".to_owned());
    };
    if report.kind == Kind::Complaint {
        let reason = SuppressionReason::Complaint;
        people::suppress(app, write, &sent.recipient_hash, sent.subscription, reason, "").await?;
        return Ok("a complaint; the address is suppressed".to_owned());
    }
    let about = report
        .bounces
        .iter()
        .find(|bounced| {
            bounced.recipient.as_deref().is_some_and(|to| to.eq_ignore_ascii_case(&sent.recipient))
        })
        .or(report.bounces.first());
    let class = about.map_or(Bounced::Unknown, |bounced| bounced.class);
    let diagnostic = about.and_then(|bounced| bounced.diagnostic.as_deref()).unwrap_or("");
    people::bounced(app, write, sent, class, diagnostic).await?;
    Ok(format!("a {} bounce of our {} mail", class.name(), sent.kind))
}

async fn subscribe(app: &App, write: &mut Write, understood: &Understood) -> anyhow::Result<String> {
    let Some(to) = answerable(app, write, understood).await? else {
        return Ok("a wish to subscribe that must not be answered".to_owned());
    };
    let language = app.config.publication.language;
    let preferences = Preferences { language, municipality: String::new() };
    let words = view::consent(app, language);
    let origin = Origin { channel: "mail", from: "" };
    let requested = people::request_in(app, write, &to, &preferences, &words, origin).await?;
    Ok(match requested {
        Requested::Asked => "a wish to subscribe; asked to confirm",
        Requested::Known => "a wish to subscribe by a reader",
        Requested::TooSoon => "a wish to subscribe again; asked a short while ago",
        Requested::Nobody => "a wish to subscribe by a machine",
        Requested::Suppressed => "a wish to subscribe by a suppressed address",
    }
    .to_owned())
}

/// A goodbye without a token earns a link to leave with, nothing more: anyone can write a From.
async fn goodbye(app: &App, write: &mut Write, understood: &Understood) -> anyhow::Result<String> {
    let Some(to) = answerable(app, write, understood).await? else {
        return Ok("a goodbye that must not be answered".to_owned());
    };
    match write.subscription_of(app.publication, &to).await? {
        Some(row)
            if matches!(
                row.state,
                SubscriptionState::Confirmed { .. } | SubscriptionState::Pending { .. }
            ) =>
        {
            mails::leave_link(app, write, &to, row.preferences.language, row.public_id, &understood.report)
                .await?;
            Ok("a goodbye; a link to leave was mailed".to_owned())
        }
        Some(_) | None => Ok("a goodbye by someone who is no reader".to_owned()),
    }
}

/// A new item, pending; the contributor is thanked and the editors are told.
async fn item_from(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
) -> anyhow::Result<String> {
    let report = &understood.report;
    let contributor = match contributor_of(understood) {
        Some((address, name)) => {
            let at = message.received_at;
            Some(write.contributor(app.publication, &address, name, random_id(), at).await?)
        }
        None => None,
    };
    let answer_to = answerable(app, write, understood).await?;
    let mut ids = Vec::new();
    for number in 0..report.items.len().max(1) {
        let content = content_of(app, write, message, understood, number).await?;
        let new = NewItem {
            public_id: random_id(),
            publication: app.publication,
            message: Some(message.id),
            contributor,
            content: &content,
            received_at: message.received_at,
        };
        let id = write.keep_item(&new).await?;
        let row = write.item_for_change(id).await?.context("find the new item")?;
        notices::announce(app, write, &row, report, None).await?;
        if let (Some(to), 0) = (&answer_to, number) {
            let about = if report.kind == Kind::Correction { About::Correction } else { About::News };
            mails::thanks(app, write, &row, report, about, to).await?;
        }
        ids.push(id.to_string());
    }
    Ok(format!("became item {}", ids.join(", ")))
}

/// Whose item it is, by address and name: who wrote, or where answers go when a machine such as a web form wrote for
/// somebody. Nobody's, where the sender is not who the message says: who is named in a forged mail is never written to.
pub(super) fn contributor_of(understood: &Understood) -> Option<(EmailAddress, &str)> {
    let report = &understood.report;
    if report.verified == Verified::Fail {
        return None;
    }
    let from = report.from.as_ref();
    let address = from.and_then(|from| EmailAddress::parse(from.address.as_deref()?).ok());
    match address.filter(|address| !is_nobody(address.as_str())) {
        Some(address) => Some((address, from.and_then(|from| from.name.as_deref()).unwrap_or(""))),
        // The name beside it is the machine's.
        None => understood.answer_to.clone().map(|address| (address, "")),
    }
}

/// What a contributor writes about an item after its first mail is kept with it; an open question is settled.
async fn addition(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
    item: i64,
) -> anyhow::Result<String> {
    let report = &understood.report;
    write.keep_item_reply(item, message.id, &report.text, message.received_at).await?;
    let before = write.item_for_change(item).await?.context("find the item that is written about")?;
    let addition = notices::Addition::to(app, write, &before, report).await?;
    moderate::answered(app, write, item, report).await?;
    let row = write.item_for_change(item).await?.context("find the answered item")?;
    if let Some(to) = answerable(app, write, understood).await? {
        // Whoever answered is not asked by a machine again: an editor reads what she says.
        let answers = before.item.state.waits_for_answer() || is_short(&report.text);
        let about = About::Addition { answers };
        mails::thanks(app, write, &row, report, about, &to).await?;
    }
    notices::announce(app, write, &row, report, Some(addition)).await?;
    Ok(format!("belongs to item {item}"))
}

/// A reader's reply becomes a letter; an answer to our answer is a letter of its own.
async fn letter_from(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
    matches: &Matches,
    answers: Option<i64>,
) -> anyhow::Result<String> {
    let report = &understood.report;
    let from = report.from.as_ref();
    let sent = matches.sent.as_ref();
    let new = NewLetter {
        public_id: random_id(),
        publication: app.publication,
        message: message.id,
        issue: sent.and_then(|sent| sent.issue),
        subscription: sent.and_then(|sent| sent.subscription),
        from_address: from.and_then(|from| from.address.as_deref()).unwrap_or(""),
        from_name: from.and_then(|from| from.name.as_deref()).unwrap_or(""),
        subject: report.subject.as_deref().unwrap_or(""),
        text: &report.text,
        received_at: message.received_at,
    };
    let id = write.keep_letter(&new).await?;
    Ok(match answers {
        Some(earlier) => format!("became letter {id}, after letter {earlier}"),
        None => format!("became letter {id}"),
    })
}

/// The content of a proposed item; its photos are kept as blobs.
pub(super) async fn content_of(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
    number: usize,
) -> anyhow::Result<ItemContent> {
    let report = &understood.report;
    let mut content = ItemContent {
        language: report.language.clone().filter(|code| *code != app.config.publication.language.code()),
        section: app
            .config
            .publication
            .sections
            .first()
            .map(|section| section.id.clone())
            .unwrap_or_default(),
        warnings: report.warnings.clone(),
        ..ItemContent::default()
    };
    let photos: Vec<usize> = match report.items.get(number) {
        Some(item) => {
            content.title =
                item.title.clone().unwrap_or_default().chars().take(TITLE_CHARACTERS_MAX).collect();
            content.text.clone_from(&item.text);
            content.events.clone_from(&item.events);
            content.places.clone_from(&item.places);
            content.byline.clone_from(&item.byline);
            item.photos.clone()
        }
        None => {
            content.title =
                report.title.clone().unwrap_or_default().chars().take(TITLE_CHARACTERS_MAX).collect();
            content.text.clone_from(&report.text);
            (0..report.photos.len()).collect()
        }
    };
    for index in photos {
        let (Some(seen), Some(photo)) = (report.photos.get(index), understood.photos.get(index)) else {
            continue;
        };
        let sha256 = write.keep_blob(&photo.bytes, "image/jpeg", message.received_at).await?;
        content.photos.push(ItemPhoto {
            sha256,
            width: photo.width,
            height: photo.height,
            alt: String::new(),
            caption: seen.caption.clone().unwrap_or_default(),
            credit: seen.credit.clone().unwrap_or_default(),
            credit_proposed: false,
            gps_removed: seen.gps_removed,
            framed: None,
        });
    }
    Ok(content)
}

/// The address that an automatic answer may go to, if one may go at all.
async fn answerable(
    app: &App,
    write: &mut Write,
    understood: &Understood,
) -> anyhow::Result<Option<EmailAddress>> {
    if understood.may_answer.is_err() {
        return Ok(None);
    }
    let Some(to) = &understood.answer_to else { return Ok(None) };
    Ok(mails::may_answer_again(app, write, to).await?.then(|| to.clone()))
}
