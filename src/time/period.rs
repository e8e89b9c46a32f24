//! Stretches of the calendar: their arithmetic, their days and their TIMEX3 values.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A unit of the calendar or clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

/// A season of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Count (-1 = last), weekday, month, and the days after it.
    Nth(i8, i8, i8, i32),
    /// Days from Easter Sunday.
    Easter(i32),
    /// Not computed here.
    Moving,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Period {
    Day(Date),
    /// From its Monday.
    Week(Date),
    /// From its Saturday.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season, Hemisphere),
    Year(i16),
    /// 199 = the 1990s.
    Decade(i16),
    /// 19 = the 20th century.
    Century(i16),
}

/// Where a season is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hemisphere {
    North,
    South,
}

impl Season {
    /// Its TIMEX3 letters.
    pub(super) const fn timex(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Fall => "FA",
            Season::Winter => "WI",
        }
    }

    /// Its first month; a season that begins late in a year is named after the year it begins in.
    const fn first_month(self, hemisphere: Hemisphere) -> i8 {
        let north = match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Fall => 9,
            Season::Winter => 12,
        };
        match hemisphere {
            Hemisphere::North => north,
            Hemisphere::South => (north + 5) % 12 + 1,
        }
    }
}

impl Part {
    /// Its TIMEX3 letters.
    pub(super) const fn timex(self) -> &'static str {
        match self {
            Part::Morning => "TMO",
            Part::Afternoon => "TAF",
            Part::Evening => "TEV",
            Part::Night => "TNI",
        }
    }

    /// Whether "8" or "eight" with it is an hour after noon.
    pub(super) const fn after_noon(self) -> bool {
        !matches!(self, Part::Morning)
    }
}

impl Unit {
    /// The TIMEX3 value of `n` of them; `n` is written as it shall stand there ("2", "X").
    pub(super) fn duration(self, n: &str) -> String {
        let (time, letters) = match self {
            Unit::Second => ("T", "S"),
            Unit::Minute => ("T", "M"),
            Unit::Hour => ("T", "H"),
            Unit::Day => ("", "D"),
            Unit::Weekend => ("", "WE"),
            Unit::Week | Unit::Fortnight => ("", "W"),
            Unit::Month => ("", "M"),
            Unit::Quarter => ("", "Q"),
            Unit::Year => ("", "Y"),
            Unit::Decade => ("", "DE"),
            Unit::Century => ("", "CE"),
            Unit::Millennium => ("", "ML"),
        };
        format!("P{time}{n}{letters}")
    }

    /// `n` of them as a span of the calendar; `None` below a day and beyond the calendar.
    pub(super) fn span(self, n: i32) -> Option<Span> {
        let days = |k: i32| Span::new().try_days(n.checked_mul(k)?).ok();
        let months = |k: i32| Span::new().try_months(n.checked_mul(k)?).ok();
        match self {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day => days(1),
            Unit::Week | Unit::Weekend => days(7),
            Unit::Fortnight => days(14),
            Unit::Month => months(1),
            Unit::Quarter => months(3),
            Unit::Year => months(12),
            Unit::Decade => months(120),
            Unit::Century => months(1200),
            Unit::Millennium => months(12000),
        }
    }
}

