//! What an editor arranges in an open issue by hand: the order, what waits for a later issue, the lines of the calendar,
//! the subject; and which links were looked at. It outlives assemblies, which fill the rest in by rule.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Event, LocalMoment, Placed};

/// Longest subject in characters that an editor may save; mail programs show half of it.
pub const SUBJECT_CHARACTERS_MAX: usize = 120;
/// Longest note in characters.
pub const NOTE_CHARACTERS_MAX: usize = 4_000;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// The editor's subject; empty where the proposed one is good.
    pub subject: String,
    /// Items in the order given by hand; those that are not here stand behind these in their section.
    pub order: Vec<i64>,
    /// Approved items that wait for a later issue.
    pub left_out: Vec<i64>,
    /// Lines of the calendar that are not shown.
    pub hidden: Vec<Line>,
    /// Links that were looked at when the issue was put together; of others nobody knows whether they work.
    pub links_seen: Vec<String>,
    /// Who changed each part last.
    pub order_by: Option<Hand>,
    pub words_by: Option<Hand>,
    pub calendar_by: Option<Hand>,
    /// How often an approval was taken back, and who did it last.
    pub reopened: u32,
    pub reopened_by: Option<Hand>,
}

/// A line of the calendar: an event of an item. One that gets another date is another line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub item: i64,
    pub start: Option<LocalMoment>,
    pub end: Option<LocalMoment>,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    pub by: String,
    pub at: DateTime<Utc>,
}

/// The parts that are changed apart: two editors at different parts do not disturb each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Order,
    Words,
    Calendar,
}

/// An item in the form that arranges, in the order it was shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    pub item: i64,
    /// Index into the sections of the bulletin.
    pub section: usize,
    /// The place that was typed, counted from 1; `None` where it is no number.
    pub number: Option<usize>,
}

/// What the button of the form says beside what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Stay,
    Up(i64),
    Down(i64),
    /// To the head of the issue.
    Lead(i64),
}

impl Move {
    /// The item that is moved.
    pub fn item(self) -> Option<i64> {
        match self {
            Move::Stay => None,
            Move::Up(item) | Move::Down(item) | Move::Lead(item) => Some(item),
        }
    }
}

impl Line {
    pub fn of(item: i64, event: &Event) -> Self {
        Self { item, start: event.start, end: event.end }
    }
}

impl Arrangement {
    /// Does this event stand in the calendar?
    pub fn shows(&self, item: i64, event: &Event) -> bool {
        !self.hidden.contains(&Line::of(item, event))
    }

    pub fn show(&mut self, line: Line, shown: bool) {
        self.hidden.retain(|hidden| *hidden != line);
        if !shown {
            self.hidden.push(line);
        }
    }

    /// The item waits for a later issue.
    pub fn leave_out(&mut self, item: i64) {
        self.put_in(item);
        self.order.retain(|of| *of != item);
        self.left_out.push(item);
    }

    pub fn put_in(&mut self, item: i64) {
        self.left_out.retain(|of| *of != item);
    }

    pub fn last(&self, part: Part) -> Option<&Hand> {
        match part {
            Part::Order => self.order_by.as_ref(),
            Part::Words => self.words_by.as_ref(),
            Part::Calendar => self.calendar_by.as_ref(),
        }
    }

    /// An approval was taken back. Whoever looked before it has not seen what is approved next.
    pub fn opened_again(&mut self, hand: Hand) {
        self.reopened = self.reopened.saturating_add(1);
        self.reopened_by = Some(hand);
    }

    pub fn touched(&mut self, part: Part, hand: Hand) {
        match part {
            Part::Order => self.order_by = Some(hand),
            Part::Words => self.words_by = Some(hand),
            Part::Calendar => self.calendar_by = Some(hand),
        }
    }
}

