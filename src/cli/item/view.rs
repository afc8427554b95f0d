//! An item as programs get it.

use issues::reading::Mailbox;
use issues::{Byline, Event, Item, ItemContent, ItemPhoto, ItemState, Place};
use serde::Serialize;

use crate::cli::text::Moment;
use crate::store::{CorrectionRow, ItemReply, ItemRow, Revision};

#[derive(Serialize)]
pub struct View<'a> {
    pub id: i64,
    pub revision: i64,
    pub state: &'static str,
    pub title: &'a str,
    pub text: &'a str,
    pub section: &'a str,
    pub from: Option<Mailbox>,
    pub received_at: Moment,
    pub message: Option<i64>,
    pub issue: Option<i64>,
    pub photos: &'a [ItemPhoto],
    pub events: &'a [Event],
    pub places: &'a [Place],
    pub byline: Option<&'a Byline>,
    pub language: Option<&'a str>,
    pub order: Option<i64>,
    pub warnings: Vec<&'a str>,
    pub changed_at: Moment,
    pub by: Option<&'a str>,
    pub question: Option<&'a str>,
    pub reason: Option<&'a str>,
    /// The edition a postponed item comes back for: `2027-01`.
    pub postponed_to: Option<String>,
}

impl<'a> View<'a> {
    pub fn of(row: &'a ItemRow, from: Option<Mailbox>, first_section: &'a str) -> Self {
        let Item { state, content } = &row.item;
        let (by, question, reason, postponed_to) = words(state);
        Self {
            id: row.id,
            revision: row.revision,
            state: state.name(),
            title: &content.title,
            text: &content.text,
            section: if content.section.is_empty() { first_section } else { &content.section },
            from,
            received_at: Moment(row.received_at),
            message: row.message,
            issue: state.issue(),
            photos: &content.photos,
            events: &content.events,
            places: &content.places,
            byline: content.byline.as_ref(),
            language: content.language.as_deref(),
            order: content.order,
            warnings: content.warnings.iter().map(|warning| warning.text.as_str()).collect(),
            changed_at: Moment(row.changed_at),
            by,
            question,
            reason,
            postponed_to,
        }
    }
}

type Words<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<String>);

/// Who decided, the question, the reason and the edition that a state carries.
fn words(state: &ItemState) -> Words<'_> {
    match state {
        ItemState::Asked { question, by, .. } => (Some(by), Some(question), None, None),
        ItemState::Rejected { reason, by, .. } => (Some(by), None, Some(reason), None),
        ItemState::Postponed { to, by, .. } => (Some(by), None, None, Some(to.to_string())),
        ItemState::Approved { by, .. } | ItemState::Planned { by, .. } => (Some(by), None, None, None),
        ItemState::Pending
        | ItemState::Published { .. }
        | ItemState::Merged { .. }
        | ItemState::Withdrawn { .. } => (None, None, None, None),
    }
}

/// One item with everything that happened to it.
#[derive(Serialize)]
pub struct Shown<'a> {
    #[serde(flatten)]
    item: View<'a>,
    revisions: Vec<RevisionView<'a>>,
    replies: Vec<ReplyView<'a>>,
    corrections: Vec<CorrectionView<'a>>,
}

/// A correction as programs get it.
#[derive(Serialize)]
pub struct CorrectionView<'a> {
    id: i64,
    item: i64,
    at: Moment,
    by: &'a str,
    text: &'a str,
    /// The issue whose readers are told; null until one is frozen.
    told_in: Option<i64>,
}

impl<'a> CorrectionView<'a> {
    pub fn of(row: &'a CorrectionRow) -> Self {
        let CorrectionRow { id, item, text, by, at, told_in } = row;
        Self { id: *id, item: *item, at: Moment(*at), by, text, told_in: *told_in }
    }
}

#[derive(Serialize)]
pub struct RevisionView<'a> {
    revision: i64,
    at: Moment,
    by: &'a str,
    channel: &'a str,
    act: &'a str,
    before: Snapshot<'a>,
    after: Snapshot<'a>,
}

