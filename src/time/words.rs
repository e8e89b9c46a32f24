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
    All,
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

/// What the lexicon knows of a word.
#[derive(Debug)]
pub(super) struct Entry {
    /// What it can be in a time expression.
    pub(super) word: Option<Word>,
    /// The holidays whose names begin with it: the rest of the name, and the rule.
    pub(super) holidays: &'static [(&'static str, Holiday)],
}

/// What is known of a word (in lower case).
pub(super) fn entry(lower: &str) -> Option<&'static Entry> {
    ENTRIES.get(lower)
}

/// What a word (in lower case) is.
pub(super) fn word(lower: &str) -> Option<Word> {
    entry(lower)?.word
}

/// Whether a word alone shows that its sentence may hold a time.
pub(super) fn is_trigger(lower: &[u8]) -> bool {
    let Some(entry) = ENTRIES.get_bytes(lower) else { return false };
    match entry.word {
        Some(
            Word::The
            | Word::A
            | Word::All
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
        None => true,
    }
}

/// The words of which each alone shows that its sentence may hold a time.
pub(super) fn triggers() -> impl Iterator<Item = &'static str> {
    ENTRIES.keys().filter(|word| is_trigger(word.as_bytes()))
}
