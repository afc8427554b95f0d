//! What editors are told about news that come, and about answers: a notice for each, unless one sender floods the queue,
//! or many do; then one mail that counts the rest. Every item is in the queue in any case.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use issues::reading::{Report, Verified};
use subscribers::{EmailAddress, Purpose};
use templates::email;

use super::mail::{About, Outgoing, queue, queue_as};
use super::mails::{contributor_of, named, sender, to_editor};
use super::{moderate, view};
use crate::app::App;
use crate::clock::random_id;
use crate::outbound::message::{ReplyTo, Thread};
use crate::store::{ItemRow, MailKind, Withheld, Write, address_hash};

/// Notices in an hour about what comes from one mailbox.
const NOTICES_PER_SENDER_AND_HOUR_MAX: usize = 10;
/// Notices in an hour about whatever comes from whomever: a flood may write with a thousand names. A community has no such
/// hour in a year.
const NOTICES_PER_HOUR_MAX: usize = 30;
/// Senders whose floods are told of in a mail each; more are one flood.
const FLOODS_ALONE_MAX: usize = 3;
/// A flood that has been quiet for so long is over.
const QUIET_FOR: TimeDelta = TimeDelta::minutes(10);
/// Over what time notices are counted, and after which a flood that goes on is told of.
const COUNTED_OVER: TimeDelta = TimeDelta::hours(1);

/// What somebody wrote about an item that was there, and the item's own sender and mail.
pub struct Addition {
    /// The item's contributor, as editors are shown them.
    from: String,
    /// How the mail was read with which the item came.
    first: Option<Report>,
    told: email::notice::Addition,
}

impl Addition {
    /// What a mail adds to an item as it is before that.
    ///
    /// # Errors
    /// The database fails.
    pub async fn to(app: &App, write: &mut Write, item: &ItemRow, report: &Report) -> anyhow::Result<Self> {
        let answers = item.item.state.waits_for_answer();
        let questions = match answers {
            true => moderate::open_questions(&write.revisions_for_change(item.id).await?),
            false => Vec::new(),
        };
        let first = match item.message {
            Some(message) => Some(app.store.report(message).await?),
            None => None,
        };
        let (from, address) = match contributor_of(write, item).await? {
            Some(contributor) => {
                (named(&contributor.name, contributor.address.as_str()), contributor.address.key())
            }
            None => first.as_ref().map(|first| (sender(first), writer(first))).unwrap_or_default(),
        };
        let by_another = (writer(report) != address).then(|| sender(report));
        let told = email::notice::Addition { answers, questions, words: report.text.clone(), by_another };
        Ok(Self { from, first, told })
    }
}

/// The address in From, comparable; empty where there is none.
fn writer(report: &Report) -> String {
    let address = report.from.as_ref().and_then(|from| from.address.as_deref());
    address.and_then(|address| EmailAddress::parse(address).ok()).map_or_else(String::new, |from| from.key())
}

/// Tells the editors about an item that came, or what was written about one; or remembers that they were not told.
///
/// # Errors
/// The database fails.
pub async fn announce(
    app: &App,
    write: &mut Write,
    item: &ItemRow,
    report: &Report,
    addition: Option<Addition>,
) -> anyhow::Result<()> {
    let now = app.clock.now();
    let sender = match item.contributor {
        Some(id) => write.contributor_by_id(id).await?.map(|contributor| contributor.address),
        None => None,
    };
    let told = write.count_announced(app.publication, sender.as_ref(), now - COUNTED_OVER).await?;
    if told.of_sender >= NOTICES_PER_SENDER_AND_HOUR_MAX || told.of_all >= NOTICES_PER_HOUR_MAX {
        return write.withhold_notice(item.id, now).await;
    }
    notice(app, write, item, report, addition).await
}

/// Tells of the floods that are over, or have lasted an hour.
///
/// # Errors
/// The database fails.
pub async fn step(app: &App) -> anyhow::Result<bool> {
    let now = app.clock.now();
    // By mailbox, as they were counted.
    let mut floods: BTreeMap<Option<String>, Vec<Withheld>> = BTreeMap::new();
    for withheld in app.store.withheld(app.publication).await? {
        floods.entry(withheld.sender.as_ref().map(EmailAddress::mailbox_key)).or_default().push(withheld);
    }
    let many = floods.len() > FLOODS_ALONE_MAX;
    if many {
        let mut all: Vec<Withheld> = std::mem::take(&mut floods).into_values().flatten().collect();
        all.sort_by_key(|withheld| withheld.at);
        floods.insert(None, all);
    }
    floods.retain(|_, flood| {
        let (first, last) = (flood.first().map(|item| item.at), flood.last().map(|item| item.at));
        first.is_some_and(|at| at <= now - COUNTED_OVER) || last.is_some_and(|at| at <= now - QUIET_FOR)
    });
    for flood in floods.values() {
        let mut write = app.store.write().await?;
        let items: Vec<i64> = flood.iter().map(|withheld| withheld.item).collect();
        let items = write.take_withheld(&items).await?;
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            // Only read: who decides, or is answered, may hold an item and wait for what was just taken.
            rows.extend(write.item(item).await?);
        }
        // Another daemon may have been faster.
        if !rows.is_empty() {
            more_news(app, &mut write, &rows, many).await?;
        }
        write.commit().await?;
    }
    if !floods.is_empty() {
        app.wake.queued.notify_waiters();
    }
    Ok(!floods.is_empty())
}

