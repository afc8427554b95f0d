//! Mails to who sends news or a letter: thanks, decisions, questions, answers and the reminder.

use issues::ItemState;
use issues::moderation::Tell;
use issues::reading::Report;
use issues::unanswered::put_aside_at;
use subscribers::{EmailAddress, Purpose};
use templates::email;

use super::{answered_to, contributor_of, editor_name, signature};
use crate::app::App;
use crate::newsroom::mail::{About, Outgoing, queue};
use crate::newsroom::{edition, moderate, view};
use crate::outbound::message::{Automatic, Leaving, ReplyTo, ReturnPath, Thread};
use crate::store::{Contributor, IssueRow, ItemRow, LetterRow, MailKind, Write};

/// Whoever wrote about an item is thanked, and told how it was understood. Who is not its contributor gets no link to the
/// contributor's page: anyone who has seen a mail about it can write to its address.
///
/// # Errors
/// The database fails.
pub async fn thanks(
    app: &App,
    write: &mut Write,
    item: &ItemRow,
    report: &Report,
    about: email::thanks::About,
    to: &EmailAddress,
) -> anyhow::Result<bool> {
    let contributor = contributor_of(write, item).await?;
    let mut is_contributors = contributor.is_some_and(|contributor| contributor.address.key() == to.key());
    // A new item is whose mail it came with, wherever that asks to be answered.
    is_contributors |= !matches!(about, email::thanks::About::Addition { .. });
    let language = app.config.publication.language;
    let content = &item.item.content;
    let mut missing = Vec::new();
    if content.text.trim().is_empty() {
        missing.push(email::thanks::Missing::Words);
    }
    let answers = matches!(about, email::thanks::About::Addition { answers: true });
    if !answers && content.photos.iter().any(|photo| photo.credit.is_empty()) {
        missing.push(email::thanks::Missing::PhotoCredit);
    }
    let first_place = content.places.first().map(view::place).unwrap_or_default();
    let mut understood: Vec<email::thanks::Understood> = content
        .events
        .iter()
        .map(|event| email::thanks::Understood { event: Some(event.clone()), place: first_place.clone() })
        .collect();
    if understood.is_empty() && !first_place.is_empty() {
        understood.push(email::thanks::Understood { event: None, place: first_place });
    }
    let title = Some(content.title.clone()).filter(|title| !title.is_empty());
    let email = email::thanks::render(&email::thanks::View {
        frame: view::frame(app, language),
        about,
        title,
        photos: content.photos.len(),
        documents: report.documents.len(),
        editor: editor_name(app),
        understood,
        missing,
        gps_removed: content.photos.iter().any(|photo| photo.gps_removed),
        page_url: is_contributors.then(|| page_of(app, item)),
    });
    let outgoing = Outgoing {
        kind: MailKind::Thanks,
        to,
        language,
        email,
        automatic: Automatic::Replied,
        reply_to: ReplyTo::Row(Purpose::Item, item.public_id),
        return_path: ReturnPath::Null,
        thread: answered_to(report),
        leaving: None,
        about: About { item: Some(item.id), ..About::default() },
    };
    queue(app, write, outgoing).await
}

/// Private mail is acknowledged without a word about what is in it.
///
/// # Errors
/// The database fails.
pub async fn receipt(
    app: &App,
    write: &mut Write,
    report: &Report,
    to: &EmailAddress,
) -> anyhow::Result<bool> {
    let language = app.config.publication.language;
    let frame = view::frame(app, language);
    let outgoing = Outgoing {
        kind: MailKind::Receipt,
        to,
        language,
        email: email::private_receipt::render(&email::private_receipt::View { frame }),
        automatic: Automatic::Replied,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Null,
        thread: answered_to(report),
        leaving: None,
        about: About::default(),
    };
    queue(app, write, outgoing).await
}

/// The contributor is told what was decided, or asked.
///
/// # Errors
/// The database fails.
pub async fn tell(
    app: &App,
    write: &mut Write,
    item: &ItemRow,
    tell: &Tell,
    by: &str,
) -> anyhow::Result<bool> {
    let Some(contributor) = contributor_of(write, item).await? else { return Ok(false) };
    let language = app.config.publication.language;
    let frame = view::frame(app, language);
    let title = item.item.content.title.clone();
    let editor = signature(app, by).await?;
    let decision = |decision| {
        let view = email::decision::View {
            frame: frame.clone(),
            title: title.clone(),
            decision,
            editor: editor.clone(),
            page_url: page_of(app, item),
        };
        (MailKind::Decision, email::decision::render(&view))
    };
    let (kind, email) = match tell {
        Tell::Approved => {
            let edition = edition::being_made(app).await?;
            let edited = moderate::edited(&write.revisions_for_change(item.id).await?, &item.item.content);
            decision(email::decision::Decision::Approved { year: edition.year, month: edition.month, edited })
        }
        Tell::Rejected { reason } => decision(email::decision::Decision::Rejected { reason: reason.clone() }),
        Tell::Postponed { to } => {
            decision(email::decision::Decision::Postponed { year: to.year, month: to.month })
        }
        Tell::PutAside => {
            let questions = moderate::open_questions(&write.revisions_for_change(item.id).await?);
            decision(email::decision::Decision::PutAside { questions })
        }
        Tell::Asked { question } => {
            let view = email::question::View {
                frame: frame.clone(),
                title: title.clone(),
                question: question.clone(),
                editor: editor.clone(),
                page_url: page_of(app, item),
            };
            (MailKind::Question, email::question::render(&view))
        }
    };
    let outgoing = Outgoing {
        kind,
        to: &contributor.address,
        language,
        email,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Row(Purpose::Item, item.public_id),
        return_path: ReturnPath::Row,
        thread: thread_of(app, item).await?,
        leaving: None,
        about: About { item: Some(item.id), ..About::default() },
    };
    queue(app, write, outgoing).await
}

