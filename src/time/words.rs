//! The words of times, compiled from `data/en/time.toml`.

use super::period::{Holiday, Part, Season, Unit};

/// What a word can be in a time expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Word {
    Month(i8),
    MonthShort(i8),
    Weekday(i8),
    WeekdayShort(i8),
    Weekdays(i8),
    Unit(Unit),
    Units(Unit),
    Season(Season),
    Seasons(Season),
    Part(Part),
    Parts(Part),
    /// Days from the publication date.
    Day(i8),
    Tonight,
    /// "noon", "midnight".
    Hour(i8),
    Meridiem(i8),
    Zone,
    Cardinal(i32),
    Ordinal(i32),
    /// "nineties" = 9.
    Decade(i16),
    Direction(Direction),
    /// "early", "later".
    Edge,
    /// "end", "beginning".
    PartOf,
    Each,
    /// "trading" in "eight trading days".
    Adjective,
    /// "ago" = -1.
    Shift(i32),
    Reference(&'static str),
    Frequency(&'static str),
    The,
    A,
    Fiscal,
    Half,
    Some,
    Couple,
    Dozen,
    Future,
    Recent,
    Period,
    Moment,
    SeasonOf,
    Once,
}

/// Which one of its kind "last", "next" or "this" picks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Direction {
    Last,
    Latest,
    Next,
    Following,
    This,
    Same,
}

include!(concat!(env!("OUT_DIR"), "/time.rs"));

/// What a word (in lower case) is.
pub(super) fn word(lower: &str) -> Option<Word> {
    WORDS.get(lower).copied()
}

/// The holidays whose names begin with a word (in lower case): the rest of the name, and the rule.
pub(super) fn holidays(lower: &str) -> Option<&'static [(&'static str, Holiday)]> {
    HOLIDAYS.get(lower).copied()
}

/// Whether a word alone shows that its sentence may hold a time.
pub(super) fn is_trigger(lower: &[u8]) -> bool {
    match WORDS.get_bytes(lower) {
        Some(
            Word::The
            | Word::A
            | Word::Direction(_)
            | Word::Edge
            | Word::PartOf
            | Word::Each
            | Word::Adjective
            | Word::Cardinal(_)
            | Word::Ordinal(_)
            | Word::Zone
            | Word::Half
            | Word::Some
            | Word::Couple
            | Word::Dozen
            | Word::SeasonOf
            | Word::Recent
            | Word::Once,
        ) => matches!(lower, b"past" | b"current"),
        Some(_) => true,
        None => HOLIDAYS.get_bytes(lower).is_some(),
    }
}

/// The words of which each alone shows that its sentence may hold a time.
pub(super) fn triggers() -> impl Iterator<Item = &'static str> {
    WORDS.keys().chain(HOLIDAYS.keys()).filter(|word| is_trigger(word.as_bytes()))
}
