//! A question that nobody answers: when its contributor is reminded of it, and when its item is put aside. What waits for
//! an editor is none of this: a person decides, however long that takes.

use chrono::{DateTime, TimeDelta, Utc};

use crate::ItemState;

/// Who has not answered for a week has most likely overlooked the mail. Mailing lists drop what waits after as long
/// (mlmmj's `modreqlife`); here it costs a mail.
pub const REMINDED_AFTER: TimeDelta = TimeDelta::days(7);
/// An issue is made each month, so by then the one that the news were for has gone out. Sympa keeps what waits as long
/// (`clean_delay_queuemod`).
pub const PUT_ASIDE_AFTER: TimeDelta = TimeDelta::days(30);
/// Between the reminder and the end. Only matters where the reminder was late, such as after weeks without the program.
pub const ANSWERED_WITHIN: TimeDelta = TimeDelta::days(7);

/// What is to be done about a question that waits for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    Nothing,
    Remind,
    PutAside,
}

/// What is due of an item now; of one that waits for no answer nothing ever is. Where nobody can be reminded, since her
/// address gets no mail or she wants no reminders, the item is put aside without.
pub fn due(state: &ItemState, can_be_reminded: bool, now: DateTime<Utc>) -> Due {
    let ItemState::Asked { at, reminded, .. } = state else { return Due::Nothing };
    match reminded {
        None if can_be_reminded && now >= *at + REMINDED_AFTER => Due::Remind,
        None if can_be_reminded => Due::Nothing,
        _ if put_aside_at(state).is_some_and(|end| now >= end) => Due::PutAside,
        _ => Due::Nothing,
    }
}

/// When an item is put aside if no answer comes; `None` for one that waits for none. A reminder that is late moves it.
pub fn put_aside_at(state: &ItemState) -> Option<DateTime<Utc>> {
    let ItemState::Asked { at, reminded, .. } = state else { return None };
    let end = *at + PUT_ASIDE_AFTER;
    Some(reminded.map_or(end, |reminded| end.max(reminded + ANSWERED_WITHIN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(days: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::days(days)
    }

    fn asked(reminded: Option<i64>) -> ItemState {
        let (question, by) = ("Kas fotografēja?".to_owned(), "ilze".to_owned());
        ItemState::Asked { question, by, at: day(0), reminded: reminded.map(day) }
    }

    #[test]
    fn a_question_is_reminded_of_once_and_then_put_aside() {
        for (reminded, now, expected) in [
            (None, 0, Due::Nothing),
            (None, 6, Due::Nothing),
            (None, 7, Due::Remind),
            (Some(7), 7, Due::Nothing),
            (Some(7), 29, Due::Nothing),
            (Some(7), 30, Due::PutAside),
        ] {
            assert_eq!(due(&asked(reminded), true, day(now)), expected, "{reminded:?} on day {now}");
        }
    }

    #[test]
    fn nobody_loses_an_item_unreminded_because_the_reminder_was_late() {
        assert_eq!(due(&asked(None), true, day(90)), Due::Remind);
        assert_eq!(due(&asked(Some(90)), true, day(96)), Due::Nothing);
        assert_eq!(due(&asked(Some(90)), true, day(97)), Due::PutAside);
        assert_eq!(put_aside_at(&asked(Some(90))), Some(day(97)));
        assert_eq!(put_aside_at(&asked(Some(7))), Some(day(30)));
    }

    #[test]
    fn who_cannot_be_reminded_has_the_same_time() {
        assert_eq!(due(&asked(None), false, day(29)), Due::Nothing);
        assert_eq!(due(&asked(None), false, day(30)), Due::PutAside);
    }

    #[test]
    fn what_waits_for_an_editor_is_never_due() {
        let by = || "ilze".to_owned();
        let to = crate::Edition { year: 2027, month: 1 };
        for state in [
            ItemState::Pending,
            ItemState::Approved { by: by(), at: day(0) },
            ItemState::Postponed { to, by: by(), at: day(0) },
            ItemState::Withdrawn { at: day(0) },
        ] {
            assert_eq!((due(&state, true, day(900)), put_aside_at(&state)), (Due::Nothing, None));
        }
    }
}
