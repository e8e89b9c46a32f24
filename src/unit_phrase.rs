//! Reads the unit words next to a number: names, symbols and compounds ("dollars a barrel").
//!
//! What the words are called is in the lexicon ([`unit`](crate::unit), [`currency`](crate::currency)); here stands
//! which of several senses is meant, and how units combine.

use std::borrow::Cow;

use crate::currency::{self, Currency};
use crate::document::Region;
use crate::figure::{Dimension, Kind};
use crate::sentence::{Sentence, TokenKind};
use crate::unit::{self, UnitDef};

mod money;
mod name;
mod symbol;

pub use money::currency_before;
use money::scaled_code;
use name::by_words;
use symbol::by_symbol;

/// A unit found in the text.
#[derive(Clone, Debug)]
pub struct Found {
    /// UCUM or ISO 4217 code.
    pub code: Cow<'static, str>,
    /// In words, singular.
    pub name: Cow<'static, str>,
    /// What it measures.
    pub dimension: Dimension,
    /// The kind of figure it makes.
    pub kind: Kind,
    /// First token of its words.
    pub start: usize,
    /// One past the last token of its words.
    pub end: usize,
    /// For money: whether it is the hundredth ("cents").
    pub minor: Option<&'static str>,
    /// The lexicon's block, for units (not for money).
    pub def: Option<&'static UnitDef>,
    /// The choice that was made between senses.
    pub choice: Option<Cow<'static, str>>,
    /// Whether the words may be something else ("point", "m"): other readings go first.
    pub doubtful: bool,
    /// A power of ten that the unit word carries: 6 for "MUSD".
    pub scale: u32,
}

impl Found {
    fn of_unit(def: &'static UnitDef, start: usize, end: usize) -> Found {
        Found {
            code: def.code.into(),
            name: def.name.into(),
            dimension: def.dimension,
            kind: def.kind,
            start,
            end,
            minor: None,
            def: Some(def),
            choice: None,
            doubtful: false,
            scale: 0,
        }
    }

    fn of_currency(currency: &'static Currency, minor: bool, start: usize, end: usize) -> Found {
        Found {
            code: currency.code.into(),
            name: currency.name.into(),
            dimension: Dimension::Money,
            kind: Kind::Money,
            start,
            end,
            minor: minor.then_some(currency.minor_factor),
            def: None,
            choice: None,
            doubtful: false,
            scale: 0,
        }
    }
}

/// The unit whose words start at token `at` (after an optional hyphen), of any kind but braced nouns.
pub fn after(s: &Sentence, at: usize, region: Region) -> Option<Found> {
    let hyphen = matches!(s.word(at), "-" | "‐" | "‑" | "–") && s.glued(at) && s.glued(at + 1);
    // "30 - year bonds": text whose tokens were set apart
    let apart = s.word(at) == "-"
        && !s.glued(at)
        && !s.glued(at + 1)
        && at > 0
        && s.kind(at - 1) == TokenKind::Number
        && s.kind(at + 1) == TokenKind::Word;
    let i = if hyphen || apart { at + 1 } else { at };
    if apart {
        return by_words(s, i, region, true)
            .filter(|u| !u.doubtful && u.kind == Kind::Duration)
            .map(|u| Found { start: i, ..u });
    }
    if i >= s.len() {
        return None;
    }
    if matches!(s.word(i), "(" | "[" | "{" | "<") && !hyphen {
        // "20 (kg)"
        let found = by_symbol(s, i + 1, region, true).filter(|u| {
            matches!(s.word(u.end), ")" | "]" | "}" | ">")
                && s.kind(i - 1) == TokenKind::Number
                && u.dimension != Dimension::Money
                && !u.doubtful
        })?;
        return Some(Found { start: i, end: found.end + 1, ..found });
    }
    if let Some(found) = scaled_code(s, i, false) {
        return Some(found);
    }
    // the longer reading wins ("g/L", not "g"); a single letter and a ticker are symbols rather than words
    let words = by_words(s, i, region, hyphen);
    let ticker = s.word(i).len() >= 3 && s.word(i).bytes().all(|b| b.is_ascii_uppercase());
    let reach = words.as_ref().map_or(i, |w| w.end);
    let symbol = if words.is_none() || ticker || s.word(i).len() <= 2 || s.glued(i + 1) {
        by_symbol(s, i, region, hyphen)
    } else {
        None
    };
    let short = s.word(i).len() == 1;
    let mut found = symbol
        .filter(|f| words.is_none() || f.end > reach || short || ticker && f.kind == Kind::Money)
        .or(words)?;
    found.start = i;
    Some(found)
}

/// The unit with code `code` as found at tokens `from..to`.
pub fn with_code(code: &str, from: usize, to: usize) -> Option<Found> {
    unit::by_code(code).map(|def| Found::of_unit(def, from, to))
}

/// The currency of a region, as for "12 grand".
pub fn home_currency(region: Region, at: usize) -> Option<Found> {
    let sign = if matches!(region.as_str(), "GB" | "IE") { "£" } else { "$" };
    let code = currency::pick(currency::by_symbol(sign), region)?.currency;
    let choice = Some(format!("grand: {} (region {})", code.code, region.as_str()).into());
    Some(Found { choice, ..Found::of_currency(code, false, at, at) })
}

/// The currency of an explicit sign, such as "US$".
pub fn by_sign(sign: &str, region: Region) -> Option<Found> {
    let sense = currency::pick(currency::by_symbol(sign), region)?;
    Some(Found::of_currency(sense.currency, false, 0, 0))
}

/// How far the words that decide between units may stand, in tokens: a long sentence away they say nothing.
const NEAR: usize = 30;

/// The unit meant by a word or symbol at token `at` that several units may share.
fn pick_unit(
    s: &Sentence,
    senses: &'static [unit::Sense],
    region: Region,
    at: usize,
) -> Option<&'static unit::Sense> {
    let near = at.saturating_sub(NEAR)..(at + NEAR).min(s.len());
    unit::pick_in(senses, region, |word| near.clone().any(|i| s.lower(i) == word))
}
