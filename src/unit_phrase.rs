//! Reads the unit words next to a number: names, symbols and compounds ("dollars a barrel").
//!
//! What the words are called is in the lexicon ([`unit`](crate::unit), [`currency`](crate::currency)); here stands
//! which of several senses is meant, and how units combine.

use std::borrow::Cow;

use crate::currency::{self, Currency};
use crate::document::Region;
use crate::figure::{Dimension, Kind};
use crate::lexicon::counted::{INCHES, LENGTHS};
use crate::lexicon::topics::{MONEY, WEIGHT};
use crate::number;
use crate::sentence::{Sentence, TokenKind};
use crate::unit::{self, Doubt, UnitDef};

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

/// The lower-cased words of tokens `from..to` with single spaces, hyphens left out; `None` where something
/// else than words and hyphens stands there.
fn words(s: &Sentence, from: usize, to: usize, buffer: &mut String) -> bool {
    buffer.clear();
    for i in from..to.min(s.len()) {
        let word = s.lower(i);
        if matches!(word, "-" | "‐" | "‑") && i > from {
            continue;
        }
        if s.kind(i) != TokenKind::Word {
            return false;
        }
        if !buffer.is_empty() {
            buffer.push(' ');
        }
        buffer.push_str(word);
    }
    to <= s.len()
}

/// The currency sign or code that ends right before token `at`: "$", "US$", "Rs", "USD".
pub fn currency_before(s: &Sentence, at: usize, region: Region) -> Option<Found> {
    if at == 0 {
        return None;
    }
    let mut i = at - 1;
    if s.word(i) == "." && i > 0 && s.glued(i) {
        i -= 1; // "Rs. 500"
    }
    let written = s.word(i).trim_end_matches('.');
    if let Some(found) = dollar_first(s, i, at, region) {
        return Some(found);
    }
    let senses = currency::by_symbol(written);
    if senses.is_empty() {
        return scaled_code(s, i, true).or_else(|| named_before(s, i, at, region));
    }
    if s.kind(i) == TokenKind::Symbol
        && i > 0
        && s.kind(i - 1) == TokenKind::Number
        && !s.glued(i)
        && !s.glued(at)
    {
        return None; // "10 $ 30 cents"
    }
    let mut start = i;
    let mut senses = senses;
    if s.kind(i) == TokenKind::Symbol && i > 0 && !senses.is_empty() {
        let spaced_hk =
            !s.glued(i) && matches!(s.lower(i - 1), "hk" | "us" | "nz" | "nt" | "au" | "ca" | "c" | "u.s.");
        if (s.glued(i) || spaced_hk) && s.kind(i - 1) == TokenKind::Word {
            let joined = format!("{}{}", s.word(i - 1).replace('.', "").to_uppercase(), s.word(i));
            let as_written = format!("{}{}", s.word(i - 1), s.word(i));
            let longer = [joined, as_written]
                .iter()
                .map(|j| currency::by_symbol(j))
                .find(|l| !l.is_empty())
                .unwrap_or(&[]);
            if !longer.is_empty() {
                (senses, start) = (longer, i - 1);
            }
        }
    }
    if s.kind(i) == TokenKind::Word {
        let between = i > 0 && s.kind(i - 1) == TokenKind::Number; // "17 USD 25"
        let usual = matches!(
            written,
            "Rs" | "RM" | "Rp" | "Tk" | "kr" | "KSh" | "Ksh" | "Re" | "Sh" | "Fr" | "fr" | "P" | "R"
        );
        let scaled = matches!(s.lower(at + 1), "million" | "billion" | "trillion" | "crore" | "lakh");
        let doubtful = !s.glued(at)
            && !(usual && (scaled || written.len() > 1))
            && senses.first().is_some_and(|c| c.doubt != Doubt::None);
        if between || doubtful {
            return None;
        }
        let upper = written.len() == 3 && written.bytes().all(|b| b.is_ascii_uppercase());
        let short = !upper
            && written.len() <= 3
            && (s.glued(at)
                || matches!(
                    written,
                    "Rs" | "RM" | "Rp" | "Tk" | "kr" | "KSh" | "Ksh" | "Re" | "Sh" | "Fr" | "fr"
                ));
        if !(upper || short) {
            return None;
        }
    }
    let sense = currency::pick(senses, region)?;
    let mut found = Found::of_currency(sense.currency, sense.minor, start, at);
    if senses.len() > 1 && !sense.explicit {
        found.choice =
            Some(format!("{written}: {} (region {})", sense.currency.code, region.as_str()).into());
    }
    Some(found)
}

/// "$US160 million", "$A5": the dollar sign before the letters that say whose dollars.
fn dollar_first(s: &Sentence, i: usize, at: usize, region: Region) -> Option<Found> {
    let glued = i > 0 && s.word(i - 1) == "$" && s.glued(i) && s.kind(i) == TokenKind::Word;
    if !glued {
        return None;
    }
    let sign = format!("{}$", s.word(i).trim_end_matches('.'));
    let sense = currency::pick(currency::by_symbol(&sign), region)?;
    Some(Found::of_currency(sense.currency, sense.minor, i - 1, at))
}

