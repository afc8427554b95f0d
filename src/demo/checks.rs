//! What must always be true (ARCHITECTURE.md), judged on the evidence of a month. Zero cases is a failure: a check that
//! saw nothing has checked nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::evidence::{Evidence, Person};
use super::mails::DATES;
use super::opened::Mail;

/// Automatic answers to one address in a day.
const ANSWERS_PER_DAY_MAX: usize = 3;

/// The moments that must fire in November 2026 by the demo's schedule, and no others, in UTC.
pub const MOMENTS: [(&str, &str); 3] = [
    ("reminder", "2026-11-15T07:00:00Z"),
    ("assemble", "2026-11-20T07:00:00Z"),
    ("send", "2026-11-25T08:00:00Z"),
];

/// The verdict on one invariant.
pub struct Verdict {
    pub invariant: u8,
    pub what: &'static str,
    pub cases: usize,
    pub broken: Vec<String>,
}

impl Verdict {
    pub fn holds(&self) -> bool {
        self.cases > 0 && self.broken.is_empty()
    }
}

/// Judges everything.
pub fn judge(evidence: &Evidence) -> Vec<Verdict> {
    vec![
        nobody_wrong_is_mailed(evidence),
        everyone_ends_in_one_state(evidence),
        everything_taken_is_kept(evidence),
        looking_changes_nothing(evidence),
        no_machine_is_answered(evidence),
        nothing_harmful_leaves(evidence),
        moments_are_kept(evidence),
    ]
}

fn verdict(invariant: u8, what: &'static str) -> Verdict {
    Verdict { invariant, what, cases: 0, broken: Vec::new() }
}

/// Was this person's last word before the moment a yes?
fn had_agreed(person: &Person, at: DateTime<Utc>) -> bool {
    let decides = |act: &str| act != "requested" && act != "lifted";
    let last = person.acts.iter().rev().find(|(act, when)| *when <= at && decides(act));
    last.is_some_and(|(act, _)| act == "confirmed" || act == "imported")
}

fn nobody_wrong_is_mailed(evidence: &Evidence) -> Verdict {
    let mut verdict =
        verdict(1, "no issue to anyone unconfirmed, suppressed or gone; no mail to the suppressed");
    let people: BTreeMap<&str, &Person> =
        evidence.people.iter().map(|person| (person.address.as_str(), person)).collect();
    for mail in &evidence.mails {
        verdict.cases += 1;
        let person = people.get(mail.to.as_str());
        if mail.is_bulletin && !person.is_some_and(|person| had_agreed(person, mail.at)) {
            verdict.broken.push(format!("the issue went to {}, who had not agreed", mail.to));
        }
        let suppressed = person.and_then(|person| person.suppressed_at).is_some_and(|since| since < mail.at);
        if suppressed {
            verdict.broken.push(format!("{} is suppressed and got a mail", mail.to));
        }
    }
    if !evidence.mails.iter().any(|mail| mail.is_bulletin) {
        verdict.cases = 0;
    }
    verdict
}

fn everyone_ends_in_one_state(evidence: &Evidence) -> Verdict {
    let mut verdict = verdict(2, "every reader of the audience ends in exactly one final state");
    let mut got: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for mail in evidence.mails.iter().filter(|mail| mail.is_bulletin) {
        got.entry(mail.to.as_str()).or_default().push(&mail.message_id);
    }
    if usize::try_from(evidence.audience) != Ok(evidence.deliveries.len()) {
        let (audience, rows) = (evidence.audience, evidence.deliveries.len());
        verdict.broken.push(format!("the audience has {audience} readers, the ledger {rows} deliveries"));
    }
    let mut left_out: BTreeSet<&str> = evidence.queued_at.map_or_else(BTreeSet::new, |at| {
        let readers = evidence.people.iter().filter(|person| had_agreed(person, at));
        let mailable = readers.filter(|person| person.suppressed_at.is_none_or(|since| since > at));
        mailable.map(|person| person.address.as_str()).collect()
    });
    for delivery in &evidence.deliveries {
        verdict.cases += 1;
        left_out.remove(delivery.recipient.as_str());
        let ids = got.remove(delivery.recipient.as_str()).unwrap_or_default();
        let (state, to, times) = (&delivery.state, &delivery.recipient, ids.len());
        let right = match state.as_str() {
            "accepted" => times == 1,
            "refused" | "abandoned" => times == 0,
            _ => false,
        };
        if !right || !delivery.settled {
            verdict.broken.push(format!("the ledger says {state} of {to}, who has the issue {times} times"));
        }
        if ids.iter().any(|id| *id != delivery.message_id) {
            verdict.broken.push(format!("{to} has the issue under another Message-ID than the ledger's"));
        }
    }
    verdict.broken.extend(got.keys().map(|to| format!("{to} has the issue and is in no ledger")));
    verdict.broken.extend(left_out.iter().map(|to| format!("{to} reads the bulletin and has no delivery")));
    verdict
}

fn everything_taken_is_kept(evidence: &Evidence) -> Verdict {
    let mut verdict = verdict(3, "everything taken is kept, byte for byte");
    for posted in &evidence.posted {
        verdict.cases += 1;
        if !posted.is_stored {
            verdict.broken.push(format!("{} was taken and is not there as it came", posted.what));
        }
    }
    verdict
}

