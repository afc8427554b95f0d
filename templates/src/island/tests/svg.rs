//! A strict reader of the little SVG that islands are written in.

use proptest::prelude::*;

/// Fails like an assertion, with what was wrong.
pub(super) type Checked<T> = Result<T, TestCaseError>;

const ELEMENTS: [&str; 5] = ["svg", "g", "path", "circle", "rect"];
const ATTRIBUTES: [&str; 17] = [
    "xmlns",
    "viewBox",
    "width",
    "height",
    "preserveAspectRatio",
    "aria-hidden",
    "focusable",
    "class",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "d",
    "cx",
    "cy",
    "r",
];

pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> Checked<i64> {
        self.get(name)
            .and_then(|value| value.parse().ok())
            .ok_or_else(|| fail(format!("{name} of {}", self.name)))
    }
}

fn fail(why: String) -> TestCaseError {
    TestCaseError::fail(why)
}

/// The elements of well-formed XML in their order; there is no text between them.
pub(super) fn elements(svg: &str) -> Checked<Vec<Element>> {
    let mut elements = Vec::new();
    let mut open = Vec::new();
    let mut rest = svg;
    while !rest.is_empty() {
        let tag = rest.strip_prefix('<').ok_or_else(|| fail(format!("text at {rest:.20}")))?;
        let (tag, after) = tag.split_once('>').ok_or_else(|| fail("a tag does not end".to_owned()))?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let opened: Option<String> = open.pop();
            prop_assert_eq!(opened.as_deref(), Some(name));
        } else {
            let element = element(tag)?;
            prop_assert!(!open.is_empty() || elements.is_empty(), "a second root");
            open.push(element.name.clone());
            elements.push(element);
        }
    }
    prop_assert!(open.is_empty() && !elements.is_empty(), "{open:?} stays open");
    Ok(elements)
}

fn element(tag: &str) -> Checked<Element> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    prop_assert!(ELEMENTS.contains(&name), "<{name}");
    let mut attributes: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"").ok_or_else(|| fail(format!("no value: {rest}")))?;
        let (value, after) = after.split_once('"').ok_or_else(|| fail(format!("no quote: {rest}")))?;
        prop_assert!(ATTRIBUTES.contains(&key), "{key}=");
        prop_assert!(attributes.iter().all(|(other, _)| other != key), "{key} twice");
        let plain = |letter: char| letter.is_ascii_alphanumeric() || " -#:/.".contains(letter);
        prop_assert!(value.chars().all(plain), "{key}={value}");
        attributes.push((key.to_owned(), value.to_owned()));
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    Ok(Element { name: name.to_owned(), attributes })
}

/// Is all that is drawn inside the `viewBox`?
pub(super) fn check_inside(elements: &[Element]) -> Checked<()> {
    let view_box = numbers(elements[0].get("viewBox").unwrap_or_default())?;
    prop_assert!(view_box.len() == 4 && view_box[..2] == [0, 0], "{view_box:?}");
    let check = |x: i64, y: i64| {
        prop_assert!((0..=view_box[2]).contains(&x) && (0..=view_box[3]).contains(&y), "{x} {y} is outside");
        Ok(())
    };
    for element in &elements[1..] {
        match element.name.as_str() {
            "circle" => {
                let [x, y, r] = [element.number("cx")?, element.number("cy")?, element.number("r")?];
                check(x - r, y - r)?;
                check(x + r, y + r)?;
            }
            "rect" => check(element.number("width")?, element.number("height")?)?,
            "path" => {
                for (x, y) in points(element.get("d").unwrap_or_default())? {
                    check(x, y)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// All points of a path, also the handles of its curves.
fn points(d: &str) -> Checked<Vec<(i64, i64)>> {
    let mut points = Vec::new();
    let (mut here, mut start) = ((0, 0), (0, 0));
    prop_assert!(d.starts_with('M'), "{d:.20}");
    for (command, arguments) in commands(d) {
        let numbers = numbers(arguments)?;
        match (command, numbers.len()) {
            ('M', 2) => {
                here = (numbers[0], numbers[1]);
                start = here;
                points.push(here);
            }
            ('z', 0) => here = start,
            ('l', count) if count > 0 && count % 2 == 0 => {
                for step in numbers.chunks(2) {
                    here = (here.0 + step[0], here.1 + step[1]);
                    points.push(here);
                }
            }
            ('c', count) if count > 0 && count % 6 == 0 => {
                for curve in numbers.chunks(6) {
                    let from = here;
                    for step in curve.chunks(2) {
                        here = (from.0 + step[0], from.1 + step[1]);
                        points.push(here);
                    }
                }
            }
            _ => return Err(fail(format!("{command}{arguments}"))),
        }
    }
    Ok(points)
}

fn commands(d: &str) -> Vec<(char, &str)> {
    let starts: Vec<_> =
        d.match_indices(|letter: char| letter.is_ascii_alphabetic()).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([d.len()]);
    let command = |(start, end): (&usize, usize)| (char::from(d.as_bytes()[*start]), &d[start + 1..end]);
    starts.iter().zip(ends).map(command).collect()
}

fn numbers(text: &str) -> Checked<Vec<i64>> {
    let spaced = text.replace('-', " -");
    let number = |word: &str| word.parse().map_err(|_| fail(format!("{word} is no whole number")));
    spaced.split_ascii_whitespace().map(number).collect()
}
