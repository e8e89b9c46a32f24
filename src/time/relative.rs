//! Times counted from another: "last week", "this year's third quarter", "the latest period".

use super::calendar::span_of;
use super::cursor::{Cursor, Found, Value};
use super::period::{Period, Unit};
use super::words::{Direction, Word};
use crate::figure::TimeType;
use crate::tag::Tag;

impl Cursor<'_, '_> {
    /// A time that begins with "last", "next", "this" and the like, at token `i`.
    pub(super) fn directed(&self, i: usize) -> Option<Found> {
        let Some(Word::Direction(first)) = self.word(i) else { return None };
        let (direction, at) = match (first, self.word(i + 1)) {
            (Direction::This, Some(Word::Direction(second))) if !self.is(i + 1, "same") => (second, i + 2),
            _ => (first, i + 1),
        };
        let plural = self.length(at).filter(|l| l.count.is_many() && !l.hyphenated);
        if let Some(length) = plural {
            return match direction {
                Direction::Last | Direction::Latest | Direction::Next | Direction::Following => {
                    Some(self.stretch(i, &length, direction))
                }
                _ => None,
            };
        }
        let fiscal = matches!(self.word(at), Some(Word::Fiscal | Word::Adjective));
        let at = if fiscal { at + 1 } else { at };
        let found = self.target(i, at, direction)?;
        let value = if fiscal && !self.is(at - 1, "full") {
            Value { days: None, ..found.value }
        } else {
            found.value
        };
        Some(self.quarter_of_year(Found { value, ..found }))
    }

    /// "the past two weeks": a length of time that ends or begins at the publication date.
    pub(super) fn stretch(&self, from: usize, length: &super::length::Length, direction: Direction) -> Found {
        let back = matches!(direction, Direction::Last | Direction::Latest);
        let days = self.publish.zip(length.count.exact()).and_then(|(today, n)| {
            let other = super::period::add(today, length.unit, if back { -n } else { n })?;
            Some(if back { (other, today) } else { (today, other) })
        });
        let anchored = direction != Direction::Following;
        Found::new(from, length.end, Value::length(length.timex(), days.filter(|_| anchored)))
    }

    /// What "last", "next" or "this" picks: a week, a month by name, a weekday, a season, a part of the day.
    fn target(&self, from: usize, at: usize, direction: Direction) -> Option<Found> {
        let step = match direction {
            Direction::Last => -1,
            Direction::Next | Direction::Following => 1,
            Direction::This | Direction::Same | Direction::Latest => 0,
        };
        let end = at + 1;
        if let Some(found) = self.directed_holiday(from, at, step) {
            return Some(found);
        }
        let dated = |value: Value| Some(Found::new(from, end, value));
        match self.word(at)? {
            Word::Unit(unit) => self.unit(from, at, unit, direction, step),
            Word::Units(unit) if step != 0 && unit >= Unit::Day && !self.is(at, "min") => {
                dated(Value::open(TimeType::Date, if step < 0 { "PAST_REF" } else { "FUTURE_REF" }))
            }
            Word::Month(_) | Word::MonthShort(_) => self.directed_month(from, at, step),
            Word::Weekday(n) | Word::WeekdayShort(n) => {
                let named = self.named_day(at)?;
                let open = format!("XXXX-WXX-{n}");
                if named.to > end && step == 0 || named.to > end + 1 {
                    return Some(named.from(from));
                }
                dated(Value::date(self.stepped_weekday(n, direction, self.is(at - 1, "past")), open))
            }
            Word::Season(season) => {
                let make = |y: i16| Some(Period::Season(y, season, self.hemisphere));
                dated(Value::date(self.stepped(step, make), format!("XXXX-{}", season.timex())))
            }
            Word::Part(part) => {
                let days = match direction {
                    Direction::This | Direction::Next => 0,
                    Direction::Last => -1,
                    _ => return None,
                };
                (self.s.tag(end) != Tag::Name || step != 0).then(|| self.part_of_day(from, end, days, part))
            }
            Word::Period if matches!(direction, Direction::Latest) || step != 0 => {
                let quarter = self.memory.quarter.or_else(|| self.relative(Unit::Quarter, -1))?;
                dated(Value::period(quarter.shift(step)?).derived())
            }
            Word::SeasonOf if direction != Direction::Same => {
                dated(Value::open(TimeType::Date, "PRESENT_REF")).filter(|_| step == 0)
            }
            _ => None,
        }
    }

