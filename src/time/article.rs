//! Times that begin with "the", "early", "the end of" and ordinals, and the words made of "year".

use super::cursor::{Cursor, Found, Value};
use super::period::{Period, Unit};
use super::tense::Lean;
use super::words::Word;
use crate::figure::TimeType;
use crate::tag::Tag;

impl Cursor<'_, '_> {
    /// A time that begins with "the" at token `i`.
    pub(super) fn the(&self, i: usize) -> Option<Found> {
        let at = i + 1;
        if let Some(found) =
            self.year_earlier(if matches!(self.word(at), Some(Word::Adjective)) { at + 1 } else { at })
        {
            // alone it is an adjective: "the year-ago results"
            return Some(if found.to > at + 3 || !matches!(self.word(at), Some(Word::Unit(_))) {
                found.from(i)
            } else {
                found
            });
        }
        let found = match self.word(at) {
            Some(Word::Direction(_)) => return self.the_directed(i),
            Some(Word::Future) => return self.future(i, at),
            Some(Word::Adjective) if self.is(at, "near") || self.any(at, &["short", "long"]) => {
                return match self.word(at + 1) {
                    Some(Word::Future) => self.future(i, at + 1),
                    _ if self.is(at + 1, "term") => {
                        Some(Found::new(i, at + 2, Value::open(TimeType::Date, "FUTURE_REF")))
                    }
                    _ => None,
                };
            }
            Some(Word::PartOf) => self.part_of(at),
            Some(Word::Edge) => {
                self.edge(at).or_else(|| self.early_period(at)).or_else(|| self.early_part(at))
            }
            Some(Word::Unit(unit)) if unit >= Unit::Day => return self.the_unit(i, at),
            Some(Word::Moment) if self.is(i.wrapping_sub(1), "at") && !self.is(at + 1, "of") => {
                return Some(Found::new(i, at + 1, Value::open(TimeType::Date, "PRESENT_REF")));
            }
            Some(Word::Fiscal | Word::Adjective) if matches!(self.word(at + 1), Some(Word::Unit(_))) => {
                return self.the_unit(i, at + 1);
            }
            Some(Word::Season(_)) => self.season(at),
            Some(Word::Weekday(_)) => self.before_or_after(i, at),
            Some(Word::Decade(n)) => {
                let century = self.publish.map_or(200, |d| d.year().div_euclid(10));
                let decade = century - century.rem_euclid(10) + n;
                Some(Found::new(
                    at,
                    at + 1,
                    Value::period(Period::Decade(if decade > century { decade - 10 } else { decade })),
                ))
            }
            Some(Word::Part(part)) if self.s.tag(at + 1) != Tag::Noun => {
                self.before_or_after(i, at).or_else(|| self.the_part(at, part))
            }
            Some(Word::Cardinal(_) | Word::Some) => return self.the_length(i, at),
            _ => None,
        };
        found
            .or_else(|| self.year_period(at))
            .or_else(|| self.century(at))
            .or_else(|| self.decade(if self.any(at, &["'", "’", "‘"]) { at + 1 } else { at }))
            .or_else(|| self.ordinal_period(at).filter(|f| !self.hyphenated(f)))
            .or_else(|| self.day_month(at).filter(|_| self.ordinal(at).is_some()))
            .or_else(|| self.placed(at))
            .or_else(|| self.numbered_day(at))
            .or_else(|| self.digits(at).and_then(|_| self.the_length(i, at)))
            .map(|f| f.from(i))
    }

    pub(super) fn hyphenated(&self, found: &Found) -> bool {
        (found.from..found.to).any(|k| self.hyphen(k))
    }

    /// "the last week", "the same month", "the past", "the latest fiscal year".
    fn the_directed(&self, i: usize) -> Option<Found> {
        let found = self.placed(i + 1).or_else(|| self.final_part(i + 1)).or_else(|| self.directed(i + 1));
        if let Some(found) = found {
            return Some(found.from(i));
        }
        if let Some((period, end)) = self.publish.and_then(|d| self.part_of_year(i + 1, d.year())) {
            return Some(self.of_year(Found::new(i, end, Value::period(period)), i + 1));
        }
        let past = self.is(i + 1, "past") && !self.s.tag(i + 2).is_noun() && self.s.tag(i + 2) != Tag::Num;
        past.then(|| Found::new(i, i + 2, Value::open(TimeType::Date, "PAST_REF")))
    }