impl Period {
    /// The period of this unit that a day lies in.
    pub(super) fn around(unit: Unit, day: Date) -> Option<Period> {
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Period::Day(day),
            Unit::Week | Unit::Fortnight => Period::Week(monday(day)?),
            Unit::Weekend => Period::Weekend(monday(day)?.checked_add(5.days()).ok()?),
            Unit::Month => Period::Month(day.year(), day.month()),
            Unit::Quarter => Period::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Unit::Year => Period::Year(day.year()),
            Unit::Decade => Period::Decade(day.year().div_euclid(10)),
            Unit::Century => Period::Century(day.year().div_euclid(100)),
            Unit::Millennium => return None,
        })
    }

    /// The weekend that a day lies in or next to.
    pub(super) fn weekend_beside(day: Date) -> Option<Period> {
        let back = if day.weekday().to_monday_zero_offset() < 2 { -2 } else { 0 };
        Period::around(Unit::Weekend, add(day, Unit::Day, back)?)
    }

    /// The period `n` periods of its own length later.
    pub(super) fn shift(self, n: i32) -> Option<Period> {
        let years = |y: i16, n: i32| {
            i16::try_from(i32::from(y).checked_add(n)?).ok().filter(|y| (1..=9999).contains(y))
        };
        let split = |y: i16, part: i8, per: i32| {
            let all = (i32::from(y) * per + i32::from(part) - 1).checked_add(n)?;
            Some((years(0, all.div_euclid(per))?, i8::try_from(all.rem_euclid(per) + 1).ok()?))
        };
        Some(match self {
            Period::Day(d) => Period::Day(add(d, Unit::Day, n)?),
            Period::Week(d) => Period::Week(add(d, Unit::Week, n)?),
            Period::Weekend(d) => Period::Weekend(add(d, Unit::Week, n)?),
            Period::Month(y, m) => split(y, m, 12).map(|(y, m)| Period::Month(y, m))?,
            Period::Quarter(y, q) => split(y, q, 4).map(|(y, q)| Period::Quarter(y, q))?,
            Period::Half(y, h) => split(y, h, 2).map(|(y, h)| Period::Half(y, h))?,
            Period::Season(y, s, at) => Period::Season(years(y, n)?, s, at),
            Period::Year(y) => Period::Year(years(y, n)?),
            Period::Decade(d) => Period::Decade(years(d, n)?),
            Period::Century(c) => Period::Century(years(c, n)?),
        })
    }

    /// The period of the same length `n` years later.
    pub(super) fn shift_years(self, n: i32) -> Option<Period> {
        match self {
            Period::Day(d) => Some(Period::Day(add(d, Unit::Year, n)?)),
            Period::Week(d) => Period::around(Unit::Week, add(d, Unit::Year, n)?),
            Period::Weekend(d) => Period::around(Unit::Weekend, add(d, Unit::Year, n)?),
            Period::Month(..) => self.shift(n.checked_mul(12)?),
            Period::Quarter(..) => self.shift(n.checked_mul(4)?),
            Period::Half(..) => self.shift(n.checked_mul(2)?),
            Period::Season(..) | Period::Year(_) => self.shift(n),
            Period::Decade(_) | Period::Century(_) => None,
        }
    }

    /// Its first and last day.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        let until = |start: Date, span: Span| Some((start, start.checked_add(span).ok()?.yesterday().ok()?));
        match self {
            Period::Day(d) => Some((d, d)),
            Period::Week(d) => Some((d, add(d, Unit::Day, 6)?)),
            Period::Weekend(d) => Some((d, add(d, Unit::Day, 1)?)),
            Period::Month(y, m) => until(Date::new(y, m, 1).ok()?, 1.month()),
            Period::Quarter(y, q) => until(Date::new(y, q * 3 - 2, 1).ok()?, 3.months()),
            Period::Half(y, h) => until(Date::new(y, h * 6 - 5, 1).ok()?, 6.months()),
            Period::Season(y, s, at) => until(Date::new(y, s.first_month(at), 1).ok()?, 3.months()),
            Period::Year(y) => Some((Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?)),
            Period::Decade(d) => years(d.checked_mul(10)?, 10),
            Period::Century(c) => years(c.checked_mul(100)?.checked_add(1)?, 100),
        }
    }

    /// Its TIMEX3 value.
    pub(super) fn timex(self) -> String {
        match self {
            Period::Day(d) => format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            Period::Week(d) => iso_week(d),
            Period::Weekend(d) => iso_week(d) + "-WE",
            Period::Month(y, m) => format!("{y:04}-{m:02}"),
            Period::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Period::Half(y, h) => format!("{y:04}-H{h}"),
            Period::Season(y, s, _) => format!("{y:04}-{}", s.timex()),
            Period::Year(y) => format!("{y:04}"),
            Period::Decade(d) => format!("{d:03}"),
            Period::Century(c) => format!("{c:02}"),
        }
    }
}

impl Holiday {
    /// Its day in a year.
    pub(super) fn day(self, year: i16) -> Option<Date> {
        match self {
            Holiday::Fixed(month, day) => Date::new(year, month, day).ok(),
            Holiday::Nth(n, day, month, after) => {
                let nth = Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday(day)?).ok()?;
                add(nth, Unit::Day, after)
            }
            Holiday::Easter(days) => add(easter(year)?, Unit::Day, days),
            Holiday::Moving => None,
        }
    }

    /// Its TIMEX3 value where the year is unknown.
    pub(super) fn timex(self) -> String {
        match self {
            Holiday::Fixed(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Holiday::Nth(n, day, month, 0) if n > 0 => format!("XXXX-{month:02}-WXX-{day}-{n}"),
            Holiday::Nth(_, day, month, 0) => format!("XXXX-{month:02}-WXX-{day}"),
            Holiday::Nth(..) | Holiday::Easter(_) | Holiday::Moving => "XXXX-XX-XX".into(),
        }
    }
}

/// The day `n` units after a day.
pub(super) fn add(day: Date, unit: Unit, n: i32) -> Option<Date> {
    day.checked_add(unit.span(n)?).ok().filter(|d| d.year() > 0)
}

/// The weekday of a number, 1 = Monday.
pub(super) fn weekday(n: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(n).ok()
}

fn years(first: i16, n: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(n - 1)?, 12, 31).ok()?))
}

fn monday(day: Date) -> Option<Date> {
    add(day, Unit::Day, -i32::from(day.weekday().to_monday_zero_offset()))
}

fn iso_week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// Easter Sunday of a year (Gregorian, by the anonymous algorithm of 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let m = (a + 11 * h) / 319;
    let r = (2 * (b % 4) + 2 * (c / 4) - c % 4 - h + m + 32) % 7;
    let month = (h - m + r + 90) / 25;
    let day = (h - m + r + month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
