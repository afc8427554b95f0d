//! The words and pictures of a Word document (.docx), for reading; formatting is left out.
//!
//! A document is a zip that anybody may have made: entries, unpacked size and ratio are limited, nothing outside
//! it is followed, macros are never looked at.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use unicode_normalization::UnicodeNormalization as _;
use zip::ZipArchive;

/// Entries of the zip; a long document with many pictures has some hundreds.
const ENTRIES_MAX: usize = 1000;
/// What all that is read out of one document may come to.
const UNPACKED_OCTETS_MAX: u64 = 50 << 20;
/// Unpacked to packed, for entries over a megabyte; text does not reach a hundred.
const RATIO_MAX: u64 = 200;
/// Pictures taken from one document.
const PICTURES_MAX: usize = 50;

/// What a reader sees.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Paragraphs separated by blank lines, rows of a table on lines of their own.
    pub words: String,
    /// In the order in which the text shows them.
    pub pictures: Vec<Picture>,
    /// Why a footnote or picture is missing, where one is.
    pub unread: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub struct Picture {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Is this a zip with a Word document in it, whatever its name says?
pub fn is_docx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && ZipArchive::new(Cursor::new(bytes))
            .is_ok_and(|zip| zip.index_for_name("word/document.xml").is_some())
}

/// Reads a document; `Err` says in a few words why it could not be read.
///
/// # Errors
/// When it is no Word document, is damaged, or exceeds the limits above.
pub fn docx(bytes: &[u8]) -> Result<Document, &'static str> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| "not a readable zip")?;
    if zip.len() > ENTRIES_MAX {
        return Err("too many entries");
    }
    let mut budget = UNPACKED_OCTETS_MAX;
    let body = entry(&mut zip, "word/document.xml", &mut budget)?.ok_or("no document in it")?;
    let read = text_of(&body)?;
    let notes = match entry(&mut zip, "word/footnotes.xml", &mut budget) {
        Ok(None) => Ok(String::new()),
        Ok(Some(notes)) => text_of(&notes).map(|notes| notes.words),
        Err(why) => Err(why),
    };
    // They cost nobody the text; the editor is told.
    let (notes, mut unread) = match notes {
        Ok(notes) => (notes, None),
        Err(why) => (String::new(), Some(why)),
    };
    let mut words = read.words;
    if !notes.trim().is_empty() {
        words.push_str("\n\n");
        words.push_str(notes.trim());
    }
    let mut pictures = Vec::new();
    if !read.picture_ids.is_empty()
        && let Ok(Some(relations)) = entry(&mut zip, "word/_rels/document.xml.rels", &mut budget)
    {
        let targets = targets_of(&relations);
        let mut seen = HashSet::new();
        for id in read.picture_ids {
            let Some(target) = targets.get(&id).filter(|target| seen.insert((*target).clone())) else {
                continue;
            };
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("word/{target}"),
            };
            match entry(&mut zip, &path, &mut budget) {
                Ok(Some(bytes)) => {
                    let name = target.rsplit('/').next().unwrap_or(target).to_owned();
                    pictures.push(Picture { name, bytes });
                }
                Ok(None) => unread = Some("a picture that is not in it"),
                Err(why) => unread = Some(why),
            }
            if pictures.len() >= PICTURES_MAX {
                break;
            }
        }
    }
    Ok(Document { words: words.nfc().collect(), pictures, unread })
}

fn entry(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    budget: &mut u64,
) -> Result<Option<Vec<u8>>, &'static str> {
    let Some(index) = zip.index_for_name(name) else {
        return Ok(None);
    };
    let file = zip.by_index(index).map_err(|_| "a damaged entry")?;
    let (packed, unpacked) = (file.compressed_size(), file.size());
    if unpacked > 1 << 20 && unpacked / packed.max(1) > RATIO_MAX {
        return Err("an entry that unpacks to far more than its size");
    }
    let mut bytes = Vec::new();
    // The declared size is a claim; what comes out is counted.
    file.take(*budget + 1).read_to_end(&mut bytes).map_err(|_| "a damaged entry")?;
    *budget = budget.checked_sub(bytes.len() as u64).ok_or("too large when unpacked")?;
    Ok(Some(bytes))
}

