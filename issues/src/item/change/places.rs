//! Places that an item is about.

use super::{Changing, Given, InvalidChange, LIST_LENGTH_MAX, one_line};
use crate::Place;

impl Changing {
    pub(super) fn place(
        &mut self,
        number: usize,
        part: &str,
        given: &Given<'_>,
    ) -> Result<(), InvalidChange> {
        let value = given.value.as_str();
        let places = &mut self.content.places;
        if number == places.len() && number < LIST_LENGTH_MAX && matches!(part, "place" | "municipality") {
            places.push(Place {
                place: String::new(),
                municipality: String::new(),
                text: String::new(),
                confidence: 1.0,
                confirmed: None,
            });
        }
        let place = places.get_mut(number).ok_or_else(|| given.invalid("there is no such place"))?;
        self.touched_places.insert(number);
        match part {
            "place" => place.place = one_line(value),
            "municipality" => place.municipality = one_line(value),
            "confirm" => {}
            "remove" => self.removed_places.push(number),
            _ => return Err(given.unknown()),
        }
        Ok(())
    }
}
