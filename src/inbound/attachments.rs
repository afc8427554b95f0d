//! Sorts what came with a message: photos, documents, and what is not offered, with the reason.
//!
//! The type is found by content, since names and labels are wrong often enough.

use std::collections::HashSet;

use data_encoding::HEXLOWER;
use issues::reading::{
    Attachment, CalendarEntry, DocumentReport, DroppedPart, PhotoReport, Warning, WarningCode,
};
use sha2::{Digest as _, Sha256};

use super::{documents, parsing};
use crate::media::{self, Photo};

/// A picture inside the text that is smaller than this on one side is a logo.
const INLINE_SIDE_PIXELS_MIN: u32 = 200;
/// An attached picture smaller than this is an icon.
const ATTACHED_SIDE_PIXELS_MIN: u32 = 100;
/// Up to this size a picture is there to be counted, not seen.
const TRACKER_SIDE_PIXELS_MAX: u32 = 4;
/// Attachments of one message that are offered.
const OFFERED_MAX: usize = 100;
/// Words of a text file that are kept, in octets.
const TEXT_FILE_OCTETS_MAX: usize = 1 << 20;

/// Names that nobody opens from a bulletin's queue.
const BLOCKED: [&str; 36] = [
    "exe", "scr", "com", "bat", "cmd", "pif", "js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "msi", "msp",
    "jar", "lnk", "ps1", "reg", "dll", "cpl", "iso", "img", "html", "htm", "xhtml", "mht", "svg", "docm",
    "dotm", "xlsm", "xltm", "pptm", "chm", "url", "apk",
];

/// Everything that came, sorted. `photos` and `pictures` are parallel, as are `documents` and `files`.
#[derive(Debug, Default)]
pub struct Sorted {
    pub photos: Vec<PhotoReport>,
    pub pictures: Vec<Photo>,
    pub documents: Vec<DocumentReport>,
    pub files: Vec<Vec<u8>>,
    pub dropped: Vec<DroppedPart>,
    pub calendar: Vec<CalendarEntry>,
    /// What could not be read of what is offered.
    pub warnings: Vec<Warning>,
    seen: HashSet<[u8; 32]>,
}

/// Sorts in order; the same bytes are offered once.
pub fn sort(attachments: Vec<Attachment>) -> Sorted {
    let mut sorted = Sorted::default();
    let mut from_documents = Vec::new();
    for attachment in attachments {
        sorted.take(attachment, &mut from_documents);
    }
    // What is attached by itself goes first: it has the better name.
    for attachment in from_documents {
        sorted.take(attachment, &mut Vec::new());
    }
    sorted
}

impl Sorted {
    fn take(&mut self, attachment: Attachment, from_documents: &mut Vec<Attachment>) {
        let digest: [u8; 32] = Sha256::digest(&attachment.bytes).into();
        if let Some(reason) = self.refuse(&attachment, &digest) {
            return self.drop(&attachment, reason);
        }
        self.seen.insert(digest);
        if media::picture_type(&attachment.bytes).is_some() {
            return self.picture(attachment);
        }
        if is_calendar(&attachment) {
            let entries = parsing::calendar_entries(&attachment.bytes);
            if !entries.is_empty() {
                self.calendar.extend(entries);
                return;
            }
        }
        let mut media_type = attachment.media_type.clone();
        let mut words = None;
        if documents::is_docx(&attachment.bytes) {
            media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document".to_owned();
            let read = documents::docx(&attachment.bytes);
            if let Some(why) = read.as_ref().map_or_else(|why| Some(*why), |document| document.unread) {
                let name = attachment.name.as_deref().unwrap_or("a document");
                let text = format!("{name} could not be read whole: {why}");
                self.warnings.push(Warning::new(WarningCode::DocumentUnread, text));
            }
            if let Ok(document) = read {
                words = Some(document.words);
                from_documents.extend(document.pictures.into_iter().map(|picture| Attachment {
                    name: Some(picture.name),
                    media_type: "image/*".to_owned(),
                    content_id: None,
                    inline: false,
                    bytes: picture.bytes,
                }));
            }
        } else if media_type == "text/plain" || extension(&attachment) == "txt" {
            let bytes = attachment.bytes.get(..TEXT_FILE_OCTETS_MAX).unwrap_or(&attachment.bytes);
            words = Some(parsing::file_text(bytes).replace("\r\n", "\n"));
        }
        self.documents.push(DocumentReport {
            name: attachment.name,
            media_type,
            bytes: attachment.bytes.len() as u64,
            sha256: HEXLOWER.encode(&digest),
            words,
        });
        self.files.push(attachment.bytes);
    }

