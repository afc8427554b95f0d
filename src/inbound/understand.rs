//! From bytes to understanding: the one call that the daemon's intake and `zinas read` share.
//!
//! Deterministic and without side effects, so it can be repeated after an upgrade.

use chrono::NaiveDate;
use issues::reading::{
    self, Decides, Header, Kind, Parsed, Report, Returned, Rules, Unreadable, Warning, WarningCode,
};
use subscribers::EmailAddress;

use super::{attachments, parsing};
use crate::media::Photo;

/// Everything the intake needs to know about one message.
#[derive(Debug, Clone)]
pub struct Understood {
    pub report: Report,
    /// Why nothing could be read.
    pub unreadable: Option<Unreadable>,
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
    /// What it says if it answers the notice of an item; only a mail that a person wrote says anything.
    pub decides: Option<Decides>,
    /// What identifies the original of a bounce or complaint.
    pub returned: Returned,
}

/// Understands a message. `sender` is MAIL FROM where the source knows it, empty for the null sender; `on` is the day
/// on which it came, in the zone of the publication.
pub fn understand(bytes: &[u8], sender: Option<&str>, rules: &Rules, on: NaiveDate) -> Understood {
    understand_as(None, bytes, sender, rules, on)
}

/// [`understand`] for a message of which an editor has said what it is.
pub fn understand_as(
    said: Option<Kind>,
    bytes: &[u8],
    sender: Option<&str>,
    rules: &Rules,
    on: NaiveDate,
) -> Understood {
    let mut parsed = parsing::parse(bytes);
    if let Some(sender) = sender {
        // What a server does at final delivery (RFC 5321 section 4.4). On top, it outweighs what the message claims.
        let value = format!("<{sender}>");
        parsed.headers.insert(0, Header { name: "Return-Path".to_owned(), value });
    }
    // Sorting decodes pictures: worth it only for what a person sent.
    let sorted = match said.unwrap_or_else(|| reading::kind(&parsed, rules).0) {
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
    let mut report = reading::read(&parsed, rules, on);
    if let Some(said) = said {
        report.kind = said;
    }
    let mut may_answer = reading::may_answer(&parsed, rules);
    let answer_to = match answer_to(&parsed, rules) {
        Ok(address) => Some(address),
        Err(why) => {
            // A person who will hear nothing: the editor must know.
            if may_answer.is_ok() {
                let text = format!("cannot be answered: {why}");
                report.warnings.push(Warning::new(WarningCode::Unanswerable, text));
                may_answer = Err(why);
            }
            None
        }
    };
    let mut references = parsed.in_reply_to.clone();
    for id in parsed.references.iter().rev() {
        if !references.contains(id) {
            references.push(id.clone());
        }
    }
    let report_kind = report.kind;
    Understood {
        report,
        unreadable: parsed.unreadable,
        photos: sorted.pictures,
        documents: sorted.files,
        may_answer,
        answer_to,
        tags: rules.tags(&parsed),
        references,
        decides: decides(&parsed, report_kind),
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
    let mut sorted = match parsing::on_deep_stack(|| attachments::sort(all)) {
        Some(sorted) => sorted,
        None => {
            let mut nothing = attachments::Sorted::default();
            let text = "the attachments could not be read; they are in the mail as it came";
            nothing.warnings.push(Warning::new(WarningCode::AttachmentsUnread, text));
            nothing
        }
    };
    parsed.photos = std::mem::take(&mut sorted.photos);
    parsed.documents = std::mem::take(&mut sorted.documents);
    parsed.dropped = std::mem::take(&mut sorted.dropped);
    parsed.calendar.append(&mut sorted.calendar);
    parsed.warnings.append(&mut sorted.warnings);
    sorted
}

/// What a person says to the notice of an item. An editor who rejects may say words by which readers leave, or that a
/// rule of the publication calls private.
fn decides(parsed: &Parsed, kind: Kind) -> Option<Decides> {
    match kind {
        Kind::Submission
        | Kind::Reply
        | Kind::Correction
        | Kind::Private
        | Kind::Unsubscribe
        | Kind::Subscribe => reading::decides(parsed),
        Kind::Bounce | Kind::Complaint | Kind::AutoReply | Kind::Bulk | Kind::Report | Kind::Unreadable => {
            None
        }
    }
}

/// Where an answer goes: to Reply-To where the author names one, else to From. A Reply-To that leads to a machine, or
/// that cannot be mailed, is not passed over: the author asked not to be answered at From (RFC 5322 section 3.6.2).
///
/// # Errors
/// Why there is no such address.
fn answer_to(parsed: &Parsed, rules: &Rules) -> Result<EmailAddress, String> {
    let foreign = |address: &&str| address.contains('@') && !rules.is_own(address);
    let mut addresses: Vec<&str> =
        parsed.reply_to.iter().filter_map(|mailbox| mailbox.address.as_deref()).filter(foreign).collect();
    if addresses.is_empty() {
        let author = parsed.author().into_iter().filter_map(|mailbox| mailbox.address.as_deref());
        addresses.extend(author.filter(foreign));
    }
    let mut why = "there is no sender's address".to_owned();
    for address in addresses {
        if reading::is_nobody(address) {
            "nobody reads the address for answers".clone_into(&mut why);
            continue;
        }
        match EmailAddress::parse(address) {
            Ok(address) => return Ok(address),
            Err(error) => why = error.to_string(),
        }
    }
    Err(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::tests::phone_jpeg;

    fn rules() -> Rules {
        Rules { own: vec![EmailAddress::parse("info@salas.example").unwrap()], ..Rules::default() }
    }

    fn phone_mail() -> Vec<u8> {
        let photo = data_encoding::BASE64_MIME.encode(&phone_jpeg(600, 400, 6, true));
        format!(
            "From: Bibliotēka <biblioteka@ciems.example>\r\nReply-To: <vaditaja@ciems.example>\r\n\
             To: info+x.abcdefgh@salas.example\r\nSubject: \r\nDate: Tue, 13 Feb 2024 15:05:31 +0200\r\n\
             Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
             Labdien! Šodien ciemos bija 2. klase.\r\nFoto pielikumā. Rasma\r\n\r\nSent from my iPhone\r\n--B\r\n\
             Content-Type: image/jpeg; name=IMG_1.jpg\r\nContent-Disposition: attachment; filename=IMG_1.jpg\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{photo}\r\n--B--\r\n"
        )
        .into_bytes()
    }

    #[test]
    fn a_phones_mail_is_understood_whole_and_the_same_each_time() {
        let (bytes, on) = (phone_mail(), "2024-02-13".parse().unwrap());
        let understood = understand(&bytes, None, &rules(), on);
        let again = understand(&bytes, None, &rules(), on);
        assert_eq!(understood.report, again.report);
        assert_eq!(understood.report.text, "Šodien ciemos bija 2. klase.");
        assert_eq!(understood.photos.len(), understood.report.photos.len());
        assert_eq!((understood.photos[0].width, understood.photos[0].height), (400, 600));
        assert!(understood.report.photos[0].gps_removed);
        assert_eq!(understood.tags, ["x.abcdefgh"]);
        assert_eq!(understood.answer_to.unwrap().as_str(), "vaditaja@ciems.example");
        assert_eq!(understood.may_answer, Ok(()));
    }

    #[test]
    fn the_null_sender_of_the_envelope_outweighs_the_header() {
        let on = "2024-02-13".parse().unwrap();
        let bytes = b"From: <anna@ciems.example>\r\nReturn-Path: <anna@ciems.example>\r\n\r\nLabdien!\r\n";
        assert_eq!(understand(bytes, None, &rules(), on).may_answer, Ok(()));
        assert_eq!(understand(bytes, Some("anna@ciems.example"), &rules(), on).may_answer, Ok(()));
        assert!(understand(bytes, Some(""), &rules(), on).may_answer.is_err());
    }

    #[test]
    fn an_answer_goes_where_the_author_wants_it_or_nowhere() {
        let on = "2024-02-13".parse().unwrap();
        let answered = |from: &str, reply_to: &str| {
            let bytes =
                format!("From: {from}\r\nReply-To: {reply_to}\r\nSubject: Talka\r\n\r\nLabdien, nāciet!\r\n");
            let understood = understand(bytes.as_bytes(), None, &rules(), on);
            let warned =
                understood.report.warnings.iter().any(|warning| warning.code == WarningCode::Unanswerable);
            assert_eq!(warned, understood.may_answer.is_err(), "{from} {reply_to}");
            understood.answer_to.map(|address| address.as_str().to_owned())
        };
        let from = "<anna@ciems.example>";
        assert_eq!(answered(from, "").as_deref(), Some("anna@ciems.example"));
        assert_eq!(
            answered(from, "<info@salas.example>").as_deref(),
            Some("anna@ciems.example"),
            "ourselves"
        );
        assert_eq!(answered(from, "<noreply@ciems.example>"), None);
        assert_eq!(answered(from, "<MAILER-DAEMON@ciems.example>"), None);
        let both = "<noreply@ciems.example>, <ilze@ciems.example>";
        assert_eq!(answered(from, both).as_deref(), Some("ilze@ciems.example"));
        assert_eq!(answered("<ņina@ciems.example>", ""), None, "SMTPUTF8");
    }

    #[test]
    fn our_own_address_is_ours_however_it_is_spelled() {
        for ours in
            ["info@salas.example.", "\"info\"@salas.example", "INFO@SALAS.EXAMPLE", "<Info@Salas.example.>"]
        {
            assert!(rules().is_own(ours), "{ours}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        let on = "2024-02-13".parse().unwrap();
        let bomb = "Content-Type: message/rfc822\r\n\r\n".repeat(5000);
        for bytes in [b"".as_slice(), bomb.as_bytes(), &[0; 100]] {
            let understood = understand(bytes, None, &rules(), on);
            assert_eq!(understood.report.kind, Kind::Unreadable);
            assert!(understood.may_answer.is_err() && !understood.report.why.is_empty());
        }
    }
}