    pub(super) fn future(&self, from: usize, at: usize) -> Option<Found> {
        let noun = self.s.tag(at) != Tag::Adj && !self.s.tag(at + 1).is_noun() && !self.is(at + 1, "of");
        noun.then(|| Found::new(from, at + 1, Value::open(TimeType::Date, "FUTURE_REF")))
    }

    /// "the quarter", "the weekend", "the fiscal year", "the week of April 10", "the year 2008".
    fn the_unit(&self, i: usize, at: usize) -> Option<Found> {
        let Some(Word::Unit(unit)) = self.word(at) else { return None };
        let end = at + 1;
        if unit < Unit::Day || (self.hyphen(end) && !self.is(end + 1, "end")) || self.of_something_else(i) {
            return None;
        }
        if let Some(found) = self.year_word(at) {
            return Some(found.from(i));
        }
        if let Some(found) = self.week_of_day(i, at).or_else(|| self.before_or_after(i, at)) {
            return Some(found);
        }
        if self.is(end, "of") && !self.is(end + 1, "the")
            || (self.s.tag(end).is_noun() && !self.s.tag(end).is_name())
        {
            return None;
        }
        let ended = self.any(end, &["ended", "ending", "to", "through"]);
        let period = match unit {
            Unit::Quarter => self.memory.quarter.or_else(|| self.relative(unit, if ended { 0 } else { -1 })),
            Unit::Day => match self.memory.last {
                Some(Period::Day(day)) => Some(Period::Day(day)),
                _ => self.relative(unit, 0),
            },
            // "over the weekend" is the one behind us unless the tense looks ahead
            Unit::Weekend => {
                let this = self.relative(unit, 0);
                let begun = this
                    .and_then(Period::days)
                    .zip(self.publish)
                    .is_some_and(|(days, today)| days.0 <= today);
                let lean = self.lean(i, end);
                let near = self.publish.is_some_and(|d| d.weekday().to_monday_one_offset() >= 4)
                    && lean == Lean::Near;
                if begun || near || lean == Lean::Future { this } else { self.relative(unit, -1) }
            }
            _ => self.relative(unit, 0),
        };
        let open = match unit {
            Unit::Quarter => "XXXX-QX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Week | Unit::Fortnight => "XXXX-WXX",
            Unit::Month => "XXXX-XX",
            Unit::Day => "XXXX-XX-XX",
            _ => "XXXX",
        };
        if ended && unit == Unit::Year {
            return Some(Found::new(i, end, Value::open(TimeType::Duration, "P1Y")));
        }
        let value = Value::date(period, open);
        let fiscal = matches!(self.word(at - 1), Some(Word::Fiscal));
        let value = if fiscal || ended { Value { days: None, ..value } } else { value };
        Some(self.quarter_of_year(Found::new(i, end, value)))
    }

    /// "the week of April 10", "weekend of Thanksgiving".
    pub(super) fn week_of_day(&self, from: usize, at: usize) -> Option<Found> {
        if !self.any(at + 1, &["of", "beginning", "commencing", "ending", "ended"]) {
            return None;
        }
        let base = || self.simple(at + 2).and_then(|f| Some((f.value.day()?, f.to)));
        let (period, end) = match self.word(at)? {
            Word::Unit(Unit::Week) => base().map(|(day, end)| (Period::around(Unit::Week, day), end))?,
            Word::Unit(Unit::Weekend) => base().map(|(day, end)| (Period::weekend_beside(day), end))?,
            _ => return None,
        };
        Some(Found::new(from, end, Value::date(period, "XXXX-WXX")))
    }

    /// Whether "of the year" belongs to another thing: "player of the year".
    fn of_something_else(&self, i: usize) -> bool {
        const PARTS: [&str; 28] = [
            "end",
            "beginning",
            "start",
            "rest",
            "remainder",
            "most",
            "much",
            "part",
            "half",
            "quarter",
            "quarters",
            "months",
            "days",
            "weeks",
            "week",
            "day",
            "month",
            "middle",
            "course",
            "close",
            "balance",
            "all",
            "out",
            "hours",
            "period",
            "time",
            "eve",
            "dawn",
        ];
        i >= 2 && self.is(i - 1, "of") && !self.any(i - 2, &PARTS)
    }

