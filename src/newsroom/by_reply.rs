//! Deciding by answering the notice of an item.
//!
//! Anyone can write an address of ours, an editor's name, or the word. So three things must agree: the mail answers one
//! notice of ours, by its signed address or Message-ID; it is from the editor to whom that notice went; and a server that
//! we trust vouches for the domain of From. Her word holds for what the notice showed: an item that has been changed since
//! stays as it is. What fails any of this is a letter like every other, and nobody is answered.

use issues::moderation::Refused;
use issues::reading::{Decides, Said, Verified, WarningCode};
use subscribers::Purpose;
use templates::email;
use templates::email::by_reply::Became;
use templates::page::decided::Outcome;

use super::mail::{About, Outgoing, queue};
use super::mails::{answered_to, to_editor};
use super::moderate::{self, Act, NotDecided, Who};
use super::outcome::{already, outcome};
use super::{route, view};
use crate::app::App;
use crate::inbound::understand::Understood;
use crate::outbound::message::{Automatic, ReturnPath};
use crate::store::{Editor, ItemRow, MailKind, MessageRow, Sent, Write, address_hash};

/// A mail that an editor wrote to decide.
pub(super) struct Answered {
    pub why: String,
    /// It says more than that, which must not be lost.
    pub is_letter_too: bool,
}

/// Does as an editor's answer to a notice says, and tells her what became of it; `None` where the mail is no such answer.
///
/// # Errors
/// The database fails.
pub(super) async fn decide(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
) -> anyhow::Result<Option<Answered>> {
    let Some(decides) = &understood.decides else { return Ok(None) };
    let Some(notice) = notice_of(app, write, message, understood).await? else { return Ok(None) };
    let (Some(item), Some(revision)) = (notice.item, notice.item_revision) else { return Ok(None) };
    let Some(editor) = author(app, message, understood, &notice).await? else { return Ok(None) };
    let Some(row) = moderate::item_to_decide(app, write, item).await? else { return Ok(None) };
    let became = decide_as(app, write, &row, revision, decides, editor.shown()).await?;
    let is_letter_too = decides.says_more || became == Became::Unclear;
    let why = match &became {
        Became::Decided(Outcome::Done(_) | Outcome::Quietly(_)) => "decided on",
        Became::Decided(Outcome::Already { .. }) => "came too late for",
        Became::Lacking(_) | Became::NoReason | Became::ReasonTooLong | Became::Unclear | Became::Settled => {
            "changed nothing of"
        }
    };
    let answer = Answer { notice: &notice, editor: &editor, row: &row, became, is_letter_too };
    tell(app, write, understood, answer).await?;
    let why = format!("an editor's answer to a notice; it {why} item {item}");
    Ok(Some(Answered { why, is_letter_too }))
}

/// The one notice that a mail answers; `None` where it names several of our mails.
async fn notice_of(
    app: &App,
    write: &mut Write,
    message: &MessageRow,
    understood: &Understood,
) -> anyhow::Result<Option<Sent>> {
    let now = app.clock.now();
    let tagged = route::opened_tags(app, message, understood);
    let tagged = tagged.into_iter().filter(|(purpose, _)| *purpose == Purpose::Reply).map(|(_, id)| id);
    let answered = understood.report.in_reply_to.iter();
    let answered = answered.filter_map(|id| app.letterhead.delivery_of(id, now));
    let mut named: Vec<i64> = tagged.chain(answered).collect();
    named.sort_unstable();
    named.dedup();
    let [notice] = named.as_slice() else { return Ok(None) };
    let sent = write.sent_by_public_id(*notice).await?;
    Ok(sent.filter(|sent| sent.kind == MailKind::Notice.name()))
}

/// The editor to whom the notice went, if it is beyond doubt that she wrote this.
async fn author(
    app: &App,
    message: &MessageRow,
    understood: &Understood,
    notice: &Sent,
) -> anyhow::Result<Option<Editor>> {
    let report = &understood.report;
    let several = report.warnings.iter().any(|warning| warning.code == WarningCode::SeveralAuthors);
    if report.verified != Verified::Pass || several || message.sender.as_deref() == Some("") {
        return Ok(None);
    }
    let from = report.from.as_ref().and_then(|from| from.address.as_deref()).unwrap_or("");
    let editors = app.store.editors(app.publication).await?;
    Ok(editors.into_iter().find(|editor| {
        editor.address.key() == from.trim().to_lowercase()
            && address_hash(&editor.address) == notice.recipient_hash
    }))
}

async fn decide_as(
    app: &App,
    write: &mut Write,
    row: &ItemRow,
    revision: i64,
    decides: &Decides,
    by: &str,
) -> anyhow::Result<Became> {
    let act = match &decides.said {
        Said::Approve => Act::Approve,
        Said::Reject { reason } => Act::Reject { reason: reason.clone() },
        Said::NoReason => return Ok(Became::NoReason),
        Said::Unclear => return Ok(Became::Unclear),
    };
    let who = Who { by, channel: "mail" };
    Ok(match moderate::decide_in(app, write, row.id, Some(revision), vec![act], who).await {
        Ok(row) => {
            let decided = outcome(&row.item.state);
            let quietly = moderate::unreachable(app, &row).await?.is_some();
            Became::Decided(if quietly { Outcome::Quietly(decided) } else { Outcome::Done(decided) })
        }
        Err(NotDecided::Overtaken { now, last }) => Became::Decided(already(app, &now, last.as_deref())),
        Err(NotDecided::Refused(Refused::Lacking(lacking))) => Became::Lacking(lacking),
        Err(NotDecided::Refused(Refused::NoWords(_))) => Became::NoReason,
        Err(NotDecided::Refused(Refused::TooLong)) => Became::ReasonTooLong,
        Err(NotDecided::Refused(Refused::Already(_))) => {
            let last = moderate::last_of_somebody(write.revisions_for_change(row.id).await?);
            Became::Decided(already(app, row, last.as_ref()))
        }
        Err(
            NotDecided::Refused(
                Refused::Settled(_) | Refused::NothingToUndo | Refused::NotAsked | Refused::Change(_),
            )
            | NotDecided::NoSuchItem
            | NotDecided::NobodyToAsk(_),
        ) => Became::Settled,
        Err(NotDecided::Failed(error)) => return Err(error),
    })
}

/// What an editor is told of.
struct Answer<'a> {
    notice: &'a Sent,
    editor: &'a Editor,
    row: &'a ItemRow,
    became: Became,
    is_letter_too: bool,
}

/// She asked for it in so many words: none of the limits on automatic answers holds here.
async fn tell(
    app: &App,
    write: &mut Write,
    understood: &Understood,
    answer: Answer<'_>,
) -> anyhow::Result<()> {
    let Answer { notice, editor, row, became, is_letter_too } = answer;
    let token = app.token(Purpose::Decide, notice.public_id);
    let email = email::by_reply::render(&email::by_reply::View {
        frame: view::frame(app, editor.language),
        title: row.item.content.title.clone(),
        became,
        kept_as_letter: is_letter_too,
        decide_url: view::paths(app).decide(token.as_str()),
    });
    let outgoing = Outgoing {
        automatic: Automatic::Replied,
        return_path: ReturnPath::Null,
        thread: answered_to(&understood.report),
        about: About { item: Some(row.id), ..About::default() },
        ..to_editor(MailKind::ByReply, &editor.address, editor.language, email)
    };
    queue(app, write, outgoing).await?;
    Ok(())
}
