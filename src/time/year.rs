//! Years, decades, centuries and fiscal years.

use super::cursor::{Cursor, Found, Value};
use super::period::{Period, Unit};
use super::words::Word;
use crate::figure::TimeType;
use crate::sentence::TokenKind;
use crate::tag::Tag;

impl Cursor<'_, '_> {
    /// A year in figures that nothing counts or pays.
    pub(super) fn year(&self, i: usize) -> Option<Found> {
        let (year, 4) = self.digits(i)? else { return None };
        if !self.plausible_year(i, year) {
            return None;
        }
        if self.any(i + 1, &["bc", "b.c.", "bce"]) {
            return Some(Found::new(i, i + 2, Value::open(TimeType::Date, format!("BC{year:04}"))));
        }
        Some(Found::new(i, i + 1, year_value(year)))
    }

    fn plausible_year(&self, i: usize, year: i32) -> bool {
        if self.s.glued(i)
            && !self
                .any(i.wrapping_sub(1), &["(", "\"", "“", "[", "-", "–", "—", "/", "'", "‘", "’", "fy", "``"])
        {
            return false;
        }
        // the end of a longer row of digits: "133-03-2020"
        if self.s.glued(i)
            && self.any(i.wrapping_sub(1), &["-", "/"])
            && self.s.kind(i.wrapping_sub(2)) == TokenKind::Number
        {
            return false;
        }
        if (self.s.glued(i + 1)
            && matches!(self.s.kind(i + 1), TokenKind::Word | TokenKind::Number | TokenKind::Symbol)
            && !self.genitive(i + 1))
            || self.any(
                i + 1,
                &["%", "percent", "per", "people", "million", "billion", "trillion", "hours", "°"],
            )
            || (self.hyphen(i + 1)
                && (!matches!(self.s.kind(i + 2), TokenKind::Number) || self.hyphen(i + 3)))
            || matches!(self.word(i + 1), Some(Word::Units(_)))
        {
            return false;
        }
        let before = self.before(i);
        let cue = matches!(
            before,
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "from"
                | "during"
                | "before"
                | "after"
                | "through"
                | "throughout"
                | "fiscal"
                | "year"
                | "circa"
                | "early"
                | "late"
                | "mid"
                | "between"
                | "calendar"
                | "season"
                | "spring"
                | "summer"
                | "fall"
                | "autumn"
                | "winter"
        );
        let counted = matches!(self.s.tag(i + 1), Tag::Nouns)
            || (self.s.tag(i + 1) == Tag::Adj && self.s.tag(i + 2) == Tag::Nouns);
        if !(1900..2100).contains(&year) {
            let tallied = self
                .any(i.wrapping_sub(2), &["average", "total", "median", "maximum", "minimum", "sum", "mean"]);
            let origin = before == "of" && !tallied || (before == "to" && self.is(i.wrapping_sub(2), "back"));
            return (cue || origin)
                && !counted
                && !self.s.tag(i + 1).is_adj()
                && !matches!(self.s.tag(i + 1), Tag::Noun)
                && (1000..2200).contains(&year);
        }
        if matches!(
            before,
            "than"
                | "least"
                | "most"
                | "about"
                | "nearly"
                | "almost"
                | "roughly"
                | "over"
                | "some"
                | "to"
                | "of"
        ) && counted
        {
            return false;
        }
        !self.labelled(i)
    }

    /// Whether the number names something: "Flight 1902", "Room 2001", "No. 1999".
    fn labelled(&self, i: usize) -> bool {
        matches!(
            self.before(i),
            "flight"
                | "unit"
                | "room"
                | "route"
                | "highway"
                | "section"
                | "article"
                | "page"
                | "no."
                | "number"
                | "windows"
                | "form"
                | "act"
                | "train"
                | "bus"
                | "model"
                | "level"
                | "suite"
                | "apartment"
                | "box"
                | "top"
                | "a"
                | "an"
                | "resolution"
                | "channel"
                | "#"
                | "boeing"
                | "peugeot"
                | "mazda"
                | "russell"
        )
    }

