//! Currencies before their number: "$", "US$", "Rs", "USD", "MEUR", "dollar 22.5 million".

use super::Found;
use crate::currency::{self, CurrencySense};
use crate::document::Region;
use crate::sentence::{Sentence, TokenKind};
use crate::unit::Doubt;

/// Letters before amounts that are a currency although they are no code of three capitals.
const SHORT: [&str; 11] = ["Rs", "RM", "Rp", "Tk", "kr", "KSh", "Ksh", "Re", "Sh", "Fr", "fr"];

/// The currency sign or code that ends right before token `at`: "$", "US$", "Rs", "USD".
pub fn currency_before(s: &Sentence, at: usize, region: Region) -> Option<Found> {
    let mut i = at.checked_sub(1)?;
    // "Rs. 500", "Y=5,182"
    let sign = s.word(i) == "." || s.word(i) == "=" && s.glued(at) && s.word(i.wrapping_sub(1)) == "Y";
    if sign && i > 0 && s.glued(i) {
        i -= 1;
    }
    if let Some(found) = dollar_first(s, i, at, region) {
        return Some(found);
    }
    let written = s.word(i).trim_end_matches('.');
    let senses = currency::by_symbol(written);
    if senses.is_empty() {
        return scaled_code(s, i, true).or_else(|| named_before(s, i, at, region));
    }
    let fits = match s.kind(i) {
        // "10 $ 30 cents"
        TokenKind::Symbol => i == 0 || s.kind(i - 1) != TokenKind::Number || s.glued(i) || s.glued(at),
        TokenKind::Word => letters_fit(s, i, at, written, senses),
        _ => true,
    };
    if !fits {
        return None;
    }
    let longer = if s.kind(i) == TokenKind::Symbol { with_letters(s, i) } else { None };
    let (senses, start) = longer.map_or((senses, i), |longer| (longer, i - 1));
    let sense = currency::pick(senses, region)?;
    let mut found = Found::of_currency(sense.currency, sense.minor, start, at);
    if senses.len() > 1 && !sense.explicit {
        found.choice =
            Some(format!("{written}: {} (region {})", sense.currency.code, region.as_str()).into());
    }
    Some(found)
}

/// The senses of the sign at `i` with the letters before it: "HK$", "U.S. $".
fn with_letters(s: &Sentence, i: usize) -> Option<&'static [CurrencySense]> {
    let before = i.checked_sub(1).filter(|&k| s.kind(k) == TokenKind::Word)?;
    let spaced = matches!(s.lower(before), "hk" | "us" | "nz" | "nt" | "au" | "ca" | "c" | "u.s.");
    if !s.glued(i) && !spaced {
        return None;
    }
    let plain = format!("{}{}", s.word(before).replace('.', "").to_uppercase(), s.word(i));
    let as_written = format!("{}{}", s.word(before), s.word(i));
    [plain, as_written].iter().map(|sign| currency::by_symbol(sign)).find(|senses| !senses.is_empty())
}

/// Whether letters before a number are a currency here: a code of three capitals, or short ones that stand close.
fn letters_fit(s: &Sentence, i: usize, at: usize, written: &str, senses: &[CurrencySense]) -> bool {
    let between = i > 0 && s.kind(i - 1) == TokenKind::Number; // "17 USD 25"
    let usual = SHORT.contains(&written) || matches!(written, "P" | "R" | "Y");
    let scaled = matches!(s.lower(at + 1), "million" | "billion" | "trillion" | "crore" | "lakh");
    let doubtful = !s.glued(at)
        && !(usual && (scaled || written.len() > 1))
        && senses.first().is_some_and(|c| c.doubt != Doubt::None);
    let upper = written.len() == 3 && written.bytes().all(|b| b.is_ascii_uppercase());
    let short = !upper && written.len() <= 3 && (s.glued(at) || SHORT.contains(&written));
    !between && !doubtful && (upper || short)
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
pub(super) fn scaled_code(s: &Sentence, i: usize, before: bool) -> Option<Found> {
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
