//! From bytes to understanding: the one call that the daemon's intake and `zinas read` share.
//!
//! Deterministic and without side effects, so it can be repeated after an upgrade.

use chrono::NaiveDate;
use issues::reading::{self, Kind, Parsed, Report, Returned, Rules};
use subscribers::EmailAddress;

use super::{attachments, parsing};
use crate::media::Photo;

/// Everything the intake needs to know about one message.
#[derive(Debug, Clone)]
pub struct Understood {
    pub report: Report,
    /// Parallel to `report.photos`.
    pub photos: Vec<Photo>,
    /// The bytes behind `report.documents`, in the same order.
    pub documents: Vec<Vec<u8>>,
    /// May a program answer? `Err` says why not.
    pub may_answer: Result<(), String>,
    /// Where an answer to the person goes; `None` where there is no usable address.
    pub answer_to: Option<EmailAddress>,
    /// Tags of our own plus-addresses among the recipients, in lower case: `r.TOKEN`.
    pub tags: Vec<String>,
    /// Message-IDs this message answers, In-Reply-To first, without brackets.
    pub references: Vec<String>,
    /// What identifies the original of a bounce or complaint.
    pub returned: Returned,
}

/// Understands a message. `on` is the day on which it came, in the zone of the publication.
pub fn understand(bytes: &[u8], rules: &Rules, on: NaiveDate) -> Understood {
    let mut parsed = parsing::parse(bytes);
    // Sorting decodes pictures: worth it only for what a person sent.
    let sorted = match reading::kind(&parsed, rules).0 {
        Kind::Submission | Kind::Reply | Kind::Correction | Kind::Private => sort_attachments(&mut parsed),
        Kind::Bounce
        | Kind::Complaint
        | Kind::AutoReply
        | Kind::Unsubscribe
        | Kind::Subscribe
        | Kind::Bulk
        | Kind::Report
        | Kind::Unreadable => attachments::Sorted::default(),
    };
    let report = reading::read(&parsed, rules, on);
    let mut references = parsed.in_reply_to.clone();
    for id in parsed.references.iter().rev() {
        if !references.contains(id) {
            references.push(id.clone());
        }
    }
    Understood {
        report,
        photos: sorted.pictures,
        documents: sorted.files,
        may_answer: reading::may_answer(&parsed, rules),
        answer_to: answer_to(&parsed, rules),
        tags: rules.tags(&parsed),
        references,
        returned: reading::returned(&parsed, rules),
    }
}

fn sort_attachments(parsed: &mut Parsed) -> attachments::Sorted {
    let mut all = std::mem::take(&mut parsed.attachments);
    // What is forwarded as an attached message brings its own attachments.
    let mut embedded: Vec<&mut Parsed> = parsed.embedded.iter_mut().collect();
    while let Some(message) = embedded.pop() {
        all.append(&mut message.attachments);
        embedded.extend(message.embedded.iter_mut());
    }
    let mut sorted = parsing::on_deep_stack(|| attachments::sort(all)).unwrap_or_default();
    parsed.photos = std::mem::take(&mut sorted.photos);
    parsed.documents = std::mem::take(&mut sorted.documents);
    parsed.dropped = std::mem::take(&mut sorted.dropped);
    parsed.calendar.append(&mut sorted.calendar);
    sorted
}

/// Reply-To is for answering only; who wrote is From.
fn answer_to(parsed: &Parsed, rules: &Rules) -> Option<EmailAddress> {
    parsed
        .reply_to
        .iter()
        .chain(parsed.author())
        .filter_map(|mailbox| mailbox.address.as_deref())
        .filter(|address| !rules.is_own(address))
        .find_map(|address| EmailAddress::parse(address).ok())
}