    /// "the 1980s", "'90s", "the mid-1990s".
    pub(super) fn decade(&self, i: usize) -> Option<Found> {
        let (n, width) = self.digits(i)?;
        let plural = self.s.glued(i + 1) && self.any(i + 1, &["s", "'s", "’s"]);
        if !plural || n % 10 != 0 {
            return None;
        }
        match width {
            4 if (1000..2200).contains(&n) && (self.is(i + 1, "s") || self.s.tag(i + 2) != Tag::Noun) => {
                Some(Found::new(i, i + 2, Value::period(Period::Decade((n / 10) as i16))))
            }
            2 if (10..100).contains(&n) => {
                let apostrophe = i > 0 && self.any(i - 1, &["'", "’", "‘", "`"]) && self.s.glued(i);
                let plain =
                    self.is(i.wrapping_sub(1), "the") && n >= 50 && self.is(i + 1, "s") && !self.weather();
                let period = Period::Decade(self.century_of(n).div_euclid(10));
                (apostrophe || plain)
                    .then(|| Found::new(if apostrophe { i - 1 } else { i }, i + 2, Value::period(period)))
            }
            _ => None,
        }
    }

    /// Whether the sentence speaks of temperatures, where "the 80s" are degrees.
    fn weather(&self) -> bool {
        (0..self.s.len())
            .any(|k| self.any(k, &["high", "highs", "low", "lows", "temperature", "temperatures", "degrees"]))
    }

    /// "the 20th century", "11th-century".
    pub(super) fn century(&self, i: usize) -> Option<Found> {
        let (n, end) = self.ordinal(i)?;
        let end = self.past_hyphen(end);
        let named = self.is(end, "century") && (1..=30).contains(&n);
        named.then(|| Found::new(i, end + 1, Value::period(Period::Century((n - 1) as i16))))
    }

    /// A year in words: "nineteen ninety-six", "two thousand and fifteen", and where it ends.
    pub(super) fn year_in_words(&self, i: usize) -> Option<(i16, usize)> {
        let Some(Word::Cardinal(first)) = self.word(i) else { return None };
        if first == 2 && self.is(i + 1, "thousand") {
            let at = if self.is(i + 2, "and") { i + 3 } else { i + 2 };
            let (rest, end) = self.cardinal(at).unwrap_or((0, i + 2));
            return Some((2000 + rest as i16, end));
        }
        if !(17..=20).contains(&first) {
            return None;
        }
        let at = self.past_hyphen(i + 1);
        if self.any(at, &["oh", "o"]) {
            let (ones, end) = self.cardinal(at + 1).filter(|(n, _)| *n < 10)?;
            return Some(((first * 100 + ones) as i16, end));
        }
        let (rest, end) = self.cardinal(at).filter(|(n, _)| *n >= 10)?;
        let counted = matches!(self.word(self.past_hyphen(end)), Some(Word::Unit(_) | Word::Units(_)));
        (!counted).then_some(((first * 100 + rest) as i16, end))
    }

    /// "the 1988 second quarter", "the 1989 period".
    pub(super) fn year_period(&self, i: usize) -> Option<Found> {
        let Some((year @ 1900..2200, 4)) = self.digits(i) else { return None };
        let at = if matches!(self.word(i + 1), Some(Word::Fiscal)) { i + 2 } else { i + 1 };
        if let Some((period, end)) = self.part_of_year(at, year as i16) {
            return Some(Found::new(i, end, Value::period(period).derived()));
        }
        match (self.word(at)?, self.memory.quarter) {
            (Word::Unit(Unit::Quarter) | Word::Period, Some(Period::Quarter(_, q))) => {
                Some(Found::new(i, at + 1, Value::period(Period::Quarter(year as i16, q)).derived()))
            }
            (Word::Period, _) => {
                Some(Found::new(i, at + 1, Value::period(Period::Year(year as i16)).derived()))
            }
            (Word::Season(season), _) if self.s.tag(at + 1) != Tag::Name => Some(Found::new(
                i,
                at + 1,
                Value::period(Period::Season(year as i16, season, self.hemisphere)),
            )),
            _ => None,
        }
    }

