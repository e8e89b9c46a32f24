//! Units and currencies by sign or abbreviation: "km", "°C", "km/h", "sq ft", "%", "5'6\"".

use super::{Found, pick_unit, with_code};
use crate::currency::{self, CurrencySense};
use crate::document::Region;
use crate::lexicon::counted::{INCHES, LENGTHS, SPELLINGS};
use crate::number;
use crate::sentence::{Sentence, TokenKind};
use crate::unit::{self, Doubt};

/// The unit or currency whose sign or abbreviation starts at token `i`, the longest first.
pub(super) fn by_symbol(s: &Sentence, i: usize, region: Region, hyphen: bool) -> Option<Found> {
    if s.word(i) == "°" {
        let code = match s.lower(i + 1) {
            "celsius" | "c" => "Cel",
            "fahrenheit" | "f" => "[degF]",
            _ => "",
        };
        if let Some(found) = with_code(code, i, i + 2) {
            return Some(found);
        }
    }
    let last = i + 5.min(s.len() - i);
    (i + 1..=last).rev().filter(|&end| spells(s, i, end)).find_map(|end| at(s, i, end, region, hyphen))?
}

/// Whether tokens `i..end` can spell a symbol: without spaces, and not up to a closing mark.
fn spells(s: &Sentence, i: usize, end: usize) -> bool {
    let len = end - i;
    if len > 2 && (i + 1..end).any(|k| !s.glued(k)) {
        return false;
    }
    let abbreviated = len > 1 && s.word(end - 1) == "." && s.kind(i) == TokenKind::Word && end < s.len();
    s.kind(end - 1) != TokenKind::Punct || abbreviated || len == 1 && prime(s, i)
}

/// What the tokens `i..end` mean: `None` where they are no symbol here, `Some(None)` where they are one of nothing.
fn at(s: &Sentence, i: usize, end: usize, region: Region, hyphen: bool) -> Option<Option<Found>> {
    let written = s.span_of(i, end).of(s.text);
    let (written, units, money) = senses(s, i, end, written)?;
    // "two $500 repairs": the sign belongs to what follows
    let ahead = units.is_empty()
        && s.kind(i) == TokenKind::Symbol
        && s.kind(end) == TokenKind::Number
        && s.glued(end);
    if ahead || !symbol_fits(s, i, end, written, units, hyphen) {
        return None;
    }
    if !money.is_empty() && (units.is_empty() || currency_symbol_wins(written, region)) {
        return Some(currency::pick(money, region).map(|sense| {
            let mut found = Found::of_currency(sense.currency, sense.minor, i, end);
            found.doubtful = written.len() == 1 && written.is_ascii() && written != "$";
            found
        }));
    }
    if written == "m" && lasts(s, i) {
        return Some(with_code("min", i, end));
    }
    Some(pick_unit(s, units, region, i).map(|sense| {
        let mut found = Found::of_unit(sense.unit, i, end);
        found.doubtful = sense.doubt != Doubt::None && !s.glued(i);
        if units.len() > 1 {
            found.choice =
                Some(format!("{written}: {} (region {})", sense.unit.code, region.as_str()).into());
        }
        // an abbreviation's period belongs to it, unless it ends the sentence
        let period = s.word(end) == "." && s.glued(end) && end + 1 < s.len();
        found.end += (period && s.kind(i) == TokenKind::Word) as usize;
        found
    }))
}

type Senses<'a> = (&'a str, &'static [unit::Sense], &'static [CurrencySense]);

