//! Lengths of time: "three years ago", "a few weeks", "the nine months".

use super::cursor::{Cursor, Found, Value};
use super::period::{Period, Unit, add};
use super::words::Word;
use crate::figure::TimeType;
use crate::sentence::TokenKind;
use crate::tag::Tag;

/// How many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Count {
    /// Halves, so that "two and a half" is 5.
    Halves(i32),
    /// "several", "a few".
    Few,
    /// "two or three", "12 to 18".
    Range,
}

impl Count {
    /// The whole number, where it is one.
    pub(super) fn exact(self) -> Option<i32> {
        match self {
            Count::Halves(n) if n % 2 == 0 => Some(n / 2),
            _ => None,
        }
    }

    pub(super) fn is_many(self) -> bool {
        self != Count::Halves(2)
    }
}

/// A count of units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    pub(super) count: Count,
    pub(super) unit: Unit,
    pub(super) end: usize,
    /// "two-year" before a noun.
    pub(super) hyphenated: bool,
    /// Counted by "a" or "an".
    pub(super) article: bool,
}

impl Length {
    /// Its TIMEX3 value.
    pub(super) fn timex(&self) -> String {
        let fortnights = if self.unit == Unit::Fortnight { 2 } else { 1 };
        match self.count {
            Count::Few | Count::Range => self.unit.duration("X"),
            Count::Halves(n) if n % 2 == 0 => {
                self.unit.duration(&(n / 2).saturating_mul(fortnights).to_string())
            }
            Count::Halves(n) => match self.unit {
                Unit::Year => format!("P{}Y6M", n / 2).replace("P0Y", "P"),
                Unit::Hour => format!("PT{}H30M", n / 2).replace("PT0H", "PT"),
                Unit::Minute => format!("PT{}M30S", n / 2).replace("PT0M", "PT"),
                unit => unit.duration(&format!("{}.5", n / 2)),
            },
        }
    }
}

impl Cursor<'_, '_> {
    /// A count before a unit, and where it ends.
    fn count(&self, i: usize) -> Option<(Count, usize)> {
        let whole = |n: i32, end: usize| Some((Count::Halves(n.checked_mul(2)?), end));
        if let Some((n, _)) = self.digits(i) {
            // "2 1/2"
            if self.is(i + 1, "1") && self.is(i + 2, "/") && self.is(i + 3, "2") {
                return Some((Count::Halves(n * 2 + 1), i + 4));
            }
            return whole(n, i + 1);
        }
        match self.word(i)? {
            Word::Cardinal(_) => {
                let (n, end) = self.cardinal(i)?;
                match self.s.lower(end) {
                    "hundred" => whole(n * 100, end + 1),
                    "thousand" => whole(n * 1000, end + 1),
                    "and" if self.is(end + 1, "a") && self.is(end + 2, "half") => {
                        Some((Count::Halves(n * 2 + 1), end + 3))
                    }
                    "or" | "to" => match self.cardinal(end + 1) {
                        Some((_, after)) if self.word(after).is_some() => Some((Count::Range, after)),
                        _ => whole(n, end),
                    },
                    _ => whole(n, end),
                }
            }
            Word::A => match self.word(i + 1) {
                Some(Word::Couple) => whole(2, if self.is(i + 2, "of") { i + 3 } else { i + 2 }),
                Some(Word::Some) if self.is(i + 1, "few") => Some((Count::Few, i + 2)),
                Some(Word::Dozen) => whole(12, i + 2),
                Some(Word::Half) => Some((Count::Halves(1), i + 2)),
                _ if self.any(i + 1, &["hundred", "thousand"]) => {
                    whole(if self.is(i + 1, "hundred") { 100 } else { 1000 }, i + 2)
                }
                _ => whole(1, i + 1),
            },
            Word::Half if matches!(self.word(i + 1), Some(Word::A)) => Some((Count::Halves(1), i + 2)),
            Word::Some => Some((Count::Few, i + 1)),
            Word::Couple => whole(2, if self.is(i + 1, "of") { i + 2 } else { i + 1 }),
            _ => None,
        }
    }