    fn directed_holiday(&self, from: usize, at: usize, step: i32) -> Option<Found> {
        let (holiday, end) = self.holiday(at)?;
        let make = |y: i16| holiday.day(y).map(Period::Day);
        let day = Found::new(from, end, Value::date(self.stepped(step, make), holiday.timex()));
        Some(self.weekend_beside(day))
    }

    fn directed_month(&self, from: usize, at: usize, step: i32) -> Option<Found> {
        let (Word::Month(m) | Word::MonthShort(m)) = self.word(at)? else { return None };
        if let Some(found) = self.month(at).filter(|f| f.to > at + 1) {
            return Some(found.from(from));
        }
        if self.s.tag(at) == Tag::Modal
            || (self.is(at - 1, "this")
                && !self.s.word(at).starts_with(|c: char| c.is_uppercase())
                && self.any(at, &["may", "march"]))
        {
            return None;
        }
        let make = |y: i16| Some(Period::Month(y, m));
        let value = Value::date(self.stepped(step, make), format!("XXXX-{m:02}"));
        Some(Found::new(from, at + 1, value))
    }

    /// The last one that began before the publication date, the next one after it, or this year's.
    fn stepped(&self, step: i32, of: impl Fn(i16) -> Option<Period>) -> Option<Period> {
        let today = self.publish?;
        let this = of(today.year())?;
        let (start, end) = this.days()?;
        match step {
            -1 if end < today => Some(this),
            1 if start > today => Some(this),
            0 => Some(this),
            n => of(today.year().checked_add(n as i16)?),
        }
    }

    /// "last Monday", "this Friday", "next Tuesday".
    pub(super) fn stepped_weekday(&self, weekday: i8, direction: Direction, past: bool) -> Option<Period> {
        let today = self.publish?;
        let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let this_week = i32::from(weekday - today.weekday().to_monday_one_offset());
        let offset = match direction {
            _ if past => -(if back == 0 { 7 } else { back }),
            // "last Wednesday" on a Thursday is not yesterday
            Direction::Last | Direction::Latest => this_week - 7,
            Direction::Next | Direction::Following => this_week + 7,
            Direction::This | Direction::Same => this_week,
        };
        Some(Period::Day(super::period::add(today, Unit::Day, offset)?))
    }

    /// "last week", "this quarter", "the same month", "next year".
    pub(super) fn unit(
        &self,
        from: usize,
        at: usize,
        unit: Unit,
        direction: Direction,
        step: i32,
    ) -> Option<Found> {
        let end = at + 1;
        if unit < Unit::Day || (self.hyphen(end) && !self.any(end + 1, &["ago", "earlier"])) {
            return None;
        }
        let near = self.is(from, "the") || self.is(from.wrapping_sub(1), "the");
        let remembered = match direction {
            Direction::Latest | Direction::Same => true,
            Direction::Last => self.any(at - 1, &["previous", "preceding", "prior"]),
            Direction::Next => false,
            Direction::Following => true,
            Direction::This => false,
        };
        let pattern = match unit {
            Unit::Week | Unit::Fortnight => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Decade => "XXX",
            Unit::Century => "XX",
            Unit::Year => "XXXX",
            _ => "XXXX-XX-XX",
        };
        // "the past year", "the last decade" reach back from today
        let back = self.is(at - 1, "past") || (near && self.is(at - 1, "last") && unit >= Unit::Decade);
        if back && unit != Unit::Weekend {
            let today = self.publish;
            let days = today.and_then(|d| Some((super::period::add(d, unit, -1)?, d)));
            return Some(Found::new(from, end, Value::length(unit.duration("1"), days)));
        }
        let base = if unit == Unit::Quarter && direction == Direction::Latest {
            self.memory.quarter.or_else(|| self.relative(Unit::Quarter, -1))
        } else if remembered {
            self.remembered(unit).or_else(|| self.relative(unit, 0))
        } else {
            self.relative(unit, 0)
        };
        let period = base.and_then(|p| p.shift(step));
        Some(Found::new(from, end, Value::date(period, pattern)))
    }

