//! What comes again and again: "twice a week", "every Monday", "mornings", "the 1st of every month".

use super::cursor::{Cursor, Found, Value};
use super::period::Unit;
use super::words::Word;
use crate::figure::TimeType;
use crate::tag::Tag;

impl Cursor<'_, '_> {
    /// "twice a week", "three times a year", "once every two months".
    pub(super) fn times_a_week(&self, i: usize) -> Option<Found> {
        let at = match self.word(i) {
            Some(Word::Once) => i + 1,
            _ => {
                let end = self.cardinal(i).map(|c| c.1).or_else(|| self.digits(i).map(|_| i + 1))?;
                if !self.is(end, "times") {
                    return None;
                }
                end + 1
            }
        };
        if matches!(self.word(at), Some(Word::Each)) {
            return self.each(at).map(|f| f.from(i));
        }
        if let Some(Word::Frequency(timex)) = self.word(at) {
            return Some(Found::new(i, at + 1, Value::open(TimeType::Set, timex)));
        }
        let per = matches!(self.word(at), Some(Word::A)) || self.is(at, "per");
        match self.word(at + 1) {
            Some(Word::Unit(unit)) if per => {
                Some(Found::new(i, at + 2, Value::open(TimeType::Set, unit.duration("1"))))
            }
            _ => None,
        }
    }

    /// "every Monday", "each year", "every other day", "every three weeks", "every July", "every night".
    pub(super) fn each(&self, i: usize) -> Option<Found> {
        let set = |end: usize, timex: String| Some(Found::new(i, end, Value::open(TimeType::Set, timex)));
        let at = i + 1;
        let other = self.is(at, "other").then_some((2, at + 1));
        if let Some((n, end)) = other.or_else(|| self.ordinal(at)) {
            match self.word(end) {
                Some(Word::Unit(unit)) if unit >= Unit::Day || n == 2 => {
                    return set(end + 1, unit.duration(&n.to_string()));
                }
                Some(Word::Weekday(n)) => return set(end + 1, format!("XXXX-WXX-{n}")),
                _ => {}
            }
        }
        if let Some(length) = self.length(at).filter(|l| !l.hyphenated) {
            return set(length.end, length.timex());
        }
        match self.word(at)? {
            Word::Unit(unit) if !self.is(at, "second") => set(at + 1, unit.duration("1")),
            Word::Weekday(n) => match self.word(at + 1) {
                Some(Word::Part(part)) => set(at + 2, format!("XXXX-WXX-{n}{}", part.timex())),
                _ => set(at + 1, format!("XXXX-WXX-{n}")),
            },
            Word::Month(m) => set(at + 1, format!("XXXX-{m:02}")),
            Word::Season(season) => set(at + 1, format!("XXXX-{}", season.timex())),
            Word::Part(part) => set(at + 1, part.timex().to_owned()),
            _ => self.holiday(at).and_then(|(holiday, end)| set(end, holiday.timex())),
        }
    }

    /// "Thursday" of "every Tuesday and Thursday".
    pub(super) fn each_in_list(&self, i: usize) -> Option<Found> {
        let Word::Weekday(n) = self.word(i)? else { return None };
        let mut first = i;
        while i - first < 12 && self.any(first.wrapping_sub(1), &["and", "or", ","]) {
            let back = if self.is(first.wrapping_sub(2), ",") { 3 } else { 2 };
            match self.word(first.wrapping_sub(back)) {
                Some(Word::Weekday(_)) => first -= back,
                _ => break,
            }
        }
        let each = first < i && matches!(self.word(first.wrapping_sub(1)), Some(Word::Each));
        each.then(|| Found::new(i, i + 1, Value::open(TimeType::Set, format!("XXXX-WXX-{n}"))))
    }

    /// Whether a number or article stands before token `i`.
    fn counted_before(&self, i: usize) -> bool {
        let before = i.wrapping_sub(1);
        self.s.tag(before) == Tag::Num
            || self.any(before, &["the", "few", "several", "many", "past", "last", "next", "two", "three"])
    }

    /// "within weeks", "for years": a length nobody counts.
    fn vague_length(&self, i: usize, unit: Unit) -> Option<Found> {
        let before = self.any(
            i.wrapping_sub(1),
            &["within", "for", "over", "in", "after", "takes", "take", "took", "lasted"],
        );
        let mut end = i + 1;
        if self.is(end, "or")
            && let Some(Word::Units(_)) = self.word(end + 1)
        {
            end += 2;
        }
        let alone =
            !self.s.tag(end).is_noun() && !self.any(end, &["of", "before", "-"]) && unit >= Unit::Hour;
        (before && alone).then(|| Found::new(i, end, Value::open(TimeType::Duration, unit.duration("X"))))
    }

    /// "Mondays", "Tuesday nights", "weekends", "mornings".
    pub(super) fn plural(&self, i: usize) -> Option<Found> {
        let set = |end: usize, timex: String| Some(Found::new(i, end, Value::open(TimeType::Set, timex)));
        match self.word(i)? {
            // "two Fridays" are none that come again
            Word::Weekdays(n) if self.s.tag(i.wrapping_sub(1)) != Tag::Num => {
                set(i + 1, format!("XXXX-WXX-{n}"))
            }
            Word::Weekday(n) => match self.word(i + 1)? {
                Word::Parts(part) => set(i + 2, format!("XXXX-WXX-{n}{}", part.timex())),
                _ => None,
            },
            Word::Units(Unit::Weekend) if !self.counted_before(i) => set(i + 1, "P1WE".into()),
            Word::Parts(part) if part != super::period::Part::Night && !self.counted_before(i) => {
                set(i + 1, part.timex().into())
            }
            Word::Parts(part)
                if self.any(i.wrapping_sub(1), &["in", "on"])
                    || self.is(i.wrapping_sub(1), "the") && self.is(i.wrapping_sub(2), "in") =>
            {
                set(i + 1, part.timex().into())
            }
            // "months ago", "weeks later"
            Word::Units(unit) if self.any(i + 1, &["ago", "earlier", "later"]) && unit >= Unit::Day => {
                let reference = if self.is(i + 1, "later") { "FUTURE_REF" } else { "PAST_REF" };
                Some(Found::new(i, i + 2, Value::open(TimeType::Date, reference)))
            }
            Word::Units(unit) => self.vague_length(i, unit),
            _ => None,
        }
    }
}