    /// A count with its unit: "two weeks", "2 1/2 years", "a few trading days", "a year and a half".
    pub(super) fn length(&self, i: usize) -> Option<Length> {
        let (count, mut at) = self.count(i)?;
        let hyphenated = self.hyphen(at);
        at = self.past_hyphen(at);
        while matches!(self.word(at), Some(Word::Adjective | Word::Fiscal)) && at < i + 6 {
            at += 1;
        }
        let (Word::Unit(unit) | Word::Units(unit)) = self.word(at)? else { return None };
        let mut end = at + 1;
        let mut count = count;
        if self.is(end, "and") && self.is(end + 1, "a") && self.is(end + 2, "half") {
            if let Count::Halves(n) = count {
                count = Count::Halves(n + 1);
            }
            end += 3;
        }
        if (self.is(end, "or") && self.any(end + 1, &["so", "two"])) && !self.hyphen(end) {
            end += 2;
        }
        let article = matches!(self.word(i), Some(Word::A)) && at == i + 1;
        Some(Length { count, unit, end, hyphenated, article })
    }

    /// A length of time that is a time: counted from now or from another time, or vague.
    pub(super) fn length_of_time(&self, i: usize) -> Option<Found> {
        let length = self.length(i)?;
        if let Some(found) = self.counted_from(i, &length) {
            return Some(found);
        }
        if length.hyphenated || self.is(length.end, "old") || self.hyphen(length.end) {
            return None;
        }
        let vague = length.count == Count::Few && !self.any(i, &["couple"]);
        if length.article && !self.stands_for_one(i, &length) {
            return None;
        }
        (vague || length.article)
            .then(|| Found::new(i, length.end, Value::open(TimeType::Duration, length.timex())))
    }

    /// Whether "a week" is a length: "for a week", not "$5 a week" or "a day that …".
    fn stands_for_one(&self, i: usize, length: &Length) -> bool {
        let lengthy = matches!(
            self.before(i),
            "for"
                | "within"
                | "in"
                | "over"
                | "nearly"
                | "almost"
                | "barely"
                | "about"
                | "than"
                | "least"
                | "after"
                | "before"
                | "around"
                | "under"
                | "of"
                | "takes"
                | "took"
                | "lasted"
                | "lasts"
                | "last"
                | "only"
                | "just"
                | "spent"
                | "spend"
                | "up"
        );
        lengthy
            && length.unit != Unit::Quarter
            && !matches!(self.s.tag(length.end), Tag::Noun | Tag::Nouns)
            && !self.hyphen(length.end)
    }

    /// "three years ago", "a day later", "two weeks before Christmas", "in two months".
    fn counted_from(&self, i: usize, length: &Length) -> Option<Found> {
        let end = length.end;
        let at = self.past_hyphen(end);
        let from = self.approximators(i);
        match self.s.lower(at) {
            "ago" => return Some(Found::new(from, at + 1, self.ago(length))),
            "earlier" | "previously" | "before" if self.ends_phrase(at) => {
                return Some(Found::new(from, at + 1, self.counted(length, -1, true)));
            }
            "later" | "afterward" | "afterwards" | "hence" | "on"
                if self.ends_phrase(at) && (!self.is(at, "on") || self.is(at + 1, ",")) =>
            {
                return Some(Found::new(from, at + 1, self.counted(length, 1, true)));
            }
            "from" if self.is(at + 1, "now") => {
                return Some(Found::new(from, at + 2, self.counted(length, 1, false)));
            }
            "from" | "after" | "before" if !length.hyphenated => {
                if let Some(found) = self.counted_from_day(i, length, at) {
                    return Some(found);
                }
            }
            _ => {}
        }
        let future = self.is(i.wrapping_sub(1), "in") && !length.hyphenated && self.lean_is_future(i, end);
        // "in a quarter" may be a share
        let share = length.article && length.unit == Unit::Quarter;
        let plain = !share
            && length.count.exact().is_some()
            && length.unit >= Unit::Day
            && !self.s.tag(end).is_noun();
        let time = self.genitive(end) && self.is(end + 1, "time");
        ((future && plain) || time).then(|| {
            let to = if time { end + 2 } else { end };
            Found::new(i - usize::from(self.is(i.wrapping_sub(1), "in")), to, self.counted(length, 1, false))
        })
    }