#[derive(Default)]
struct Body {
    words: String,
    picture_ids: Vec<String>,
}

/// A paragraph or row being put together.
#[derive(Default)]
struct Builder {
    body: Body,
    line: String,
    /// Cells of the row that is open in each table.
    rows: Vec<Vec<String>>,
    cell: Vec<String>,
    /// Has the open table a row in the text already?
    table_begun: bool,
    in_text: bool,
    list_item: bool,
    /// Depth below an element whose content is an alternative or deleted.
    skipped: u32,
}

fn text_of(xml: &[u8]) -> Result<Body, &'static str> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let mut builder = Builder::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Err(_) => {
                // What came before the damage is kept.
                if builder.body.words.is_empty() && builder.line.is_empty() {
                    return Err("damaged text");
                }
                break;
            }
            Ok(Event::Eof) => break,
            Ok(Event::Start(start)) => builder.start(&start, false),
            Ok(Event::Empty(start)) => builder.start(&start, true),
            Ok(Event::End(end)) => builder.end(end.local_name().as_ref()),
            Ok(Event::Text(text)) if builder.in_text && builder.skipped == 0 => {
                builder.line.push_str(&text);
            }
            Ok(Event::CData(text)) if builder.in_text && builder.skipped == 0 => {
                builder.line.push_str(&text);
            }
            Ok(Event::GeneralRef(name)) if builder.in_text && builder.skipped == 0 => {
                builder.line.push_str(&super::parsing::entity(&name));
            }
            Ok(_) => {}
        }
    }
    builder.paragraph();
    builder.row();
    Ok(builder.body)
}

impl Builder {
    fn start(&mut self, start: &BytesStart<'_>, empty: bool) {
        let name = start.local_name();
        let name = name.as_ref();
        if self.skipped > 0 {
            self.skipped += u32::from(!empty);
            return;
        }
        match name {
            // The same content once more for old programs; and what was deleted or is only an instruction.
            "Fallback" | "del" | "moveFrom" | "instrText" | "delText" if !empty => self.skipped = 1,
            "t" => self.in_text = !empty,
            "tab" if self.in_run(start) => self.line.push(' '),
            "br" | "cr" => self.line.push('\n'),
            "noBreakHyphen" => self.line.push('-'),
            "p" => self.paragraph(),
            "numPr" => self.list_item = true,
            "tbl" if self.rows.len() < 20 => {
                self.paragraph();
                self.table_begun = false;
                self.rows.push(Vec::new());
            }
            "blip" | "imagedata" => {
                let id = start.attributes().flatten().find(|attribute| {
                    matches!(attribute.key.local_name().as_ref(), "embed" | "id")
                        && attribute.key.prefix().is_some_and(|prefix| prefix.as_ref() == "r")
                });
                if let Some(id) = id {
                    self.body.picture_ids.push(id.value.to_string());
                }
            }
            _ => {}
        }
    }