    /// The period of this unit that the document spoke of last.
    pub(super) fn remembered(&self, unit: Unit) -> Option<Period> {
        if unit == Unit::Quarter {
            return self.memory.quarter;
        }
        let (start, _) = self.memory.last?.days()?;
        Period::around(unit, start)
    }

    /// "this year's third quarter", "1989's first half", "last year's quarter".
    pub(super) fn quarter_of_year(&self, found: Found) -> Found {
        let Some(Period::Year(year)) = found.value.period else { return found };
        if !self.genitive(found.to) {
            return found;
        }
        let at = found.to + 1;
        let at = if matches!(self.word(at), Some(Word::Fiscal)) { at + 1 } else { at };
        if let Some((period, end)) = self.part_of_year(at, year) {
            return Found::new(found.from, end, Value::period(period));
        }
        match (self.word(at), self.memory.quarter) {
            (Some(Word::Unit(Unit::Quarter) | Word::Period), Some(Period::Quarter(_, q))) => {
                Found::new(found.from, at + 1, Value::period(Period::Quarter(year, q)).derived())
            }
            _ => found,
        }
    }

    /// "third quarter", "second-half", "first two quarters" of a year, and where it ends.
    pub(super) fn part_of_year(&self, i: usize, year: i16) -> Option<(Period, usize)> {
        let (n, end) = match self.ordinal(i) {
            Some((n, end)) => (n as i8, end),
            None if self.any(i, &["last", "final"]) => (0, i + 1),
            None => return None,
        };
        let at = self.past_hyphen(end);
        match self.word(at)? {
            Word::Unit(Unit::Quarter) if n <= 4 => {
                Some((Period::Quarter(year, if n == 0 { 4 } else { n }), at + 1))
            }
            Word::Half if n <= 2 => Some((Period::Half(year, if n == 0 { 2 } else { n }), at + 1)),
            Word::Cardinal(2) if n == 1 && self.is(at + 1, "quarters") => {
                Some((Period::Half(year, 1), at + 2))
            }
            _ => None,
        }
    }

    /// "from 1980 to 1985", "between August and February", "June–August" are one time that spans both.
    pub(super) fn joined(&self, first: &Found, second: &Found) -> Option<Found> {
        let before = self.before(first.from);
        let tie = match self.s.lower(first.to) {
            "and" => before == "between",
            "to" | "through" | "until" | "till" => before == "from",
            _ => self.hyphen(first.to),
        };
        let dates = first.value.kind == TimeType::Date && second.value.kind == TimeType::Date;
        let vague = first.value.timex.ends_with("_REF") || second.value.timex.ends_with("_REF");
        if !tie || !dates || vague || second.from != first.to + 1 || first.value.timex.contains('/') {
            return None;
        }
        let from = if self.hyphen(first.to) { first.from } else { first.from - 1 };
        let start = match (first.value.days, second.value.days) {
            // "between August and February": the August before
            (Some(a), Some(b)) if a.0 > b.0 => {
                let period = first.value.period?;
                // "from Monday to Friday": the Monday before
                let weekday =
                    matches!(self.word(first.to - 1), Some(Word::Weekday(_) | Word::WeekdayShort(_)));
                Value::period(match period {
                    Period::Day(day) if weekday => Period::Day(super::period::add(day, Unit::Week, -1)?),
                    _ => period.shift_years(-1)?,
                })
            }
            _ => first.value.clone(),
        };
        Some(Found::new(from, second.to, span_of(&start, &second.value)))
    }

    /// "recent years", "coming months".
    pub(super) fn recent(&self, i: usize) -> Option<Found> {
        let Some(Word::Units(unit)) = self.word(i + 1) else { return None };
        let mut end = i + 2;
        if self.is(end, "and") && matches!(self.word(end + 1), Some(Word::Units(_))) {
            end += 2;
        }
        (unit >= Unit::Day).then(|| Found::new(i, end, Value::open(TimeType::Date, "PAST_REF")))
    }

    /// Whether a direction stands at token `i`, for "current" alone.
    pub(super) fn current(&self, i: usize) -> Option<Found> {
        let current = self.is(i, "current") && matches!(self.word(i), Some(Word::Direction(Direction::This)));
        let account = self.any(i + 1, &["account", "accounts", "affairs", "events"]);
        (current && !account && self.s.tag(i) == Tag::Adj)
            .then(|| Found::new(i, i + 1, Value::open(TimeType::Date, "PRESENT_REF")))
    }
}
