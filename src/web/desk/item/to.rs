//! Where an editor goes after a button. What was done is named in the address, and said by the next page.

use super::super::said::QUIETLY;
use crate::app::App;
use crate::store::ItemRow;
use crate::web::typed::Button;

/// What was pressed changed something, or the item was so before.
pub const EDIT: &str = "edit";
pub const SAME: &str = "same";

/// The next item that waits, or the queue, which is empty then.
pub async fn after(app: &App, decided: &ItemRow, button: &Button, quiet: bool) -> anyhow::Result<String> {
    let waiting = app.store.waiting_items(app.publication).await?;
    let next = waiting.iter().find(|id| **id > decided.id).or(waiting.first());
    let page = next.map_or_else(|| "/desk".to_owned(), |id| format!("/desk/item/{id}"));
    let quiet = if quiet { QUIETLY } else { "" };
    let act = match button {
        Button::Approve => "approve",
        Button::Ask => "ask",
        Button::Postpone => "postpone",
        Button::Reject => "reject",
        Button::Save
        | Button::Block
        | Button::Unblock
        | Button::Confirm(_)
        | Button::Turn(_)
        | Button::Frame(_)
        | Button::First(_)
        | Button::Remove(_)
        | Button::Set { .. }
        | Button::Restore(_)
        | Button::Reword(_)
        | Button::Open(_) => EDIT,
    };
    Ok(format!("{page}?done={act}{quiet}&item={}", decided.id))
}

/// What a button does that is about the sender and not about the item.
pub fn of_sender(button: &Button) -> Option<&'static str> {
    match button {
        Button::Block => Some("block"),
        Button::Unblock => Some("unblock"),
        _ => None,
    }
}

/// The same page, at what was done.
pub fn saved(row: &ItemRow, button: &Button, done: &str) -> String {
    if let Button::Open(question) = button {
        return format!("/desk/item/{}?open={question}#ask", row.id);
    }
    if let Some(act) = of_sender(button) {
        return format!("/desk/item/{0}?done={act}&item={0}#sender", row.id);
    }
    let at = match button {
        Button::Confirm(which) => {
            format!("#{}", which.replace("events.", "event-").replace("places.", "place-"))
        }
        Button::Reword(_) => "#text".to_owned(),
        Button::Turn(number) | Button::Frame(number) => format!("#photo-{number}"),
        Button::First(_) => "#photo-0".to_owned(),
        Button::Set { .. } => "#typography".to_owned(),
        Button::Approve
        | Button::Ask
        | Button::Postpone
        | Button::Reject
        | Button::Save
        | Button::Block
        | Button::Unblock
        | Button::Remove(_)
        | Button::Restore(_)
        | Button::Open(_) => String::new(),
    };
    format!("/desk/item/{0}?done={done}&item={0}{at}", row.id)
}
