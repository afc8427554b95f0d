//! A field that holds more than it may, said beside it and in the list above the form.

use issues::Limited;

use crate::Frame;
use crate::page::decide::Problem;

/// What is said beside the field; `None` where it is short enough.
pub(crate) fn too_long(frame: &Frame, problems: &[Problem], field: Limited) -> Option<String> {
    problems.contains(&Problem::TooLong(field)).then(|| words(frame, field))
}

fn words(frame: &Frame, field: Limited) -> String {
    match field {
        Limited::Title => frame.text().desk.title_too_long.to_owned(),
        Limited::Text => frame.text().desk.text_too_long.to_owned(),
        field => (frame.text().item_fields.too_long)(field.most()),
    }
}

/// The same away from the field, which is named. `photos` is how many there are.
pub(super) fn named(frame: &Frame, field: Limited, photos: usize) -> String {
    let (desk, page, event) = (&frame.text().desk, &frame.text().item_page, &frame.text().event);
    let fields = &frame.text().item_fields;
    let photo = |number: usize| Some((desk.photo)(number + 1, photos));
    let one = |number: usize| Some((fields.event)(number + 1));
    let (whose, label) = match field {
        Limited::Title | Limited::Text => return words(frame, field),
        Limited::BylineName => (None, page.name),
        Limited::BylineRole => (None, page.role),
        Limited::BylineOrganisation => (None, page.organisation),
        Limited::PhotoAlt(number) => (photo(number), desk.alt),
        Limited::PhotoCaption(number) => (photo(number), desk.caption),
        Limited::PhotoCredit(number) => (photo(number), desk.credit),
        // No field of a page.
        Limited::EventText(number) => (one(number), desk.text),
        Limited::EventPlace(number) => (one(number), event.place_field),
        Limited::EventPrice(number) => (one(number), event.price_field),
        Limited::EventLink(number) => (one(number), event.link_field),
        Limited::Place(number) => (Some((fields.place)(number + 1)), page.place),
        Limited::Municipality(number) => (Some((fields.place)(number + 1)), page.municipality),
    };
    let words = words(frame, field);
    match whose {
        Some(whose) => format!("{whose}, {label}: {words}"),
        None => format!("{label}: {words}"),
    }
}