    /// A tab in a run, not a tab stop in the settings of a paragraph: those have attributes.
    fn in_run(&self, start: &BytesStart<'_>) -> bool {
        start.attributes().flatten().next().is_none()
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => self.paragraph(),
            "tc" => {
                self.paragraph();
                let cell = self.cell.join(" ");
                self.cell.clear();
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            "tr" => self.row(),
            "tbl" => {
                self.row();
                self.rows.pop();
                self.table_begun = false;
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        let lines: Vec<String> = line
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        let listed = std::mem::take(&mut self.list_item);
        if lines.is_empty() {
            return;
        }
        if !self.rows.is_empty() {
            self.cell.push(lines.join(" "));
            return;
        }
        self.begin_block();
        if listed {
            self.body.words.push_str("- ");
        }
        self.body.words.push_str(&lines.join("\n"));
    }

    fn row(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        let mut cells: Vec<String> = row.drain(..).filter(|cell| !cell.is_empty()).collect();
        cells.append(&mut self.cell);
        if cells.is_empty() {
            return;
        }
        let line = cells.join(" | ");
        // Rows of one table are lines of one block.
        if self.table_begun {
            self.body.words.push('\n');
        } else {
            self.begin_block();
        }
        self.table_begun = true;
        self.body.words.push_str(&line);
    }

    fn begin_block(&mut self) {
        self.body.words.truncate(self.body.words.trim_end().len());
        if !self.body.words.is_empty() {
            self.body.words.push_str("\n\n");
        }
    }
}

/// Identifier to target of the relations that stay inside the document.
fn targets_of(xml: &[u8]) -> HashMap<String, String> {
    let mut reader = Reader::from_reader(xml);
    let (mut out, mut buffer) = (HashMap::new(), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start))
                if start.local_name().as_ref() == "Relationship" =>
            {
                let (mut id, mut target, mut external) = (None, None, false);
                for attribute in start.attributes().flatten() {
                    let value = attribute.value.to_string();
                    match attribute.key.local_name().as_ref() {
                        "Id" => id = Some(value),
                        "Target" => target = Some(value),
                        "TargetMode" => external = value.eq_ignore_ascii_case("external"),
                        _ => {}
                    }
                }
                if let (Some(id), Some(target), false) = (id, target, external) {
                    out.insert(id, target);
                }
            }
            Ok(Event::Eof) | Err(_) => return out,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write as _;

    use super::*;

    /// A document of these paragraphs, as XML inside the body, with these files beside it.
    pub(crate) fn make_docx(body: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        let document = format!(
            "<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>"
        );
        zip.start_file("word/document.xml", options).unwrap();
        zip.write_all(document.as_bytes()).unwrap();
        for (name, bytes) in files {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    pub(crate) fn paragraphs(texts: &[&str]) -> String {
        texts.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect()
    }

    #[test]
    fn paragraphs_tables_and_references_are_read() {
        let body = format!(
            "{}<w:p><w:r><w:t>a &amp; b</w:t><w:br/><w:t>c</w:t><w:tab/><w:t>d&#275;</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>8.03.</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>17.00</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
             <w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t>e</w:t></w:r></w:p>",
            paragraphs(&["Virsraksts", ""]),
        );
        assert_eq!(
            docx(&make_docx(&body, &[])).unwrap().words,
            "Virsraksts\n\na & b\nc dē\n\n8.03. | 17.00\n\ne"
        );
    }

    #[test]
    fn pictures_come_in_the_order_of_the_text_and_never_from_outside() {
        let body = "<w:p><a:blip r:embed=\"r2\"/><a:blip r:embed=\"r1\"/><a:blip r:embed=\"r3\"/><a:blip r:embed=\"r2\"/></w:p>";
        let relations = "<Relationships><Relationship Id=\"r1\" Target=\"media/a.png\"/><Relationship Id=\"r2\" \
            Target=\"media/b.png\"/><Relationship Id=\"r3\" TargetMode=\"External\" Target=\"file:///etc/passwd\"/></Relationships>";
        let bytes = make_docx(
            body,
            &[
                ("word/_rels/document.xml.rels", relations.as_bytes()),
                ("word/media/a.png", b"A"),
                ("word/media/b.png", b"B"),
            ],
        );
        assert!(is_docx(&bytes));
        let names: Vec<String> = docx(&bytes).unwrap().pictures.into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["b.png", "a.png"]);
    }

    #[test]
    fn a_document_that_unpacks_without_measure_is_refused() {
        let body = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(8 << 20));
        assert!(docx(&make_docx(&body, &[])).is_err());
        assert!(docx(b"PK\x03\x04").is_err());
        assert!(!is_docx(b"PK\x03\x04"));
    }

    proptest::proptest! {
        #[test]
        fn damaged_documents_do_no_harm(cut in 0usize..600, flip in 0usize..600) {
            let mut bytes = make_docx(&paragraphs(&["a", "b"]), &[("x", b"y")]);
            bytes.truncate(bytes.len().saturating_sub(cut / 4));
            if let Some(byte) = bytes.get_mut(flip) {
                *byte ^= 0x55;
            }
            let _ = docx(&bytes);
        }
    }
}
