//! Photos of an item: what stands under each, which is the first, and which are taken out.

use super::{Changing, Given, InvalidChange, one_line};
use crate::ItemPhoto;

impl Changing {
    pub(super) fn photo(
        &mut self,
        number: usize,
        part: &str,
        given: &Given<'_>,
    ) -> Result<(), InvalidChange> {
        let photo =
            self.content.photos.get_mut(number).ok_or_else(|| given.invalid("there is no such photo"))?;
        let line = || one_line(&given.value);
        match part {
            "alt" => photo.alt = line(),
            "caption" => photo.caption = line(),
            "credit" => {
                photo.credit = line();
                photo.credit_proposed = false;
            }
            "first" => self.first_photo = Some(number),
            "remove" => self.removed_photos.push(number),
            _ => return Err(given.unknown()),
        }
        Ok(())
    }
}

/// Puts a photo before all others; the numbers of those that are `removed` besides move along.
pub(super) fn put_first(photos: &mut [ItemPhoto], first: usize, removed: &mut [usize]) {
    if first >= photos.len() {
        return;
    }
    for number in removed {
        *number = match *number {
            number if number == first => 0,
            number if number < first => number + 1,
            number => number,
        };
    }
    photos[..=first].rotate_right(1);
}
