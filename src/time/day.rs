//! Days with their hour or part: "Monday at 9 a.m.", "10 p.m. Wednesday", "tonight at 8", "Tuesday morning".

use super::clock::Written;
use super::cursor::{Cursor, Found, Value};
use super::period::{Part, Period};
use super::words::Word;
use crate::figure::TimeType;
use crate::tag::Tag;

impl Cursor<'_, '_> {
    /// Joins a day with the hour or part of the day behind it, and an hour with its day.
    pub(super) fn extend(&self, found: Found) -> Found {
        if found.value.kind == TimeType::Time && found.value.timex.starts_with('T') {
            let joined = self.hour_with_day(&found).or_else(|| self.part_with_hour(&found));
            return joined.unwrap_or(found);
        }
        if found.value.is_day() {
            let found = self.with_weekday(found);
            let found = self.day_with_hour(&found).unwrap_or(found);
            return self.part_with_hour(&found).unwrap_or(found);
        }
        if found.value.kind == TimeType::Time {
            return self.part_with_hour(&found).unwrap_or(found);
        }
        if found.value.kind == TimeType::Set {
            return self.set_with_hour(&found).unwrap_or(found);
        }
        self.day_of_week(&found).unwrap_or(found)
    }

    /// "every Monday at 9 a.m.", "Thursdays at 17.30", "each day at noon".
    fn set_with_hour(&self, set: &Found) -> Option<Found> {
        let day = match set.value.timex.as_str() {
            "P1D" => "",
            timex if timex.starts_with("XXXX-WXX-") => timex,
            _ => return None,
        };
        let at = if self.is(set.to, "at") { set.to + 1 } else { set.to };
        let hour = self.clock(at)?;
        Some(Found::new(set.from, hour.to, Value { timex: day.to_owned() + &hour.value.timex, ..set.value }))
    }

    /// "next week Wednesday", "next week on Monday at 9".
    fn day_of_week(&self, week: &Found) -> Option<Found> {
        let Some(Period::Week(monday)) = week.value.period else { return None };
        let at = if self.is(week.to, "on") || self.hyphen(week.to) { week.to + 1 } else { week.to };
        let (Word::Weekday(n) | Word::WeekdayShort(n)) = self.word(at)? else { return None };
        if self.is(at, "sun") || self.is(at, "sat") {
            return None;
        }
        let day = super::period::add(monday, super::period::Unit::Day, i32::from(n) - 1)?;
        let found = Found::new(week.from, at + 1, Value::period(Period::Day(day)));
        Some(self.day_with_hour(&found).unwrap_or(found))
    }

    fn hour_with_day(&self, hour: &Found) -> Option<Found> {
        let mut at = hour.to;
        if self.is(at, ",") || self.is(at, "(") {
            at += 1;
        }
        if self.any(at, &["on", "of"]) {
            at += 1;
        }
        if matches!(self.word(at), Some(Word::Edge)) {
            at += 1;
        }
        let day = self.day_at(at)?;
        let value = match day.value.kind {
            // "9 p.m. last night": the part gives way to the hour
            TimeType::Time => return self.hour_of_part(&day, hour, hour.from, day.to),
            _ => day.value,
        };
        Some(Found::new(hour.from, day.to, value.at(&hour.value.timex)))
    }

    /// "five-thirty tomorrow evening", "tonight at 8": the part of the day says which half the hour is in.
    fn hour_of_part(&self, part: &Found, hour: &Found, from: usize, to: usize) -> Option<Found> {
        let day = strip_part(&part.value.timex)?.to_owned();
        let written = &hour.value.timex;
        let n: i32 = written.get(1..3)?.parse().ok()?;
        // "last night at 3" is early in the morning
        let early = part.value.timex.ends_with("TMO") || part.value.timex.ends_with("TNI") && n < 5;
        let later = !early && n < 12 && !self.has_meridiem(hour);
        let clock = if later { format!("T{:02}{}", n + 12, written.get(3..)?) } else { written.clone() };
        Some(Found::new(from, to, Value { timex: day, ..part.value.clone() }.at(&clock)))
    }

    pub(super) fn has_meridiem(&self, hour: &Found) -> bool {
        (hour.from..hour.to).any(|k| self.meridiem(k).is_some())
    }

    /// "tonight at 8", "this morning at 9:30", "Tuesday night around eleven".
    fn part_with_hour(&self, part: &Found) -> Option<Found> {
        let at = part.to + 1;
        if !self.any(part.to, &["at", "around", "about", "by", "before", "after"]) {
            return None;
        }
        let bare = || {
            let (n, end) = self.digits(at).map(|(n, _)| (n, at + 1)).or_else(|| self.cardinal(at))?;
            let written = Written::whole(n, end);
            ((1..=12).contains(&n) && self.ends_hour(end))
                .then(|| Some(Found::new(at, end, written.value()?)))?
        };
        let hour = self.clock(at).or_else(bare)?;
        self.hour_of_part(part, &hour, part.from, hour.to)
    }