/// Every editor is told how much more came, from one sender or from many.
async fn more_news(app: &App, write: &mut Write, items: &[ItemRow], many: bool) -> anyhow::Result<()> {
    let mut from = String::new();
    if let Some(message) = items.first().and_then(|item| item.message).filter(|_| !many) {
        from = sender(&app.store.report(message).await?);
    }
    for editor in app.store.editors(app.publication).await? {
        let email = email::more_news::render(&email::more_news::View {
            frame: view::frame(app, editor.language),
            from: from.clone(),
            many_senders: many,
            titles: items.iter().map(|item| item.item.content.title.clone()).collect(),
            url: app.paths().desk(""),
        });
        queue(app, write, to_editor(MailKind::MoreNews, &editor.address, editor.language, email)).await?;
    }
    Ok(())
}

/// Every editor is told about an item, with a signed link to decide. The link names the mail, and so both the item
/// and the editor.
///
/// Of an addition she is told under her first notice of the item.
async fn notice(
    app: &App,
    write: &mut Write,
    item: &ItemRow,
    report: &Report,
    addition: Option<Addition>,
) -> anyhow::Result<()> {
    let from = addition.as_ref().map_or_else(|| sender(report), |addition| addition.from.clone());
    let first = addition.as_ref().map_or(Some(report), |addition| addition.first.as_ref());
    let mails = || first.into_iter().chain(addition.is_some().then_some(report));
    let content = &item.item.content;
    let place = content.places.first().map(view::place).unwrap_or_default();
    for editor in app.store.editors(app.publication).await? {
        let mail = random_id();
        let token = app.token(Purpose::Decide, mail);
        let photo = |(photo, number): (&issues::ItemPhoto, usize)| email::notice::Photo {
            name: first
                .and_then(|first| first.photos.get(number))
                .and_then(|photo| photo.name.clone())
                .unwrap_or_default(),
            width: photo.width,
            height: photo.height,
            caption: photo.caption.clone(),
            credit: photo.credit.clone(),
            credit_proposed: photo.credit_proposed,
        };
        let email = email::notice::render(&email::notice::View {
            frame: view::frame(app, editor.language),
            title: content.title.clone(),
            from: from.clone(),
            received_at: view::local(app, item.received_at),
            sender_failed: mails().any(|mail| mail.verified == Verified::Fail),
            warnings: view::warnings(content),
            text: content.plain_text(),
            understood: content
                .events
                .iter()
                .map(|event| email::thanks::Understood { event: Some(event.clone()), place: place.clone() })
                .collect(),
            byline: content.byline.as_ref().map(issues::Byline::public).filter(|byline| !byline.is_empty()),
            photos: content.photos.iter().zip(0..).map(photo).collect(),
            documents: mails()
                .flat_map(|mail| &mail.documents)
                .filter_map(|document| document.name.clone())
                .collect(),
            decide_url: view::paths(app).decide(token.as_str()),
            // Where no server vouches for senders, no answer can be believed.
            by_reply: !app.config.mailbox.trusted_hosts.is_empty(),
            addition: addition.as_ref().map(|addition| addition.told.clone()),
        });
        let outgoing = to_editor(MailKind::Notice, &editor.address, editor.language, email);
        let about = About { item: Some(item.id), item_revision: Some(item.revision), ..About::default() };
        let reply_to = ReplyTo::Row(Purpose::Reply, mail);
        let mut thread = Thread::default();
        if addition.is_some() {
            let noticed = write.noticed(item.id, &address_hash(&editor.address)).await?;
            thread.in_reply_to = noticed.into_iter().find(|mail| mail.is_notice).map(|mail| mail.message_id);
            thread.references.extend(thread.in_reply_to.clone());
        }
        queue_as(app, write, mail, Outgoing { about, reply_to, thread, ..outgoing }).await?;
    }
    Ok(())
}