    fn the_part(&self, at: usize, part: super::period::Part) -> Option<Found> {
        if self.is(at + 1, "of")
            && let Some(day) = self.simple(at + 2).filter(|f| f.value.is_day())
        {
            return Some(Found::new(at, day.to, day.value.at(part.timex())));
        }
        let sure = self.any(at.wrapping_sub(2), &["in", "during", "for", "through", "of"]);
        sure.then(|| Found::new(at, at + 1, Value::open(TimeType::Time, part.timex())))
    }

    /// "the nine months", "the first two years" as lengths.
    fn the_length(&self, from: usize, at: usize) -> Option<Found> {
        let length = self.length(at).filter(|l| !l.hyphenated && l.count.is_many() && l.unit >= Unit::Day)?;
        let plural = matches!(self.word(length.end - 1), Some(Word::Units(_)));
        let before = self.any(length.end, &["before", "after", "since", "old"]);
        (plural && !before)
            .then(|| Found::new(from, length.end, Value::open(TimeType::Duration, length.timex())))
    }

    /// "third quarter", "second-half", "first nine months", with the year it belongs to.
    pub(super) fn ordinal_period(&self, i: usize) -> Option<Found> {
        let (n, end) = self.ordinal(i)?;
        let fiscal = matches!(self.word(end), Some(Word::Fiscal));
        let at = if fiscal { end + 1 } else { self.past_hyphen(end) };
        if n == 1
            && let Some(length) =
                self.length(at).filter(|l| l.unit >= Unit::Week && l.count.is_many() && !l.hyphenated)
            && !self.is(at + 1, "quarters")
        {
            return Some(Found::new(i, length.end, Value::open(TimeType::Duration, length.timex())));
        }
        if let Some(Word::Units(Unit::Quarter)) = self.word(at) {
            return Some(Found::new(i, at + 1, Value::open(TimeType::Set, format!("XXXX-Q{n}"))));
        }
        let make = |y: i16| {
            if fiscal {
                self.part_of_year(at - 2, y).or_else(|| quarter(y, n).map(|q| (q, at + 1)))
            } else {
                self.part_of_year(i, y)
            }
        };
        let (_, end) = make(2000).filter(|_| !fiscal || self.is(at, "quarter"))?;
        // "a quarter of" is a share; "the first half of the list" is no time
        let half = matches!(self.word(end - 1), Some(Word::Half));
        if half
            && self.is(end, "of")
            && self.of_year_at(end + 1).is_none()
            && !self.any(end + 1, &["the", "this", "last", "next"])
        {
            return None;
        }
        let period = self.yearly(i, end, |y| make(y).map(|(p, _)| p));
        let open = if half { format!("XXXX-H{n}") } else { format!("XXXX-Q{n}") };
        Some(self.of_year(Found::new(i, end, Value::date(period, open)), i))
    }

    /// Adds "of 1990", "of last year", "1990", "last year" to a quarter or half.
    fn of_year(&self, found: Found, ordinal_at: usize) -> Found {
        let of = self.is(found.to, "of");
        let at = if of { found.to + 1 } else { found.to };
        let Some((year, end)) = self.of_year_at(at) else { return found };
        let (Some((period, _)), true) =
            (self.part_of_year(ordinal_at, year), of || self.digits(at).is_some())
        else {
            return found;
        };
        Found::new(found.from, end, Value::period(period))
    }

    fn of_year_at(&self, at: usize) -> Option<(i16, usize)> {
        if let Some((year @ 1900..2200, 4)) = self.digits(at) {
            return Some((year as i16, at + 1));
        }
        let at = if matches!(self.word(at), Some(Word::Fiscal)) { at + 1 } else { at };
        if let Some((year @ 1900..2200, 4)) = self.digits(at) {
            return Some((year as i16, at + 1));
        }
        let year = match self.word(at)? {
            Word::The => self.the(at)?,
            Word::Direction(_) => self.directed(at)?,
            _ => return None,
        };
        match year.value.period {
            Some(Period::Year(y)) => Some((y, year.to)),
            _ => None,
        }
    }

