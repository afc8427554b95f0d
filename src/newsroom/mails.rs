//! The mails that the newsroom causes: each fills its view and queues it.

use chrono::TimeDelta;
use issues::moderation::Tell;
use issues::reading::Report;
use subscribers::{EmailAddress, Language, Purpose};
use templates::email;

use super::mail::{About, Outgoing, local, queue, queue_as};
use super::view;
use crate::app::App;
use crate::clock::random_id;
use crate::outbound::message::{Automatic, Leaving, ReplyTo, ReturnPath, Thread};
use crate::store::{
    AddressChange, Contributor, IssueRow, ItemRow, LetterRow, MailKind, SubscriptionRow, Write,
};

/// Automatic answers to one mailbox in a day: a loop or a flood ends here.
const ANSWERS_PER_DAY_MAX: usize = 3;
/// What counts as an automatic answer; the question to confirm is one to a mail that asks for the bulletin.
const ANSWERS: [MailKind; 4] =
    [MailKind::Thanks, MailKind::Receipt, MailKind::LeaveLink, MailKind::Confirmation];

/// May this address get one more automatic answer today?
///
/// # Errors
/// The database fails.
pub async fn may_answer_again(app: &App, write: &mut Write, to: &EmailAddress) -> anyhow::Result<bool> {
    let since = app.clock.now() - TimeDelta::hours(24);
    Ok(write.count_mails_to_mailbox(to, &ANSWERS, since).await? < ANSWERS_PER_DAY_MAX)
}

fn answered_to(report: &Report) -> Thread {
    Thread {
        in_reply_to: report.message_id.clone(),
        references: report.in_reply_to.iter().chain(&report.message_id).cloned().collect(),
    }
}

/// The thread of an item: that of the mail it came with.
async fn thread_of(app: &App, item: &ItemRow) -> anyhow::Result<Thread> {
    let Some(message) = item.message else { return Ok(Thread::default()) };
    let header = app.store.message(message).await?.map(|message| message.header_message_id);
    let header = header.filter(|header| !header.is_empty());
    Ok(Thread { references: header.iter().cloned().collect(), in_reply_to: header })
}