/// "MUSD", "MEUR": millions of a currency.
fn scaled_code(s: &Sentence, i: usize, before: bool) -> Option<Found> {
    let code = s.word(i).strip_prefix('M').filter(|c| {
        matches!(*c, "USD" | "EUR" | "GBP" | "AUD" | "CAD" | "SEK" | "NOK" | "DKK" | "CHF" | "JPY" | "INR")
    })?;
    let sense = currency::by_symbol(code).first()?;
    let mut found = Found::of_currency(sense.currency, false, i, i + 1);
    found.scale = 6;
    found.end = if before { i + 1 } else { found.end };
    Some(found)
}

/// "dollar 22.5 million": the name before a number with a scale word.
fn named_before(s: &Sentence, i: usize, at: usize, region: Region) -> Option<Found> {
    let scaled = matches!(s.lower(at + 1), "million" | "billion" | "trillion" | "crore" | "lakh");
    let sense = Some(s.lower(i))
        .filter(|w| scaled && matches!(*w, "dollar" | "dollars" | "euro" | "euros" | "rupees" | "yen"))
        .and_then(|w| currency::pick(currency::by_name(w), region))?;
    Some(Found::of_currency(sense.currency, sense.minor, i, at))
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

fn by_words(s: &Sentence, i: usize, region: Region, hyphen: bool) -> Option<Found> {
    if s.kind(i) != TokenKind::Word {
        return None;
    }
    let longest = unit::longest_name(s.lower(i)).max(currency::longest_name(s.lower(i)));
    let mut buffer = String::new();
    for len in (1..=(2 * longest).min(s.len() - i)).rev() {
        if matches!(s.word(i + len - 1), "-" | "‐" | "‑") || !words(s, i, i + len, &mut buffer) {
            continue;
        }
        let (units, money) = (unit::by_name(&buffer), currency::by_name(&buffer));
        if units.is_empty() && money.is_empty() {
            continue;
        }
        return choose(s, units, money, &buffer, i, i + len, region, hyphen);
    }
    None
}

/// Which sense of a word is meant, where it names units and currencies.
#[allow(clippy::too_many_arguments)]
fn choose(
    s: &Sentence,
    units: &'static [unit::Sense],
    money: &'static [currency::CurrencySense],
    word: &str,
    from: usize,
    to: usize,
    region: Region,
    hyphen: bool,
) -> Option<Found> {
    let both = !units.is_empty() && !money.is_empty();
    let as_money = !money.is_empty() && (units.is_empty() || means_money(s, from, to, region, hyphen));
    if as_money {
        let sense = currency::pick(money, region)?;
        if sense.currency.code == "GBP"
            && word == "pound"
            && s.tag(to).is_noun()
            && !hyphen
            && s.lower(to) == "sterling"
        {
            return None;
        }
        let mut found = Found::of_currency(sense.currency, sense.minor, from, to);
        if both {
            found.choice = Some(format!("{word}: currency {}", sense.currency.code).into());
        } else if money.len() > 1 && !sense.explicit {
            found.choice =
                Some(format!("{word}: {} (region {})", sense.currency.code, region.as_str()).into());
        }
        return Some(found);
    }
    let sense = pick_unit(s, units, region)?;
    let mut found = Found::of_unit(sense.unit, from, to);
    found.doubtful = sense.doubt != Doubt::None;
    if both || units.len() > 1 {
        found.choice = Some(format!("{word}: {} (region {})", sense.unit.code, region.as_str()).into());
    }
    Some(found)
}

/// The unit meant in this sentence.
fn pick_unit(s: &Sentence, senses: &'static [unit::Sense], region: Region) -> Option<&'static unit::Sense> {
    unit::pick_in(senses, region, |word| (0..s.len()).any(|i| s.lower(i) == word))
}

/// Whether "pounds" are money: by the words around, else by the region.
fn means_money(s: &Sentence, from: usize, to: usize, region: Region, hyphen: bool) -> bool {
    let near = from.saturating_sub(9)..(to + 7).min(s.len());
    let scaled = from > 0 && matches!(s.lower(from - 1), "million" | "billion" | "bn" | "m" | "trillion");
    if scaled {
        return true;
    }
    if s.lower(to) == "of" || near.clone().any(|i| WEIGHT.contains(s.lower(i))) {
        return near.clone().any(|i| matches!(s.lower(i), "cost" | "paid" | "worth")) && region == Region::GB;
    }
    if near.clone().any(|i| MONEY.contains(s.lower(i))) {
        return true;
    }
    matches!(region.as_str(), "GB" | "IE" | "EG" | "LB" | "SY" | "SD" | "FK" | "GI" | "SH") && !hyphen
}

/// Signs and abbreviations: "km", "°C", "km/h", "sq ft", "%".
fn by_symbol(s: &Sentence, i: usize, region: Region, hyphen: bool) -> Option<Found> {
    for len in (1..=5.min(s.len() - i)).rev() {
        if (1..len).any(|k| !s.glued(i + k)) && len > 2 {
            continue;
        }
        let written = s.span_of(i, i + len).of(s.text);
        let plain;
        let written = if len > 1 && s.kind(i) == TokenKind::Word && written.contains(['.', '-']) {
            plain = written.replace(['.', '-'], " ").split_whitespace().collect::<Vec<_>>().join(" "); // "sq.-ft."
            plain.as_str()
        } else {
            written
        };
        if s.kind(i + len - 1) == TokenKind::Punct
            && !(len > 1 && s.word(i + len - 1) == "." && s.kind(i) == TokenKind::Word && i + len < s.len()
                || len == 1 && prime(s, i))
        {
            continue;
        }
        // a symbol does not stop inside a longer compound such as "kg/m"
        if written == "°" && len == 1 {
            let code = match s.lower(i + 1) {
                "celsius" | "c" => "Cel",
                "fahrenheit" | "f" => "[degF]",
                _ => "",
            };
            if let Some(found) = with_code(code, i, i + 2) {
                return Some(found);
            }
        }
        // at the end of a sentence: "He sold 12 ETC."
        let mut units = unit::by_symbol(written);
        let written = if len == 1 && units.is_empty() && s.kind(i) == TokenKind::Word {
            written.trim_end_matches('.')
        } else {
            written
        };
        if units.is_empty() {
            units = unit::by_symbol(written);
        }
        if units.is_empty() && len == 1 && written.len() >= 2 {
            units = unit::by_symbol(usual(written));
        }
        let mut money = currency::by_symbol(written);
        if len == 1
            && units.is_empty()
            && money.is_empty()
            && matches!(
                written,
                "usd" | "eur" | "gbp" | "aud" | "cad" | "inr" | "cny" | "jpy" | "chf" | "btc" | "eth"
            )
        {
            money = currency::by_symbol(&written.to_uppercase());
        }
        if units.is_empty() && money.is_empty() {
            continue;
        }
        if !symbol_fits(s, i, i + len, written, units, hyphen) {
            continue;
        }
        // "two $500 repairs": the sign belongs to what follows
        if units.is_empty()
            && s.kind(i) == TokenKind::Symbol
            && s.kind(i + len) == TokenKind::Number
            && s.glued(i + len)
        {
            continue;
        }
        let money_first = !money.is_empty() && (units.is_empty() || currency_symbol_wins(written, region));
        if money_first {
            let sense = currency::pick(money, region)?;
            let mut found = Found::of_currency(sense.currency, sense.minor, i, i + len);
            found.doubtful = written.len() == 1 && written.is_ascii() && written != "$";
            return Some(found);
        }
        if written == "m" && lasts(s, i) {
            return with_code("min", i, i + len);
        }
        let sense = pick_unit(s, units, region)?;
        let mut found = Found::of_unit(sense.unit, i, i + len);
        found.doubtful = sense.doubt != Doubt::None && !s.glued(i);
        if units.len() > 1 {
            found.choice =
                Some(format!("{written}: {} (region {})", sense.unit.code, region.as_str()).into());
        }
        // an abbreviation's period belongs to it, unless it ends the sentence
        if s.word(i + len) == "." && s.glued(i + len) && i + len + 1 < s.len() && s.kind(i) == TokenKind::Word
        {
            found.end += 1;
        }
        return Some(found);
    }
    None
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

/// The unit with code `code` as found at tokens `from..to`.
pub fn with_code(code: &str, from: usize, to: usize) -> Option<Found> {
    unit::by_code(code).map(|def| Found::of_unit(def, from, to))
}

/// The currency of a region, as for "12 grand".
pub fn home_currency(region: Region, at: usize) -> Option<Found> {
    let sign = if matches!(region.as_str(), "GB" | "IE") { "£" } else { "$" };
    let sense = currency::pick(currency::by_symbol(sign), region)?;
    Some(Found::of_currency(sense.currency, false, at, at))
}

/// The currency of an explicit sign, such as "US$".
pub fn by_sign(sign: &str, region: Region) -> Option<Found> {
    let sense = currency::pick(currency::by_symbol(sign), region)?;
    Some(Found::of_currency(sense.currency, false, 0, 0))
}

/// A symbol in other capitals than the standard's, as "2.4Ghz": the standard spelling.
fn usual(written: &str) -> &str {
    match written.to_ascii_lowercase().as_str() {
        "hz" => "Hz",
        "ghz" => "GHz",
        "mhz" => "MHz",
        "khz" => "kHz",
        "kwh" => "kWh",
        "mwh" => "MWh",
        "gwh" => "GWh",
        "gb" => "GB",
        "mb" => "MB",
        "tb" => "TB",
        "kb" => "KB",
        "mbps" => "Mbps",
        "mph" => "mph",
        "kph" => "kph",
        "kmh" => "km/h",
        "kg" | "kgs" => "kg",
        "km" | "kms" => "km",
        "cm" => "cm",
        "ml" => "ml",
        "hp" | "bhp" => "hp",
        "lb" | "lbs" => "lb",
        "mmbtu" => "MMBtu",
        "sqft" => "sq ft",
        "psi" => "psi",
        "rpm" => "rpm",
        "mpg" => "mpg",
        _ => written,
    }
}