    /// "early Tuesday", "late last week", "mid-November", "earlier this month", "later in the day".
    pub(super) fn edge(&self, i: usize) -> Option<Found> {
        let mut at = self.past_hyphen(i + 1);
        if self.any(at, &["in", "on"]) && !self.is(i, "mid") {
            at += 1;
        }
        if let Some(Word::Part(part)) = self.word(at) {
            let alone = self.any(i.wrapping_sub(1), &["in", "by", "since", "until", "during", "from"])
                && !self.s.tag(at + 1).is_noun();
            let to = at + 1;
            return (self.is(i, "mid") || alone)
                .then(|| Found::new(i, to, Value::open(TimeType::Time, part.timex())));
        }
        let found = match self.word(at) {
            Some(Word::Season(_)) => self.season(at),
            _ => self.simple(at),
        }?;
        let sound = match found.value.kind {
            TimeType::Set => false,
            TimeType::Duration => at == i + 1,
            _ => true,
        };
        let clock = found.value.timex.starts_with('T');
        (sound && !clock && !found.value.timex.ends_with("_REF")).then(|| found.from(i))
    }

    /// "the early morning", "early hours of Sunday".
    fn early_part(&self, at: usize) -> Option<Found> {
        if self.is(at + 1, "hours") && self.is(at + 2, "of") {
            let day = self.simple(at + 3).filter(|f| f.value.is_day())?;
            return Some(Found::new(at, day.to, day.value.at("TMO")));
        }
        let Some(Word::Part(part)) = self.word(at + 1) else { return None };
        (!self.s.tag(at + 2).is_noun())
            .then(|| Found::new(at, at + 2, Value::open(TimeType::Time, part.timex())))
    }

    /// "the early years": a vague stretch.
    fn early_period(&self, at: usize) -> Option<Found> {
        let Some(Word::Units(unit)) = self.word(at + 1) else { return None };
        (unit >= Unit::Day)
            .then(|| Found::new(at, at + 2, Value::open(TimeType::Duration, unit.duration("X"))))
    }

    /// "end of 1990", "beginning of October", "rest of this year".
    pub(super) fn part_of(&self, i: usize) -> Option<Found> {
        if !self.is(i + 1, "of") {
            return None;
        }
        let found = match self.word(i + 2) {
            Some(Word::Season(_)) => self.season(i + 2),
            _ => self.simple(i + 2),
        }?;
        let calendar = found.value.period.is_some() || found.value.timex.starts_with('X');
        (calendar && found.value.kind == TimeType::Date).then(|| found.from(i))
    }

    /// A season, with its year where one is given; alone it has to follow a preposition.
    pub(super) fn season(&self, i: usize) -> Option<Found> {
        let Some(Word::Season(season)) = self.word(i) else { return None };
        let make = |y: i16| Some(Period::Season(y, season, self.hemisphere));
        let of = if self.is(i + 1, "of") { i + 2 } else { i + 1 };
        if let Some((year @ 1900..2200, 4)) = self.digits(of) {
            return Some(Found::new(i, of + 1, Value::date(make(year as i16), "")));
        }
        if let Some((year, end)) = self.year_in_words(of) {
            return Some(Found::new(i, end, Value::date(make(year), "")));
        }
        let verb = self.s.tag(i).is_verb();
        let capital = self.s.word(i).starts_with(|c: char| c.is_uppercase()) && i > 0;
        let cue = self.any(
            i.wrapping_sub(1),
            &[
                "in", "by", "since", "until", "during", "the", "early", "late", "mid", "through", "-", "of",
                "for",
            ],
        );
        let of_thing = self.is(i + 1, "of")
            || self.s.tag(i + 1).is_noun()
            || self.any(i + 1, &["in", "to", "from"]) && season == super::period::Season::Fall;
        (!verb && !capital && cue && !of_thing).then(|| {
            Found::new(i, i + 1, Value::date(self.yearly(i, i + 1, make), format!("XXXX-{}", season.timex())))
        })
    }
}

fn quarter(year: i16, n: i32) -> Option<Period> {
    (1..=4).contains(&n).then_some(Period::Quarter(year, n as i8))
}