/// Whoever was asked something and has not answered is asked once more, under the question; one click ends such mails.
///
/// # Errors
/// The database fails.
pub async fn question_reminder(app: &App, write: &mut Write, item: &ItemRow) -> anyhow::Result<bool> {
    let Some(contributor) = contributor_of(write, item).await? else { return Ok(false) };
    let Some(now) = write.item(item.id).await? else { return Ok(false) };
    let (ItemState::Asked { by, .. }, Some(until)) = (&now.item.state, put_aside_at(&now.item.state)) else {
        return Ok(false);
    };
    let language = app.config.publication.language;
    let questions = moderate::open_questions(&write.revisions_for_change(item.id).await?);
    let token = app.token(Purpose::Reminder, contributor.public_id);
    let leave_url = view::paths(app).reminders(token.as_str());
    let email = email::question_reminder::render(&email::question_reminder::View {
        frame: view::frame(app, language),
        title: item.item.content.title.clone(),
        questions,
        put_aside_on: app.local(until).date_naive(),
        editor: signature(app, by).await?,
        page_url: page_of(app, item),
        leave_url: leave_url.clone(),
    });
    let mut thread = thread_of(app, item).await?;
    if let Some(asked) = write.question_of(item.id).await? {
        thread.references.push(asked.clone());
        thread.in_reply_to = Some(asked);
    }
    let outgoing = Outgoing {
        kind: MailKind::QuestionReminder,
        to: &contributor.address,
        language,
        email,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Row(Purpose::Item, item.public_id),
        return_path: ReturnPath::Row,
        thread,
        leaving: Some(Leaving { url: leave_url, purpose: Purpose::Reminder, id: contributor.public_id }),
        about: About { item: Some(item.id), ..About::default() },
    };
    queue(app, write, outgoing).await
}

/// The contributor gets the link of what was published.
///
/// # Errors
/// The database fails.
pub async fn published(
    app: &App,
    write: &mut Write,
    item: &ItemRow,
    issue: &IssueRow,
    slug: &str,
) -> anyhow::Result<bool> {
    let Some(contributor) = contributor_of(write, item).await? else { return Ok(false) };
    let language = app.config.publication.language;
    let number = u32::try_from(issue.number).unwrap_or(u32::MAX);
    let email = email::published::render(&email::published::View {
        frame: view::frame(app, language),
        title: item.item.content.title.clone(),
        year: issue.edition.year,
        month: issue.edition.month,
        url: view::paths(app).item(issue.edition.year, number, slug),
    });
    let outgoing = Outgoing {
        kind: MailKind::Published,
        to: &contributor.address,
        language,
        email,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Row(Purpose::Item, item.public_id),
        return_path: ReturnPath::Row,
        thread: thread_of(app, item).await?,
        leaving: None,
        about: About { item: Some(item.id), ..About::default() },
    };
    queue(app, write, outgoing).await
}

/// A contributor is reminded that an issue is coming; one click ends that.
///
/// # Errors
/// The database fails.
pub async fn reminder(
    app: &App,
    write: &mut Write,
    contributor: &Contributor,
    month: u32,
    until: chrono::NaiveDate,
) -> anyhow::Result<bool> {
    let language = app.config.publication.language;
    let token = app.token(Purpose::Reminder, contributor.public_id);
    let leave_url = view::paths(app).reminders(token.as_str());
    let email = email::reminder::render(&email::reminder::View {
        frame: view::frame(app, language),
        month,
        until,
        leave_url: leave_url.clone(),
    });
    let outgoing = Outgoing {
        kind: MailKind::Reminder,
        to: &contributor.address,
        language,
        email,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Row,
        thread: Thread::default(),
        leaving: Some(Leaving { url: leave_url, purpose: Purpose::Reminder, id: contributor.public_id }),
        about: About::default(),
    };
    queue(app, write, outgoing).await
}

/// An editor's answer to a letter, in its thread.
///
/// # Errors
/// The database fails.
pub async fn answer(
    app: &App,
    write: &mut Write,
    letter: &LetterRow,
    to: &EmailAddress,
    text: &str,
    by: &str,
) -> anyhow::Result<bool> {
    let language = app.config.publication.language;
    let report = app.store.report(letter.message).await?;
    let email = email::answer::render(&email::answer::View {
        frame: view::frame(app, language),
        subject: letter.letter.subject.clone(),
        text: text.to_owned(),
        editor: signature(app, by).await?,
        letter: letter.letter.text.clone(),
    });
    let outgoing = Outgoing {
        kind: MailKind::Answer,
        to,
        language,
        email,
        automatic: Automatic::No,
        reply_to: ReplyTo::Row(Purpose::Letter, letter.public_id),
        return_path: ReturnPath::Row,
        thread: answered_to(&report),
        leaving: None,
        about: About { letter: Some(letter.id), ..About::default() },
    };
    queue(app, write, outgoing).await
}

/// The thread of an item: that of the mail it came with.
pub(in crate::newsroom) async fn thread_of(app: &App, item: &ItemRow) -> anyhow::Result<Thread> {
    let Some(message) = item.message else { return Ok(Thread::default()) };
    let header = app.store.message(message).await?.map(|message| message.header_message_id);
    let header = header.filter(|header| !header.is_empty());
    Ok(Thread { references: header.iter().cloned().collect(), in_reply_to: header })
}

/// The contributor's own page on her item.
pub(in crate::newsroom) fn page_of(app: &App, item: &ItemRow) -> String {
    view::paths(app).contribution(app.token(Purpose::Contribution, item.public_id).as_str())
}