/// The contributor is thanked for an item, and told how it was understood.
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
        page_url: page_of(app, item),
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
            let edition = super::edition::being_made(app).await?;
            decision(email::decision::Decision::Approved { year: edition.year, month: edition.month })
        }
        Tell::Rejected { reason } => decision(email::decision::Decision::Rejected { reason: reason.clone() }),
        Tell::Postponed { to } => {
            decision(email::decision::Decision::Postponed { year: to.year, month: to.month })
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

/// The person who asked for the bulletin is asked back.
///
/// # Errors
/// The database fails.
pub async fn confirmation(
    app: &App,
    write: &mut Write,
    to: &EmailAddress,
    language: Language,
    public_id: i64,
    subscription: i64,
    origin: &str,
) -> anyhow::Result<bool> {
    let token = app.token(Purpose::Confirm, public_id);
    let email = email::confirmation::render(&email::confirmation::View {
        frame: view::frame(app, language),
        confirm_url: view::paths(app).confirm(token.as_str()),
        asked_at: view::local(app, app.clock.now()),
        origin: Some(origin.to_owned()).filter(|origin| !origin.is_empty()),
        valid_until: app.last_day_to_confirm(),
    });
    let outgoing = Outgoing {
        kind: MailKind::Confirmation,
        to,
        language,
        email,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Row,
        thread: Thread::default(),
        leaving: None,
        about: About { subscription: Some(subscription), ..About::default() },
    };
    queue(app, write, outgoing).await
}

/// A reader's new address is asked whether she reads it.
///
/// The row names no subscription: until it is confirmed, the address may be anybody's.
///
/// # Errors
/// The database fails.
pub async fn new_address(
    app: &App,
    write: &mut Write,
    row: &SubscriptionRow,
    change: &AddressChange,
    origin: &str,
) -> anyhow::Result<bool> {
    let language = row.language();
    let token = app.token(Purpose::Address, change.public_id);
    let email = email::new_address::render(&email::new_address::View {
        frame: view::frame(app, language),
        confirm_url: view::paths(app).address(token.as_str()),
        asked_at: view::local(app, app.clock.now()),
        origin: Some(origin.to_owned()).filter(|origin| !origin.is_empty()),
        valid_until: app.last_day_to_confirm(),
    });
    let to = &change.address;
    queue(app, write, to_person(MailKind::NewAddress, to, language, email)).await
}

/// The address that a reader left for another is told.
///
/// # Errors
/// The database fails.
pub async fn moved(
    app: &App,
    write: &mut Write,
    row: &SubscriptionRow,
    to: &EmailAddress,
) -> anyhow::Result<bool> {
    let language = row.language();
    let frame = view::frame(app, language);
    let email = email::moved::render(&email::moved::View { frame, masked: to.masked() });
    let about = About { subscription: Some(row.id), ..About::default() };
    queue(app, write, Outgoing { about, ..to_person(MailKind::Moved, &row.address, language, email) }).await
}

/// The link to what is a reader's own, to the address that she has.
///
/// # Errors
/// The database fails.
pub async fn own(app: &App, write: &mut Write, row: &SubscriptionRow, origin: &str) -> anyhow::Result<bool> {
    let language = row.language();
    let mail = random_id();
    let token = app.token(Purpose::Own, mail);
    let email = email::own::render(&email::own::View {
        frame: view::frame(app, language),
        url: view::paths(app).own(token.as_str()),
        asked_at: view::local(app, app.clock.now()),
        origin: Some(origin.to_owned()).filter(|origin| !origin.is_empty()),
    });
    let about = About { subscription: Some(row.id), ..About::default() };
    let outgoing = Outgoing { about, ..to_person(MailKind::Own, &row.address, language, email) };
    queue_as(app, write, mail, outgoing).await
}

/// A goodbye without a token earns a link to leave with, nothing more.
///
/// # Errors
/// The database fails.
pub async fn leave_link(
    app: &App,
    write: &mut Write,
    to: &EmailAddress,
    language: Language,
    public_id: i64,
    report: &Report,
) -> anyhow::Result<bool> {
    let token = app.token(Purpose::Leave, public_id);
    let email = email::leave_link::render(&email::leave_link::View {
        frame: view::frame(app, language),
        leave_url: view::paths(app).leave(token.as_str()),
    });
    let outgoing = Outgoing {
        kind: MailKind::LeaveLink,
        to,
        language,
        email,
        automatic: Automatic::Replied,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Null,
        thread: answered_to(report),
        leaving: None,
        about: About::default(),
    };
    queue(app, write, outgoing).await
}

/// The issue is not fit to be sent: the editors are told what is missing.
///
/// # Errors
/// The database fails.
pub async fn held(app: &App, write: &mut Write, issue: &IssueRow) -> anyhow::Result<()> {
    let contents = view::contents(write, issue).await?;
    for editor in app.store.editors(app.publication).await? {
        let email = email::held::render(&email::held::View {
            frame: view::frame(app, editor.language),
            year: issue.edition.year,
            month: issue.edition.month,
            missing: view::findings(&contents, &issue.findings),
            url: app.paths().desk(&format!("/issue/{}", issue.id)),
        });
        queue(app, write, to_editor(MailKind::Held, &editor.address, editor.language, email)).await?;
    }
    Ok(())
}

/// The issue is assembled: the editors are told what is in it and how to approve it.
///
/// # Errors
/// The database fails.
pub async fn draft_ready(app: &App, write: &mut Write, issue: &IssueRow) -> anyhow::Result<()> {
    let contents = view::contents(write, issue).await?;
    let zone = app.config.publication.zone;
    let sends_at = app
        .config
        .cron(issues::calendar::Job::Send)
        .and_then(|cron| cron.next(zone, app.clock.now()))
        .map(|moment| local(app, moment).naive_local());
    for editor in app.store.editors(app.publication).await? {
        let edition = view::edition(app, &contents, editor.language, &view::paths(app));
        let email = email::draft_ready::render(&email::draft_ready::View {
            frame: view::frame(app, editor.language),
            year: issue.edition.year,
            month: issue.edition.month,
            number: edition.number,
            running_number: edition.running_number,
            items: contents.items.iter().map(|(_, row)| row.item.content.title.clone()).collect(),
            dates: edition.calendar.len(),
            findings: view::findings(&contents, &issue.findings),
            url: app.paths().desk(&format!("/issue/{}", issue.id)),
            sends_at,
        });
        queue(app, write, to_editor(MailKind::DraftReady, &editor.address, editor.language, email)).await?;
    }
    Ok(())
}

/// A mail too large for us was left on the server; the editors are told.
///
/// # Errors
/// The database fails.
pub async fn too_large(app: &App, write: &mut Write, report: &Report, octets: u64) -> anyhow::Result<()> {
    for editor in app.store.editors(app.publication).await? {
        let email = email::too_large::render(&email::too_large::View {
            frame: view::frame(app, editor.language),
            from: sender(report),
            subject: report.subject.clone().unwrap_or_default(),
            octets,
            limit_octets: u64::try_from(app.config.inbound.size_bytes_max).unwrap_or(u64::MAX),
        });
        queue(app, write, to_editor(MailKind::TooLarge, &editor.address, editor.language, email)).await?;
    }
    Ok(())
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

pub(super) fn to_editor(
    kind: MailKind,
    to: &EmailAddress,
    language: Language,
    email: templates::Email,
) -> Outgoing<'_> {
    to_person(kind, to, language, email)
}

/// A mail of ours that answers none.
fn to_person(kind: MailKind, to: &EmailAddress, language: Language, email: templates::Email) -> Outgoing<'_> {
    Outgoing {
        kind,
        to,
        language,
        email,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Row,
        thread: Thread::default(),
        leaving: None,
        about: About::default(),
    }
}

pub(super) async fn contributor_of(write: &mut Write, item: &ItemRow) -> anyhow::Result<Option<Contributor>> {
    match item.contributor {
        Some(id) => write.contributor_by_id(id).await,
        None => Ok(None),
    }
}

/// The contributor's own page on her item.
fn page_of(app: &App, item: &ItemRow) -> String {
    view::paths(app).contribution(app.token(Purpose::Contribution, item.public_id).as_str())
}

/// Who signs what somebody did: the editor of this name, or [`editor_name`] where it is none of ours, such as the user
/// of a machine.
async fn signature(app: &App, by: &str) -> anyhow::Result<Option<String>> {
    let editors = app.store.editors(app.publication).await?;
    let named = editors.into_iter().map(|editor| editor.name).find(|name| !name.is_empty() && name == by);
    Ok(named.or_else(|| editor_name(app)))
}

/// Who signs what the newsroom does by itself: the first editor of the configuration, where a name is given.
fn editor_name(app: &App) -> Option<String> {
    app.config.editors.first().map(|editor| editor.name.clone()).filter(|name| !name.is_empty())
}

/// The sender as the header gives them.
pub(super) fn sender(report: &Report) -> String {
    let from = report.from.as_ref();
    let name = from.and_then(|from| from.name.as_deref()).unwrap_or("");
    let address = from.and_then(|from| from.address.as_deref()).unwrap_or("");
    if name.is_empty() { address.to_owned() } else { format!("{name} <{address}>") }
}
