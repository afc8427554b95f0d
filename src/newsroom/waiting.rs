//! Editors are reminded of what waits for their decision, once a day, and only of what has waited for a day: a notice of
//! newer items is in their mailboxes anyway.

use chrono::{DateTime, TimeDelta, Utc};
use issues::calendar::Job;
use templates::email;

use super::mail::queue;
use super::mails::to_editor;
use super::view;
use crate::app::App;
use crate::store::MailKind;

/// What came later is no news to anybody yet.
const WAITS_FROM: TimeDelta = TimeDelta::days(1);
/// However often the schedule says so: less than a day, so that a clock put forward takes none away.
const ONCE_IN: TimeDelta = TimeDelta::hours(20);

/// At a moment of the schedule: tells every editor how much waits, and for how long.
///
/// # Errors
/// The database fails.
pub async fn remind(app: &App, moment: DateTime<Utc>) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut waiting = app.store.items(app.publication, "pending").await?;
    waiting.sort_by_key(|row| row.received_at);
    let letters = app.store.waiting(app.publication).await?.letters;
    let mut write = app.store.write().await?;
    if !write.take_moment(app.publication, Job::Waiting.name(), moment, true, now).await? {
        return Ok(());
    }
    if waiting.first().is_some_and(|oldest| oldest.received_at <= now - WAITS_FROM) {
        for editor in app.store.editors(app.publication).await? {
            let told = [MailKind::Waiting];
            let since = now - ONCE_IN;
            if write.count_mails_of(app.publication, &editor.address, &told, since).await? > 0 {
                continue;
            }
            let items = waiting.iter().map(|row| email::waiting::Item {
                title: row.item.content.title.clone(),
                days: usize::try_from((now - row.received_at).num_days()).unwrap_or(0),
            });
            let email = email::waiting::render(&email::waiting::View {
                frame: view::frame(app, editor.language),
                items: items.collect(),
                letters,
                url: app.paths().desk(""),
            });
            queue(app, &mut write, to_editor(MailKind::Waiting, &editor.address, editor.language, email))
                .await?;
        }
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}