    fn lean_is_future(&self, from: usize, to: usize) -> bool {
        self.lean(from, to) == super::tense::Lean::Future
    }

    /// Whether "before" or "earlier" ends the phrase rather than going on to a noun or verb.
    fn ends_phrase(&self, at: usize) -> bool {
        let next = self.s.tag(at + 1);
        !self.is(at, "before") || matches!(next, Tag::Punct | Tag::Cconj) || self.s.len() == at + 1
    }

    /// "3 days from Tuesday", "2 weeks before May 13", "two days after today".
    fn counted_from_day(&self, i: usize, length: &Length, at: usize) -> Option<Found> {
        let sign = if self.is(at, "before") { -1 } else { 1 };
        let base = self.simple(at + 1)?;
        let end = base.to;
        let day = base.value.day()?;
        let value = Value::date(add(day, length.unit, sign * length.count.exact()?).map(Period::Day), "");
        (!value.timex.is_empty()).then(|| Found::new(i, end, value))
    }

    /// "all day", "all week long": the whole of one.
    pub(super) fn all_of(&self, i: usize) -> Option<Found> {
        let Word::Unit(unit @ (Unit::Day | Unit::Weekend | Unit::Week | Unit::Month | Unit::Year)) =
            self.word(i + 1)?
        else {
            return None;
        };
        let end = if self.is(i + 2, "long") { i + 3 } else { i + 2 };
        let alone = !self.s.tag(end).is_noun() && !self.genitive(end) && !self.hyphen(end);
        alone.then(|| Found::new(i, end, Value::open(TimeType::Duration, unit.duration("1"))))
    }

    /// "about", "nearly", "more than" and the like before a count: where they begin.
    fn approximators(&self, i: usize) -> usize {
        let two = i >= 2
            && (self.is(i - 1, "than") && self.any(i - 2, &["more", "less"])
                || self.is(i - 1, "least") && self.is(i - 2, "at"));
        // "pays $300 more than a year ago" compares an amount
        let amount =
            |k: usize| self.s.kind(k) == TokenKind::Number || self.s.tag(k).is_noun() || self.is(k, "%");
        if two && !(i > 2 && self.is(i - 1, "than") && amount(i - 3)) {
            return i - 2;
        }
        if self.any(
            i.wrapping_sub(1),
            &["about", "nearly", "almost", "around", "roughly", "over", "some", "just", "only"],
        ) {
            i - 1
        } else {
            i
        }
    }

    /// "a year ago" where the document speaks of a quarter is that quarter of the year before.
    fn ago(&self, length: &Length) -> Value {
        if length.count == Count::Halves(2)
            && length.unit == Unit::Year
            && let Some(quarter) = self.memory.quarter.and_then(|q| q.shift_years(-1))
        {
            return Value::period(quarter).derived();
        }
        self.counted(length, -1, false).derived()
    }

    /// The period a length away from now, or from the last time named.
    fn counted(&self, length: &Length, sign: i32, remembered: bool) -> Value {
        let reference = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        let Some(n) = length.count.exact() else { return Value::open(TimeType::Date, reference) };
        if remembered
            && length.unit == Unit::Year
            && let Some(period) =
                self.memory.quarter.or(self.memory.last).and_then(|p| p.shift_years(sign * n))
        {
            return Value::period(period).derived();
        }
        let base =
            self.memory.last.filter(|_| remembered).and_then(Period::days).map(|d| d.0).or(self.publish);
        let day = base.and_then(|d| add(d, length.unit, sign.checked_mul(n)?));
        // a count of weeks leads to a day, one of months to a month
        let unit = if length.unit < Unit::Month { Unit::Day } else { length.unit };
        let period = day.and_then(|d| Period::around(unit, d));
        Value::date(period.filter(|_| length.unit >= Unit::Day), reference)
    }
}