fn looking_changes_nothing(evidence: &Evidence) -> Verdict {
    let mut verdict = verdict(4, "opening every link of every mail changes nothing, and every link opens");
    for link in &evidence.opened.links {
        verdict.cases += 1;
        // A link to confirm is good for a week; after that it says so.
        let expires = link.url.contains("/confirm/");
        // A page of the desk asks who is there first.
        let signs_in = link.url.contains("/desk");
        let right = |status: &u16| match *status {
            200 => true,
            303 => signs_in,
            410 => expires,
            _ => false,
        };
        if !link.statuses.iter().all(right) {
            verdict.broken.push(format!("{} answers {:?}", link.url, link.statuses));
        }
    }
    if evidence.opened.digest_before != evidence.opened.digest_after {
        verdict.broken.push("the database differs before and after".to_owned());
    }
    verdict
}

fn no_machine_is_answered(evidence: &Evidence) -> Verdict {
    let mut verdict = verdict(5, "no answer to machines, lists or ourselves, and few to anyone");
    let mut per_day: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for mail in evidence.mails.iter().filter(|mail: &&Mail| mail.is_answer) {
        verdict.cases += 1;
        if evidence.automatic.contains(&mail.to) {
            verdict.broken.push(format!("{} is a machine and was answered", mail.to));
        }
        let day = mail.at.format("%Y-%m-%d").to_string();
        *per_day.entry((mail.to.as_str(), day)).or_default() += 1;
    }
    let many = per_day.iter().filter(|(_, count)| **count > ANSWERS_PER_DAY_MAX);
    verdict.broken.extend(many.map(|((to, day), count)| format!("{to} got {count} answers on {day}")));
    verdict
}

fn nothing_harmful_leaves(evidence: &Evidence) -> Verdict {
    let mut verdict = verdict(6, "no contributor's markup and no photo's position leaves");
    let mails = evidence.mails.iter().map(|mail| (mail.subject.as_str(), mail.html.as_str()));
    let pages = evidence.opened.pages.iter().map(|(url, html)| (url.as_str(), html.as_str()));
    for (name, html) in mails.chain(pages) {
        verdict.cases += 1;
        let lower = html.to_lowercase();
        for harm in ["<script", " onerror=", "href=\"javascript:", "<iframe", " onclick="] {
            if lower.contains(harm) {
                verdict.broken.push(format!("“{name}” holds {harm}"));
            }
        }
    }
    for photo in &evidence.opened.photos {
        verdict.cases += 1;
        if !photo.is_jpeg || photo.has_metadata {
            verdict.broken.push(format!("{} is no plain picture", photo.url));
        }
    }
    if evidence.opened.photos.is_empty() {
        verdict.broken.push("no photo was looked at".to_owned());
    }
    verdict
}

fn moments_are_kept(evidence: &Evidence) -> Verdict {
    let mut verdict = verdict(9, "each moment fires once, on time; dates stay as they were stated");
    let moment = |at: &DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    for (job, at) in &evidence.moments {
        verdict.cases += 1;
        if !MOMENTS.contains(&(job.as_str(), &moment(at))) {
            verdict.broken.push(format!("{job} fired at {at}"));
        }
    }
    for (job, expected) in MOMENTS {
        let fired = evidence.moments.iter().filter(|(name, at)| name == job && moment(at) == expected);
        if fired.count() != 1 {
            verdict.broken.push(format!("{job} did not fire once at {expected}"));
        }
    }
    let in_latvian: Vec<&Mail> =
        evidence.mails.iter().filter(|mail| mail.is_bulletin && mail.language == "lv").collect();
    verdict.cases += evidence.dates.len() + in_latvian.len();
    for stated in DATES {
        let (title, start) = (stated.title, stated.start);
        if !evidence.dates.iter().any(|(item, date)| item == title && date == start) {
            verdict.broken.push(format!("“{title}” is not dated {start}"));
        }
        let entry = format!("{}\n  {title}", stated.words);
        let wrong = in_latvian.iter().filter(|mail| !mail.text.replace('\r', "").contains(&entry));
        verdict.broken.extend(wrong.map(|mail| format!("{} does not read “{}”", mail.to, stated.words)));
    }
    if in_latvian.is_empty() {
        verdict.broken.push("no calendar was looked at".to_owned());
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What no doctored ledger can show: a page that writes when it is looked at.
    #[test]
    fn a_look_that_changes_something_is_caught() {
        let link =
            || super::super::links::Link { url: "http://z.example/".to_owned(), statuses: vec![200; 4] };
        let mut evidence = Evidence::default();
        evidence.opened.links.push(link());
        assert!(looking_changes_nothing(&evidence).holds());
        evidence.opened.digest_after = "another".to_owned();
        assert!(!looking_changes_nothing(&evidence).holds());
    }

    #[test]
    fn nothing_seen_is_nothing_checked() {
        for verdict in judge(&Evidence::default()) {
            assert!(!verdict.holds(), "{}", verdict.what);
        }
    }
}
