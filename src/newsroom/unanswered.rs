//! A question that nobody answers: its contributor is reminded once, and in the end the item is put aside, which she and
//! the editors are told. An answer at any time brings it back (`route`). When which is due, `issues::unanswered` says.

use issues::moderation::{Decision, Tell};
use issues::unanswered::{Due, REMINDED_AFTER, due};
use templates::text::text;

use super::mails;
use super::moderate::{NotDecided, REMIND, UNANSWERED, Who, item_to_decide, set, unreachable};
use crate::app::App;
use crate::store::ItemRow;

/// The machine, as the history names it.
const SCHEDULE: Who<'_> = Who { by: "", channel: "schedule" };

/// Reminds of what is due, and puts aside what nobody answered.
///
/// # Errors
/// The database fails.
pub async fn step(app: &App) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut worked = false;
    for row in app.store.asked_before(app.publication, now - REMINDED_AFTER).await? {
        // Most wait in peace, and nobody is kept from writing for them.
        if due(&row.item.state, can_be_reminded(app, &row).await?, now) == Due::Nothing {
            continue;
        }
        // One that cannot be done must not keep the others from their time.
        match settle(app, row.id).await {
            Ok(done) => worked |= done,
            Err(error) => tracing::error!(
                item.id = row.id,
                error = format!("{error:#}"),
                "a question without an answer could not be settled, which is tried again"
            ),
        }
    }
    if worked {
        app.wake.queued.notify_waiters();
    }
    Ok(worked)
}

/// Does what is due of an item now, in one transaction: the revision is set only if it is still the one that was looked
/// at, and the mail goes with it. So it is done once, whatever is killed when and however many do it.
async fn settle(app: &App, item: i64) -> anyhow::Result<bool> {
    let mut write = app.store.write().await?;
    let Some(row) = item_to_decide(app, &mut write, item).await? else { return Ok(false) };
    let decided = match due(&row.item.state, can_be_reminded(app, &row).await?, app.clock.now()) {
        Due::Nothing => return Ok(false),
        Due::Remind => match set(app, &mut write, &row, Decision::Remind, REMIND, SCHEDULE).await {
            Ok(_) => mails::question_reminder(app, &mut write, &row).await?,
            Err(NotDecided::Failed(error)) => return Err(error),
            // Somebody was faster.
            Err(_) => false,
        },
        Due::PutAside => {
            let reason = text(app.config.publication.language).waits.reason.to_owned();
            match set(app, &mut write, &row, Decision::PutAside { reason }, UNANSWERED, SCHEDULE).await {
                Ok(_) => {
                    write.note_decision(item, app.clock.now()).await?;
                    mails::tell(app, &mut write, &row, &Tell::PutAside, "").await?;
                    true
                }
                Err(NotDecided::Failed(error)) => return Err(error),
                Err(_) => false,
            }
        }
    };
    // What was not done, such as a reminder to an address that gets no mail since, leaves nothing behind.
    if decided {
        write.commit().await?
    } else {
        write.roll_back().await?
    }
    Ok(decided)
}

/// May the contributor be reminded: can she be written to, and has she not asked for no more reminders?
async fn can_be_reminded(app: &App, row: &ItemRow) -> anyhow::Result<bool> {
    let contributor = match row.contributor {
        Some(id) => app.store.contributor(id).await?,
        None => None,
    };
    Ok(contributor.is_some_and(|contributor| contributor.reminders) && unreachable(app, row).await?.is_none())
}