    fn refuse(&self, attachment: &Attachment, digest: &[u8; 32]) -> Option<&'static str> {
        let kind = attachment.media_type.as_str();
        let extension = extension(attachment);
        if attachment.bytes.is_empty() {
            Some("empty")
        } else if kind.contains("pkcs7-signature")
            || kind == "application/pgp-signature"
            || extension == "p7s"
        {
            Some("a signature of the mail")
        } else if BLOCKED.contains(&extension.as_str())
            || attachment.bytes.starts_with(b"MZ")
            || matches!(
                kind,
                "text/html" | "image/svg+xml" | "application/xhtml+xml" | "application/javascript"
            )
        {
            Some("a type that is not accepted")
        } else if self.seen.contains(digest) {
            Some("the same as another attachment")
        } else if self.photos.len() + self.documents.len() >= OFFERED_MAX {
            Some("too many attachments")
        } else {
            None
        }
    }

    fn picture(&mut self, attachment: Attachment) {
        if let Some((width, height)) = media::dimensions(&attachment.bytes) {
            let side = width.min(height);
            let in_text = attachment.inline || attachment.content_id.is_some() || is_numbered(&attachment);
            if side <= TRACKER_SIDE_PIXELS_MAX {
                return self.drop(&attachment, "a tracking pixel");
            }
            if in_text && side < INLINE_SIDE_PIXELS_MIN {
                return self.drop(&attachment, "a signature logo");
            }
            if side < ATTACHED_SIDE_PIXELS_MIN {
                return self.drop(&attachment, "too small for a photo");
            }
        }
        match media::photo(&attachment.bytes) {
            Ok(photo) => {
                self.photos.push(PhotoReport {
                    name: attachment.name,
                    media_type: "image/jpeg".to_owned(),
                    bytes: photo.bytes.len() as u64,
                    width: photo.width,
                    height: photo.height,
                    caption: None,
                    credit: None,
                    gps_removed: photo.gps_removed,
                });
                self.pictures.push(photo);
            }
            Err(refused) => self.drop(&attachment, &refused.to_string()),
        }
    }

    fn drop(&mut self, attachment: &Attachment, reason: &str) {
        self.dropped.push(DroppedPart {
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            bytes: attachment.bytes.len() as u64,
            reason: reason.to_owned(),
        });
    }
}

fn is_calendar(attachment: &Attachment) -> bool {
    matches!(attachment.media_type.as_str(), "text/calendar" | "application/ics")
        || extension(attachment) == "ics"
}

fn extension(attachment: &Attachment) -> String {
    let name = attachment.name.as_deref().unwrap_or("");
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.trim().to_lowercase())
}

/// `image001.png`: how Outlook names what stands in a text.
fn is_numbered(attachment: &Attachment) -> bool {
    let name = attachment.name.as_deref().unwrap_or("").to_ascii_lowercase();
    name.strip_prefix("image")
        .is_some_and(|rest| rest.len() >= 3 && rest.bytes().take(3).all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::documents::tests::{make_docx, paragraphs};
    use super::*;
    use crate::media::tests::phone_jpeg;

    fn attachment(name: &str, media_type: &str, bytes: Vec<u8>) -> Attachment {
        Attachment {
            name: Some(name.to_owned()),
            media_type: media_type.to_owned(),
            content_id: None,
            inline: false,
            bytes,
        }
    }

    #[test]
    fn a_picture_both_attached_and_in_the_document_is_one_photo() {
        let jpeg = phone_jpeg(300, 220, 1, true);
        let relations = "<R><Relationship Id=\"r1\" Target=\"media/image1.jpeg\"/></R>";
        let body = format!("{}<w:p><a:blip r:embed=\"r1\"/></w:p>", paragraphs(&["Teksts"]));
        let docx = make_docx(
            &body,
            &[("word/_rels/document.xml.rels", relations.as_bytes()), ("word/media/image1.jpeg", &jpeg)],
        );
        let sorted = sort(vec![
            attachment("relize.docx", "application/octet-stream", docx),
            attachment("DSC_0411.JPG", "image/jpeg", jpeg),
        ]);
        assert_eq!(sorted.photos.len(), 1);
        assert_eq!(sorted.photos[0].name.as_deref(), Some("DSC_0411.JPG"));
        assert!(sorted.photos[0].gps_removed);
        assert_eq!(sorted.documents[0].words.as_deref(), Some("Teksts"));
        assert_eq!(sorted.dropped[0].reason, "the same as another attachment");
    }

    #[test]
    fn a_document_that_cannot_be_read_whole_says_so() {
        let bomb = vec![b' '; 3 << 20];
        let document = make_docx(&paragraphs(&["Teksts"]), &[("word/footnotes.xml", &bomb)]);
        let sorted = sort(vec![attachment("relize.docx", "application/octet-stream", document)]);
        assert_eq!(sorted.documents[0].words.as_deref(), Some("Teksts"));
        let told: Vec<&str> = sorted.warnings.iter().map(|warning| warning.text.as_str()).collect();
        assert!(told[0].starts_with("relize.docx could not be read whole: "), "{told:?}");
    }

    #[test]
    fn logos_trackers_and_what_may_harm_are_not_offered() {
        let sorted = sort(vec![
            attachment("image001.png", "image/png", phone_jpeg(400, 60, 1, false)),
            attachment("p.gif", "image/gif", phone_jpeg(1, 1, 1, false)),
            attachment("rekins.exe", "application/pdf", b"MZ..".to_vec()),
            attachment("lapa.html", "text/html", b"<p>".to_vec()),
            attachment("smime.p7s", "application/pkcs7-signature", b"x".to_vec()),
            attachment("IMG_1.HEIC", "image/jpeg", b"\0\0\0\x18ftypheic....".to_vec()),
            attachment("plans.pdf", "application/pdf", b"%PDF-1.4".to_vec()),
        ]);
        assert_eq!(sorted.photos.len(), 0);
        assert_eq!(sorted.dropped.len(), 6);
        assert_eq!(sorted.documents.len(), 1);
        assert_eq!(sorted.documents[0].words, None);
    }
}
