//! Units and currencies by name: "square miles", "pounds", "Egyptian pounds".

use super::{Found, pick_unit};
use crate::currency;
use crate::document::Region;
use crate::lexicon::topics::{MONEY, WEIGHT};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;
use crate::unit::{self, Doubt};

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

/// The unit or currency whose name starts at token `i`, the longest first.
pub(super) fn by_words(s: &Sentence, i: usize, region: Region, hyphen: bool) -> Option<Found> {
    if s.kind(i) != TokenKind::Word {
        return None;
    }
    let mut buffer = String::new();
    let longest = unit::longest_name(s.lower(i)).max(currency::longest_name(s.lower(i)));
    for len in (1..=(2 * longest).min(s.len() - i)).rev() {
        if matches!(s.word(i + len - 1), "-" | "‐" | "‑") || !words(s, i, i + len, &mut buffer) {
            continue;
        }
        let (units, money) = (unit::by_name(&buffer), currency::by_name(&buffer));
        let verb = buffer == "are" && s.tag(i) == Tag::Aux;
        if units.is_empty() && money.is_empty() || verb {
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
    let sense = pick_unit(s, units, region, from)?;
    let mut found = Found::of_unit(sense.unit, from, to);
    found.doubtful = sense.doubt != Doubt::None;
    if both || units.len() > 1 {
        found.choice = Some(format!("{word}: {} (region {})", sense.unit.code, region.as_str()).into());
    }
    Some(found)
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