/// The order that a form asks for: sections stand together, and in its section whoever was given another number stands
/// at that place or as near as the section goes, while the others close ranks; those that were given the same number keep
/// the order in which they stood, the one that has it among them. Then the button's own move, which does not leave its
/// section, but for the lead, which stands at the head of the first.
pub fn arranged(shown: &[Wish], step: Move) -> Vec<Placed> {
    let sections: BTreeSet<usize> = shown.iter().map(|wish| wish.section).collect();
    let mut order: Vec<Placed> = Vec::with_capacity(shown.len());
    for section in sections {
        let ahead = order.len();
        let members = shown.iter().enumerate().filter(|(_, wish)| wish.section == section);
        let mut asked: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
        let mut others: Vec<(usize, i64)> = Vec::new();
        for (place, wish) in members {
            match wish.number.filter(|number| *number != place + 1) {
                Some(number) => asked.entry(number).or_default().push((place, wish.item)),
                None => others.push((place, wish.item)),
            }
        }
        for (number, equals) in asked.iter_mut().filter(|(_, equals)| equals.len() > 1) {
            equals.extend(others.extract_if(.., |(place, _)| *place + 1 == *number));
            equals.sort_unstable();
        }
        let mut least = 0;
        for (number, equals) in asked {
            let wanted = number.saturating_sub(1).saturating_sub(ahead);
            let place = wanted.max(least).min(others.len());
            least = place + equals.len();
            others.splice(place..place, equals);
        }
        order.extend(others.into_iter().map(|(_, item)| Placed { item, section }));
    }
    let at = |item: i64| order.iter().position(|placed| placed.item == item);
    match step {
        Move::Stay => {}
        Move::Up(item) => {
            if let Some(place) = at(item).filter(|place| *place > 0)
                && order[place - 1].section == order[place].section
            {
                order.swap(place - 1, place);
            }
        }
        Move::Down(item) => {
            if let Some(place) = at(item)
                && order.get(place + 1).is_some_and(|next| next.section == order[place].section)
            {
                order.swap(place, place + 1);
            }
        }
        Move::Lead(item) => {
            if let Some(place) = at(item) {
                let lead = order.remove(place);
                order.insert(0, Placed { section: 0, ..lead });
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: [usize; 5], step: Move, wanted: &[i64]) {
        let sections = [0, 0, 0, 1, 1];
        let wishes: Vec<Wish> = (1_i64..)
            .zip(numbers.into_iter().zip(sections))
            .map(|(item, (number, section))| Wish { item, section, number: Some(number) })
            .collect();
        let order: Vec<i64> = arranged(&wishes, step).iter().map(|placed| placed.item).collect();
        assert_eq!(order, wanted, "{numbers:?} {step:?}");
    }

    #[test]
    fn a_number_is_the_place_and_the_others_close_ranks() {
        check([1, 2, 3, 4, 5], Move::Stay, &[1, 2, 3, 4, 5]);
        check([3, 2, 3, 4, 5], Move::Stay, &[2, 3, 1, 4, 5]);
        check([1, 2, 1, 4, 5], Move::Stay, &[3, 1, 2, 4, 5]);
        check([2, 1, 3, 4, 5], Move::Stay, &[2, 1, 3, 4, 5]);
        check([0, 2, 99, 4, 4], Move::Stay, &[1, 2, 3, 5, 4]);
    }

    #[test]
    fn equal_numbers_keep_the_order_in_which_they_stood() {
        check([1, 1, 1, 4, 5], Move::Stay, &[1, 2, 3, 4, 5]);
        check([1, 1, 3, 4, 5], Move::Stay, &[2, 1, 3, 4, 5]);
        check([7, 7, 7, 7, 7], Move::Stay, &[1, 2, 3, 4, 5]);
        check([1, 1, 1, 1, 1], Move::Stay, &[1, 2, 3, 4, 5]);
        check([3, 3, 3, 4, 5], Move::Stay, &[1, 2, 3, 4, 5]);
        check([3, 3, 1, 4, 5], Move::Stay, &[3, 1, 2, 4, 5]);
        check([2, 1, 1, 4, 5], Move::Stay, &[2, 3, 1, 4, 5]);
    }

    #[test]
    fn an_approval_that_is_taken_back_twice_is_not_the_same() {
        let hand = Hand { by: "Ilze".into(), at: DateTime::UNIX_EPOCH };
        let mut once = Arrangement::default();
        once.opened_again(hand.clone());
        let mut twice = once.clone();
        twice.opened_again(hand);
        assert_ne!(once, twice);
        let old: Arrangement = serde_json::from_str(r#"{"subject":"Ziņas"}"#).unwrap();
        assert_eq!((old.reopened, old.reopened_by), (0, None), "one that was kept before this was counted");
    }

    #[test]
    fn a_button_moves_inside_the_section_after_what_was_typed() {
        check([1, 2, 3, 4, 5], Move::Up(2), &[2, 1, 3, 4, 5]);
        check([1, 2, 3, 4, 5], Move::Up(1), &[1, 2, 3, 4, 5]);
        check([1, 2, 3, 4, 5], Move::Up(4), &[1, 2, 3, 4, 5]);
        check([1, 2, 3, 4, 5], Move::Down(3), &[1, 2, 3, 4, 5]);
        check([1, 2, 1, 4, 5], Move::Down(1), &[3, 2, 1, 4, 5]);
        check([1, 2, 3, 4, 5], Move::Down(77), &[1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_lead_stands_at_the_head_of_the_first_section() {
        let wishes = [(1, 0), (2, 1)].map(|(item, section)| Wish { item, section, number: None });
        let order = arranged(&wishes, Move::Lead(2));
        assert_eq!(order, [Placed { item: 2, section: 0 }, Placed { item: 1, section: 0 }]);
    }

    #[test]
    fn a_hidden_line_comes_back_with_another_date() {
        let mut event = Event::on("2026-12-05".parse().unwrap(), "5. decembrī");
        let mut arrangement = Arrangement::default();
        arrangement.show(Line::of(7, &event), false);
        assert!(!arrangement.shows(7, &event) && arrangement.shows(8, &event));
        let kept: Arrangement = serde_json::from_str(&serde_json::to_string(&arrangement).unwrap()).unwrap();
        assert_eq!(kept, arrangement);
        arrangement.show(Line::of(7, &event), true);
        assert_eq!(arrangement, Arrangement::default());
        event = Event::on("2026-12-06".parse().unwrap(), "6. decembrī");
        assert!(kept.shows(7, &event));
    }
}