    /// A day that begins at token `i`, with its part if there is one.
    fn day_at(&self, i: usize) -> Option<Found> {
        let found = match self.word(i)? {
            Word::Weekday(_) | Word::WeekdayShort(_) => self.named_day(i),
            Word::Month(_) | Word::MonthShort(_) => self.month(i),
            Word::Day(_) | Word::Tonight => self.deictic(i),
            Word::Direction(_) => self.directed(i),
            _ => None,
        };
        let found = found.or_else(|| self.day_month(i))?;
        let dated = found.value.is_day() || strip_part(&found.value.timex).is_some_and(|day| !day.is_empty());
        dated.then(|| self.part_after(&found).unwrap_or(found))
    }

    fn part_after(&self, day: &Found) -> Option<Found> {
        if let Some((part, end)) = self.in_the_part(day.to).filter(|_| day.value.is_day()) {
            return Some(Found::new(day.from, end, day.value.clone().at(part.timex())));
        }
        // "tomorrow am", "Friday pm"
        if let Some((add, end)) = self.meridiem(day.to).filter(|_| day.value.is_day())
            && !self.is_verb_am(day.to)
        {
            let part = if add == 0 { Part::Morning } else { Part::Afternoon };
            return Some(Found::new(day.from, end, day.value.clone().at(part.timex())));
        }
        let at = if self.any(day.to, &["early", "late", "mid"]) { day.to + 1 } else { day.to };
        match self.word(self.past_hyphen(at)) {
            Some(Word::Part(part)) if day.value.is_day() => {
                Some(Found::new(day.from, self.past_hyphen(at) + 1, day.value.clone().at(part.timex())))
            }
            _ => None,
        }
    }

    fn day_with_hour(&self, day: &Found) -> Option<Found> {
        let with_part = self.part_after(day);
        let end = with_part.as_ref().map_or(day.to, |f| f.to);
        let mut at = end;
        if self.any(at, &[",", "("]) || self.hyphen(at) {
            at += 1;
        }
        let preposition =
            self.any(at, &["at", "by", "before", "after", "around", "about", "from", "@", "for"]);
        while self.any(at, &["at", "by", "before", "after", "around", "about", "from", "@", "for"])
            && at < end + 4
        {
            at += 1;
        }
        // a number right behind a day is an hour only where it looks like one
        let hour = self
            .clock(at)
            .or_else(|| self.timestamp(at))
            .filter(|f| preposition || f.to > at + 1 || matches!(self.word(at), Some(Word::Hour(_))));
        match hour {
            Some(hour) => Some(Found::new(day.from, hour.to, day.value.clone().at(&hour.value.timex))),
            None => with_part,
        }
    }

    /// "14:55" right behind a date.
    fn timestamp(&self, i: usize) -> Option<Found> {
        let written = self.figures(i).filter(|w| w.end > i + 1)?;
        Some(Found::new(i, written.end, written.value()?))
    }

    /// "today", "yesterday", "tonight", "overnight".
    pub(super) fn deictic(&self, i: usize) -> Option<Found> {
        let day = |n: i32| Value::date(self.relative(super::period::Unit::Day, n), "XXXX-XX-XX");
        match self.word(i)? {
            Word::Day(n) => {
                let title = self.is(i, "today")
                    && (self.is(i.wrapping_sub(1), "usa")
                        || (self.is(i + 1, "show") && self.s.word(i).starts_with('T')));
                let genitive = self.s.tag(i) == Tag::Name && self.is(i.wrapping_sub(1), "the");
                (!title && !genitive).then(|| Found::new(i, i + 1, day(n.into())))
            }
            Word::Tonight => {
                let show = self.is(i.wrapping_sub(1), "the") && self.s.word(i).starts_with('T');
                let adjective =
                    self.is(i, "overnight") && self.s.tag(i + 1).is_noun() && self.s.tag(i) == Tag::Adj;
                (!show && !adjective).then(|| Found::new(i, i + 1, day(0).at("TNI")))
            }
            _ => None,
        }
    }

    /// A period of a day named by "this", "last" or "the": "this morning", "last night".
    pub(super) fn part_of_day(&self, from: usize, to: usize, days: i32, part: Part) -> Found {
        let day = self.relative(super::period::Unit::Day, days);
        let value = match day {
            Some(Period::Day(_)) => Value::date(day, "").at(part.timex()),
            _ => Value::open(TimeType::Time, format!("XXXX-XX-XX{}", part.timex())),
        };
        Found::new(from, to, value)
    }
}

/// A day's TIMEX3 value without the part of the day behind it.
fn strip_part(timex: &str) -> Option<&str> {
    ["TMO", "TAF", "TEV", "TNI"].iter().find_map(|part| timex.strip_suffix(part))
}
