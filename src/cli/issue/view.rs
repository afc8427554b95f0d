//! An issue and its deliveries as programs get them.

use std::collections::BTreeMap;

use issues::{Finding, IssueState};
use serde::Serialize;

use crate::cli::text::{Moment, known};
use crate::store::{DeliveryRow, IssueRow};

#[derive(Serialize)]
pub struct View<'a> {
    pub id: i64,
    pub year: i32,
    /// The month it bears.
    pub month: u32,
    pub number: i64,
    pub running_number: i64,
    pub state: &'static str,
    pub title: &'a str,
    /// Ids, in the order of the issue.
    pub items: Vec<i64>,
    /// How many readers, once the audience is frozen.
    pub audience: Option<i64>,
    pub queued_at: Option<Moment>,
    pub sent_at: Option<Moment>,
    pub opened_at: Moment,
    /// The sending moment of an approved issue.
    pub send_at: Option<Moment>,
    /// The end of the hold of a sending one.
    pub not_before: Option<Moment>,
    pub by: Option<&'a str>,
    pub findings: Vec<FindingView<'a>>,
    pub note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliveries: Option<BTreeMap<&'a str, i64>>,
}

#[derive(Serialize)]
pub struct FindingView<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    blocks: bool,
    text: String,
}

impl<'a> View<'a> {
    pub fn of(row: &'a IssueRow, items: Vec<i64>) -> Self {
        let (by, send_at, not_before) = match &row.state {
            IssueState::Approved { by, send_at, .. } => (Some(by), Some(*send_at), None),
            IssueState::Sending { by, not_before } | IssueState::Paused { by, not_before } => {
                (Some(by), None, Some(*not_before))
            }
            IssueState::Stopped { by, .. } => (Some(by), None, None),
            IssueState::Draft | IssueState::Ready | IssueState::Held { .. } | IssueState::Sent { .. } => {
                (None, None, None)
            }
        };
        let finding = |finding: &'a Finding| FindingView {
            finding,
            blocks: finding.blocks(),
            text: finding.to_string(),
        };
        Self {
            id: row.id,
            year: row.edition.year,
            month: row.edition.month,
            number: row.number,
            running_number: row.running_number,
            state: row.state.name(),
            title: &row.title,
            items,
            audience: row.audience,
            queued_at: row.queued_at.map(Moment),
            sent_at: row.sent_at.map(Moment),
            opened_at: Moment(row.opened_at),
            send_at: send_at.map(Moment),
            not_before: not_before.map(Moment),
            by: by.map(String::as_str),
            findings: row.findings.iter().map(finding).collect(),
            note: &row.note,
            deliveries: None,
        }
    }

    pub fn with_deliveries(mut self, counts: &'a [(String, i64)]) -> Self {
        self.deliveries = Some(counts.iter().map(|(state, count)| (state.as_str(), *count)).collect());
        self
    }
}

#[derive(Serialize)]
pub struct DeliveryView<'a> {
    id: i64,
    recipient: &'a str,
    state: &'a str,
    attempts: Vec<AttemptView<'a>>,
    message_id: &'a str,
    settled_at: Option<Moment>,
    /// Why it was abandoned.
    reason: Option<&'a str>,
    /// What a report that came later said: `hard`, `soft`, …
    bounce: Option<&'a str>,
}

#[derive(Serialize)]
struct AttemptView<'a> {
    at: Moment,
    /// `null` while it runs.
    outcome: Option<&'a str>,
    reply: &'a str,
}

impl<'a> DeliveryView<'a> {
    pub fn of(row: &'a DeliveryRow) -> Self {
        let attempts = row.attempts.iter().map(|attempt| AttemptView {
            at: Moment(attempt.at),
            outcome: known(&attempt.outcome),
            reply: &attempt.reply,
        });
        Self {
            id: row.id,
            recipient: &row.recipient,
            state: &row.state,
            attempts: attempts.collect(),
            message_id: &row.message_id,
            settled_at: row.settled_at.map(Moment),
            reason: known(&row.reason),
            bounce: known(&row.bounce_class),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use issues::{Arrangement, Edition};

    use super::*;
    use crate::store::AttemptRow;

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_590_000, 0).unwrap()
    }

    #[test]
    fn an_issue_has_every_key_and_says_what_holds_it() {
        let why = vec![Finding::TooFewItems { found: 1, wanted: 2 }];
        let row = IssueRow {
            id: 1,
            publication: 1,
            public_id: 77,
            edition: Edition { year: 2026, month: 12 },
            number: 12,
            running_number: 40,
            state: IssueState::Held { why: why.clone() },
            findings: why,
            note: String::new(),
            title: "Decembris".into(),
            opened_at: at(),
            content_hash: String::new(),
            horizon: String::new(),
            audience: None,
            queued_at: None,
            sent_at: None,
            arrangement: Arrangement::default(),
        };
        let value = serde_json::to_value(View::of(&row, vec![5, 3])).unwrap();
        for key in ["title", "audience", "queued_at", "sent_at"] {
            assert!(value.get(key).is_some(), "{key}");
        }
        assert_eq!(
            (&value["year"], &value["number"], &value["running_number"]),
            (&2026.into(), &12.into(), &40.into())
        );
        assert_eq!((&value["state"], &value["items"]), (&"held".into(), &serde_json::json!([5, 3])));
        assert_eq!(
            value["findings"][0],
            serde_json::json!({
                "finding": "too_few_items", "found": 1, "wanted": 2, "blocks": true,
                "text": "there are 1 items, at least 2 are wanted",
            })
        );
    }

    #[test]
    fn a_delivery_tells_every_attempt() {
        let row = DeliveryRow {
            id: 8,
            subscription: Some(3),
            recipient: "anna@example.lv".into(),
            state: "accepted".into(),
            reason: String::new(),
            message_id: "d.8@selija.example".into(),
            settled_at: Some(at()),
            bounce_class: String::new(),
            attempts: vec![AttemptRow { at: at(), outcome: "accepted".into(), reply: "250 ok".into() }],
        };
        assert_eq!(
            serde_json::to_value(DeliveryView::of(&row)).unwrap(),
            serde_json::json!({
                "id": 8, "recipient": "anna@example.lv", "state": "accepted",
                "attempts": [{ "at": "2026-11-25T07:00:00Z", "outcome": "accepted", "reply": "250 ok" }],
                "message_id": "d.8@selija.example", "settled_at": "2026-11-25T07:00:00Z",
                "reason": null, "bounce": null,
            })
        );
    }
}