    /// "fiscal 1989", "fiscal first quarter", "fiscal year 2024-25".
    pub(super) fn fiscal(&self, i: usize) -> Option<Found> {
        let at = if self.is(i + 1, "year") { i + 2 } else { self.past_hyphen(i + 1) };
        if let Some((year @ 1900..2200, 4)) = self.digits(at) {
            let year = i16::try_from(year).ok()?;
            if self.hyphen(at + 1)
                && let Some(found) = self.numeric_date(at, false)
            {
                return Some(Found::new(i, found.to, Value { days: None, ..found.value }));
            }
            let value = Value { days: None, ..Value::period(Period::Year(year)) };
            return Some(Found::new(i, at + 1, value));
        }
        let found = self.ordinal_period(at).filter(|f| f.value.kind == TimeType::Date)?;
        Some(Found { value: Value { days: None, ..found.value }, ..found }.from(i))
    }

    /// "year-end", "year's end", "end-year": the last day of the year; "week 31".
    pub(super) fn year_word(&self, i: usize) -> Option<Found> {
        if self.is(i, "week") {
            let (n @ 1..=53, _) = self.digits(i + 1)? else { return None };
            let first = jiff::civil::Date::new(self.publish?.year(), 1, 4).ok()?;
            let week = Period::around(Unit::Week, first)?.shift(n - 1)?;
            return self
                .s
                .glued(i + 1)
                .then_some(())
                .map_or(Some(Found::new(i, i + 2, Value::period(week))), |()| None);
        }
        if !self.is(i, "year") {
            return None;
        }
        if let Some((year @ 1000..2200, 4)) = self.digits(i + 1) {
            return Some(Found::new(i, i + 2, super::year::year_value(year)));
        }
        if let Some((year, end)) = self.year_in_words(i + 1) {
            return Some(Found::new(i, end, super::year::year_value(year.into())));
        }
        let at = if self.genitive(i + 1) { i + 2 } else { self.past_hyphen(i + 1) };
        if self.is(at, "end") && (self.s.tag(at).is_noun() || self.hyphen(i + 1)) {
            let make = |y: i16| Some(Period::Day(jiff::civil::Date::new(y, 12, 31).ok()?));
            return Some(Found::new(i, at + 1, Value::date(self.yearly(i, at + 1, make), "XXXX-12-31")));
        }
        None
    }

    /// "year-ago", "year-earlier", with the quarter or period behind it.
    pub(super) fn year_earlier(&self, i: usize) -> Option<Found> {
        let at = self.past_hyphen(i + 1);
        if !self.is(i, "year") || !self.any(at, &["ago", "earlier"]) {
            return None;
        }
        let end = at + 1;
        let last_year = self.relative(Unit::Year, -1).and_then(|p| p.days()).map(|(d, _)| d.year());
        if let Some((period, after)) = last_year.and_then(|y| self.part_of_year(end, y)) {
            return Some(Found::new(i, after, Value::period(period).derived()));
        }
        if let Some(length) = self.length(end).filter(|l| l.unit == Unit::Month && l.count.is_many()) {
            return Some(Found::new(i, length.end, Value::open(TimeType::Duration, length.timex())));
        }
        let quarter = self.memory.quarter.and_then(|q| q.shift_years(-1));
        let period = quarter.or(last_year.map(Period::Year));
        let noun = matches!(self.word(end), Some(Word::Unit(Unit::Quarter) | Word::Period));
        Some(Found::new(i, if noun { end + 1 } else { end }, Value::date(period, "XXXX").derived()))
    }
}

/// A whole year.
pub(super) fn year_value(year: i32) -> Value {
    Value::date(i16::try_from(year).ok().map(Period::Year), format!("{year:04}"))
}