#[derive(Serialize)]
struct Snapshot<'a> {
    state: &'static str,
    #[serde(flatten)]
    content: &'a ItemContent,
}

#[derive(Serialize)]
struct ReplyView<'a> {
    message: i64,
    at: Moment,
    text: &'a str,
}

impl<'a> RevisionView<'a> {
    pub fn of(revision: &'a Revision) -> Self {
        let snapshot = |item: &'a Item| Snapshot { state: item.state.name(), content: &item.content };
        Self {
            revision: revision.revision,
            at: Moment(revision.at),
            by: &revision.by,
            channel: &revision.channel,
            act: &revision.act,
            before: snapshot(&revision.before),
            after: snapshot(&revision.after),
        }
    }
}

impl<'a> Shown<'a> {
    pub fn of(
        item: View<'a>,
        revisions: &'a [Revision],
        replies: &'a [ItemReply],
        corrections: &'a [CorrectionRow],
    ) -> Self {
        let reply = |reply: &'a ItemReply| ReplyView {
            message: reply.message,
            at: Moment(reply.at),
            text: &reply.text,
        };
        Self {
            item,
            revisions: revisions.iter().map(RevisionView::of).collect(),
            replies: replies.iter().map(reply).collect(),
            corrections: corrections.iter().map(CorrectionView::of).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use issues::Edition;

    use super::*;

    fn row(state: ItemState) -> ItemRow {
        let at = DateTime::from_timestamp_millis(1_795_590_000_500).unwrap();
        let content =
            ItemContent { title: "Talka".into(), text: "Nāciet!".into(), ..ItemContent::default() };
        ItemRow {
            id: 5,
            public_id: 77,
            publication: 1,
            message: Some(3),
            contributor: None,
            item: Item { state, content },
            revision: 2,
            received_at: at,
            changed_at: at,
        }
    }

    #[test]
    fn an_item_has_every_key_and_no_public_id() {
        let row = row(ItemState::Pending);
        let value = serde_json::to_value(View::of(&row, None, "zinas")).unwrap();
        for key in [
            "id",
            "revision",
            "state",
            "title",
            "text",
            "section",
            "from",
            "received_at",
            "message",
            "issue",
            "photos",
            "events",
            "places",
        ] {
            assert!(value.get(key).is_some(), "{key}");
        }
        assert_eq!(value["received_at"], "2026-11-25T07:00:00Z");
        assert_eq!((&value["section"], &value["issue"]), (&"zinas".into(), &serde_json::Value::Null));
        assert!(value.get("public_id").is_none(), "it is the secret of links");
    }

    #[test]
    fn a_postponed_item_names_its_edition_and_a_planned_one_its_issue() {
        let at = DateTime::from_timestamp(1_795_590_000, 0).unwrap();
        let to = Edition { year: 2027, month: 1 };
        let row_1 = row(ItemState::Postponed { to, by: "ilze".into(), at });
        let value = serde_json::to_value(View::of(&row_1, None, "zinas")).unwrap();
        assert_eq!((&value["postponed_to"], &value["by"]), (&"2027-01".into(), &"ilze".into()));
        let row_2 = row(ItemState::Planned { issue: 4, by: "ilze".into(), at });
        assert_eq!(serde_json::to_value(View::of(&row_2, None, "zinas")).unwrap()["issue"], 4);
    }

    #[test]
    fn a_revision_says_who_did_what_and_what_was_before() {
        let before = row(ItemState::Pending).item;
        let at = DateTime::from_timestamp(1_795_590_000, 0).unwrap();
        let after = Item { state: ItemState::Approved { by: "ilze".into(), at }, ..before.clone() };
        let revision = Revision {
            revision: 2,
            at,
            by: "ilze".into(),
            channel: "command".into(),
            act: "approve".into(),
            before,
            after,
        };
        let value = serde_json::to_value(RevisionView::of(&revision)).unwrap();
        assert_eq!(
            (&value["before"]["state"], &value["after"]["state"]),
            (&"pending".into(), &"approved".into())
        );
        assert_eq!(
            (&value["before"]["title"], &value["at"]),
            (&"Talka".into(), &"2026-11-25T07:00:00Z".into())
        );
    }
}