/// The senses of a symbol, with the spelling that has them: as written, with dots and hyphens as spaces ("sq.-ft."),
/// without the period that ends a sentence, or in the standard's capitals ("2.4Ghz").
fn senses<'a>(s: &Sentence, i: usize, end: usize, written: &'a str) -> Option<Senses<'a>> {
    let found = |w: &'a str| {
        let (units, money) = (unit::by_symbol(w), currency::by_symbol(w));
        (!units.is_empty() || !money.is_empty()).then_some((w, units, money))
    };
    if end - i > 1 {
        if s.kind(i) == TokenKind::Word && written.contains(['.', '-']) {
            let plain = written.replace(['.', '-'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
            let units = unit::by_symbol(&plain);
            return (!units.is_empty()).then_some((written, units, &[]));
        }
        return found(written);
    }
    let bare = if s.kind(i) == TokenKind::Word { written.trim_end_matches('.') } else { written };
    found(written).or_else(|| found(bare)).or_else(|| found(SPELLINGS.get(s.lower(i))?))
}

/// Feet and inches by quotation marks: only "5'6\"" and true primes, as a mark may just close a quotation.
fn prime(s: &Sentence, i: usize) -> bool {
    match s.word(i) {
        "′" | "″" => true,
        "'" | "’"
            if s.glued(i) && !s.glued(i + 1) && s.kind(i - 1) == TokenKind::Number && length_of(s, i) =>
        {
            true
        }
        "\"" | "”" if INCHES.contains(s.lower(i + 1)) => true,
        "'" | "’" => {
            s.kind(i + 1) == TokenKind::Number
                && s.glued(i)
                && s.glued(i + 1)
                && matches!(s.word(i + 2), "\"" | "”" | "''")
        }
        "\"" | "”" => {
            i >= 2 && s.glued(i) && matches!(s.word(i - 2), "'" | "’") && s.kind(i - 1) == TokenKind::Number
        }
        _ => false,
    }
}

/// "at an altitude of 30' when": a length is spoken of, and no quotation is open that the mark could close.
fn length_of(s: &Sentence, i: usize) -> bool {
    let near = i.saturating_sub(6)..(i + 4).min(s.len());
    near.into_iter().any(|k| LENGTHS.contains(s.lower(k)))
        && !(0..i).any(|k| matches!(s.word(k), "'" | "‘") && s.glued(k + 1))
}

fn currency_symbol_wins(written: &str, region: Region) -> bool {
    match written {
        "p" | "c" => matches!(region.as_str(), "GB" | "IE" | "US" | "AU" | "NZ" | "CA" | "ZA"),
        _ => written.len() >= 3 && written.bytes().all(|b| b.is_ascii_uppercase()),
    }
}

/// Whether a symbol next to digits is one: doubtful ones must be glued to the digits, or be no English word.
fn symbol_fits(
    s: &Sentence,
    i: usize,
    end: usize,
    written: &str,
    units: &[unit::Sense],
    hyphen: bool,
) -> bool {
    let after_digits = i > 0
        && (s.kind(i - 1) == TokenKind::Number || hyphen || number::superscript(s.word(i - 1)).is_some());
    if s.kind(i) != TokenKind::Word {
        return true;
    }
    let glued = s.glued(i) || hyphen;
    if hyphen && s.word(end) == "-" && s.glued(end) && written == "in" {
        return false; // "3-in-5"
    }
    let code = !units.is_empty()
        || (3..=5).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_uppercase())
        || s.glued(i)
        || matches!(written, "kr" | "p" | "c" | "zł" | "Kč" | "Ft" | "lei" | "rs" | "Rs");
    if !code {
        return false; // "14-22 FG": two capitals after a space are no currency
    }
    if !after_digits && !glued {
        // after a number word only unmistakable ones: "five km"
        return written.len() >= 2 && units.iter().all(|u| u.doubt == Doubt::None);
    }
    if glued {
        return true;
    }
    let period = s.word(end) == "." && s.glued(end) && end + 1 < s.len();
    match written {
        "in" | "a" | "at" | "as" | "am" | "pm" | "I" | "A" | "us" | "p" | "c" | "u" | "or" | "to" | "no" => {
            period && written == "in"
                || over_unit(s, end)
                || written == "A" && matches!(s.word(end), "" | "," | "." | ")" | ";" | "/")
        }
        _ => true,
    }
}

/// "the race took 30 m": minutes, as metres do not last.
fn lasts(s: &Sentence, i: usize) -> bool {
    (2..5).any(|back| {
        let word = i.checked_sub(back).map_or("", |k| s.lower(k));
        matches!(
            word,
            "took" | "takes" | "take" | "taking" | "lasted" | "lasts" | "waited" | "wait" | "delayed"
        )
    }) && s.kind(i - 1) == TokenKind::Number
        && !s.tag(i + 1).is_noun()
}

/// Whether a slash and another unit follow at token `i`: the "A" of "1.3 A/cm2".
fn over_unit(s: &Sentence, i: usize) -> bool {
    s.word(i) == "/" && s.glued(i) && s.glued(i + 1) && !unit::by_symbol(s.word(i + 1)).is_empty()
}
