//! An undo after the contributor was told: the mail is taken back if it has not left, else a short one corrects it. Never
//! both.

use chrono::{DateTime, Utc};
use issues::ItemState;
use subscribers::Purpose;
use templates::email::undone::{self, Stands, Told};

use super::mail::{About, Outgoing, queue};
use super::mails::{contributor_of, page_of, signature, thread_of};
use super::moderate::UNANSWERED;
use super::{edition, view};
use crate::app::App;
use crate::outbound::message::{Automatic, ReplyTo, ReturnPath};
use crate::store::{ItemRow, MailKind, TakenBack, Write};

/// Takes back what was told about a decision, an act of a revision made at `since`; the item is as it is after the undo.
///
/// # Errors
/// The database fails.
pub(super) async fn untell(
    app: &App,
    write: &mut Write,
    item: &ItemRow,
    act: &str,
    since: DateTime<Utc>,
    by: &str,
) -> anyhow::Result<()> {
    let told = match act {
        "approve" => Told::Approved,
        "ask" => Told::Asked,
        "reject" => Told::Rejected,
        "postpone" => Told::Postponed,
        UNANSWERED => Told::PutAside,
        _ => return Ok(()),
    };
    match write.take_back_decision(item.id, since, app.clock.now()).await? {
        TakenBack::Nothing | TakenBack::InTime => return Ok(()),
        TakenBack::TooLate => {}
    }
    let Some(contributor) = contributor_of(write, item).await? else { return Ok(()) };
    let language = app.config.publication.language;
    let email = undone::render(&undone::View {
        frame: view::frame(app, language),
        title: item.item.content.title.clone(),
        told,
        stands: stands(app, &item.item.state).await?,
        editor: signature(app, by).await?,
        page_url: page_of(app, item),
    });
    let outgoing = Outgoing {
        kind: MailKind::Undone,
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
    queue(app, write, outgoing).await?;
    Ok(())
}

async fn stands(app: &App, state: &ItemState) -> anyhow::Result<Stands> {
    Ok(match state {
        ItemState::Approved { .. } | ItemState::Planned { .. } => {
            Stands::Approved { month: edition::being_made(app).await?.month }
        }
        ItemState::Asked { .. } => Stands::Asked,
        ItemState::Postponed { to, .. } => Stands::Postponed { month: to.month },
        ItemState::Rejected { .. } => Stands::Rejected,
        ItemState::Pending
        | ItemState::Published { .. }
        | ItemState::Merged { .. }
        | ItemState::Withdrawn { .. } => Stands::Waits,
    })
}
