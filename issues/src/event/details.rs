//! What an event has beside its date: where exactly, what it costs, and where more is said. Each as short as a line of a
//! calendar; what a form or a letter gives is made so, or refused.

use crate::{Event, WebLink, language};

/// Longest place of an event in characters: “Rites tautas nams, mazā zāle”.
pub const EVENT_PLACE_CHARACTERS_MAX: usize = 120;
/// Longest price in characters: “3 €, bērniem bez maksas”.
pub const EVENT_PRICE_CHARACTERS_MAX: usize = 60;
/// Longest address of a page about an event.
pub const EVENT_LINK_CHARACTERS_MAX: usize = 500;

/// The fields of a form, each as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventDetails {
    pub place: String,
    pub price: String,
    pub link: String,
}

impl EventDetails {
    pub fn of(event: &Event) -> Self {
        let words = |words: &Option<String>| words.clone().unwrap_or_default();
        Self {
            place: words(&event.place),
            price: words(&event.price),
            link: event.link.as_ref().map_or_else(String::new, |link| link.as_str().to_owned()),
        }
    }
}

impl Event {
    /// Sets one field of [`EventDetails`]; an empty value takes it away.
    ///
    /// # Errors
    /// Why the value cannot be.
    pub(crate) fn set_detail(&mut self, part: &str, value: &str) -> Result<(), &'static str> {
        let value = subscribers::clean_line(value);
        let short = |most: usize, why: &'static str| match value.chars().count() {
            0 => Ok(None),
            count if count <= most => Ok(Some(value.clone())),
            _ => Err(why),
        };
        match part {
            "place" => {
                self.place = short(EVENT_PLACE_CHARACTERS_MAX, "a place has at most 120 characters")?;
            }
            "price" => {
                self.price = short(EVENT_PRICE_CHARACTERS_MAX, "a price has at most 60 characters")?;
            }
            _ if value.is_empty() => self.link = None,
            _ => self.link = Some(page(&value).ok_or("a link is the address of a page, https://…")?),
        }
        Ok(())
    }

    /// Has it one of them?
    pub(crate) fn has_details(&self) -> bool {
        self.place.is_some() || self.price.is_some() || self.link.is_some()
    }

    /// Where it is in one line: the place of its own before that of its item, which is not said twice.
    pub fn whereabouts(&self, of_item: &str) -> String {
        let own = self.place.as_deref().unwrap_or("").trim();
        let of_item = of_item.trim();
        let (folded, first) = (language::fold(own), language::fold(of_item.split(',').next().unwrap_or("")));
        if own.is_empty() || of_item.is_empty() {
            return format!("{own}{of_item}");
        }
        // “Rite, tautas nams” beside “Rite, Jēkabpils novads”.
        if folded.split(',').any(|part| part.trim() == first) {
            return own.to_owned();
        }
        format!("{own}, {of_item}")
    }
}

/// The address of a page, also as people type it, without its beginning. Nothing that signs somebody in or hides the
/// host behind a name.
fn page(text: &str) -> Option<WebLink> {
    let bare = !text.contains("://") && !text.contains([' ', '@', '\\']);
    let host = text.split('/').next().unwrap_or("");
    let whole = match bare && host.contains('.') && !host.contains(':') {
        true => format!("https://{text}"),
        false => text.to_owned(),
    };
    let link = WebLink::parse(&whole).filter(|link| link.is_web() && !link.has_login())?;
    (link.as_str().chars().count() <= EVENT_LINK_CHARACTERS_MAX).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(part: &str, value: &str) -> Result<EventDetails, &'static str> {
        let mut event = Event::on("2026-12-06".parse().unwrap(), "");
        event.set_detail(part, value)?;
        Ok(EventDetails::of(&event))
    }

    #[test]
    fn a_link_leads_to_a_page_and_to_nothing_else() {
        for (typed, kept) in [
            ("https://biletes.example/a?b=c", "https://biletes.example/a?b=c"),
            ("http://example.lv", "http://example.lv/"),
            (" www.example.lv/talka ", "https://www.example.lv/talka"),
            ("salas.example", "https://salas.example/"),
            ("", ""),
        ] {
            assert_eq!(set("link", typed).unwrap().link, kept, "{typed}");
        }
        for bad in [
            "javascript:alert(1)",
            "mailto:anna@example.lv",
            "anna@example.lv",
            "data:text/html,x",
            "ftp://example.lv/a",
            "https://banka.example@cits.example/",
            "https://",
            "zvaniet Annai",
            "x",
            "localhost:8080/a",
        ] {
            assert!(set("link", bad).is_err(), "{bad}");
        }
        assert!(set("link", &format!("https://example.lv/{}", "a".repeat(500))).is_err());
    }

    #[test]
    fn a_place_and_a_price_are_one_short_line() {
        assert_eq!(
            set("price", " 3 €,\n bērniem\u{202e} bez maksas ").unwrap().price,
            "3 €, bērniem bez maksas"
        );
        assert_eq!(set("place", "  ").unwrap(), EventDetails::default());
        assert!(set("price", &"ā".repeat(60)).is_ok() && set("price", &"ā".repeat(61)).is_err());
        assert!(set("place", &"ā".repeat(120)).is_ok() && set("place", &"ā".repeat(121)).is_err());
    }

    #[test]
    fn where_it_is_is_said_once() {
        let at = |own: &str, of_item: &str| {
            let mut event = Event::on("2026-12-06".parse().unwrap(), "");
            event.set_detail("place", own).unwrap();
            event.whereabouts(of_item)
        };
        assert_eq!(at("Tautas nams", "Rite, Jēkabpils novads"), "Tautas nams, Rite, Jēkabpils novads");
        assert_eq!(at("tautas nams, RITE", "Rite, Jēkabpils novads"), "tautas nams, RITE");
        assert_eq!(at("Ritenis", "Rite"), "Ritenis, Rite");
        assert_eq!((at("", "Rite").as_str(), at("Muiža", "").as_str()), ("Rite", "Muiža"));
    }
}
