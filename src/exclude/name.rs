//! Numbers inside names: "S&P 500", "Fifth Avenue", "Peugeot 504", "1600 Pennsylvania Avenue".

use super::capital;
use crate::document::Region;
use crate::lexicon::identifiers::{MODELS, NAMES, ORDINAL_NAMES, STREETS};
use crate::number::{Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;
use crate::unit_phrase;

/// Numbers inside names: "S&P 500", "Fifth Avenue", "Three Mile Island", "Air Force Two".
pub(super) fn read(s: &Sentence, n: &Numeral) -> bool {
    let (i, j) = (n.tokens.start, n.tokens.end);
    if i > 0 && n.form == Form::Digits && NAMES.contains(s.lower(i - 1)) && capital(s, i - 1) && n.plain(s) {
        return true;
    }
    // "S P 500": text that lost its ampersands
    if i > 1 && n.plain(s) && (s.word(i - 2), s.word(i - 1)) == ("S", "P") {
        return true;
    }
    let capitalised = capital(s, i);
    let first =
        i == 0 || matches!(s.word(i - 1), "“" | "\"" | "‘" | ":" | "—" | "–" | "•" | "'" | "(" | "." | "...");
    let hyphen_name = s.word(j) == "-" && s.glued(j);
    if matches!(n.form, Form::Words | Form::Ordinal) && capitalised && !hyphen_name {
        let name_after = capital(s, j) && s.tag(j).is_name();
        let name_before = i > 0 && capital(s, i - 1) && s.tag(i - 1).is_name();
        if !first && (name_after || name_before) {
            return true;
        }
        if first && n.form == Form::Ordinal && name_after {
            return true;
        }
    }
    if n.form == Form::Ordinal
        && s.kind(i) == TokenKind::Number
        && (capital(s, j) || s.lower(j) == "amendment")
    {
        return ORDINAL_NAMES.contains(s.lower(j));
    }
    false
}

/// "Peugeot 504", "a Falcon 9 rocket", "Python 3.11": a number that ends a name.
pub(super) fn model(s: &Sentence, n: &Numeral) -> bool {
    let (i, j) = (n.tokens.start, n.tokens.end);
    if i < 1
        || n.form != Form::Digits
        || n.tokens.len() > 1
        || s.word(i).contains(',')
        || s.glued(i)
        || s.glued(j) && s.kind(j) != TokenKind::Punct
    {
        return false;
    }
    let name = s.lower(i - 1) != "mach"
        && s.tag(i - 1).is_name()
        && capital(s, i - 1)
        && (i > 1 || s.len() > 8)
        && s.kind(i - 1) == TokenKind::Word
        && !(i > 1 && s.tag(i - 2).is_name() && n.plain(s)); // "Nick Hague 44 has"
    let possessive = i > 1
        && matches!(s.word(i - 1), "'s" | "’s")
        && s.tag(i - 2).is_name()
        && matches!(s.word(j), "." | "");
    let follows = matches!(s.word(j), "." | "" | "'s" | "’s")
        || matches!(s.tag(j), Tag::Noun | Tag::Aux | Tag::Modal)
        || s.tag(j).is_verb();
    let unit = unit_phrase::after(s, j, Region::US).is_some();
    let money = unit_phrase::currency_before(s, i, Region::US).is_some(); // "Rs 90."
    (name || possessive) && follows && !unit && !money && !listed(s, i)
}

/// The token before the capitalised words that stand before token `i`.
fn ahead_of_name(s: &Sentence, i: usize) -> Option<usize> {
    (0..i).rev().take(8).find(|&k| !capital(s, k))
}

/// Whether the number at token `i` may be an entry of a list: "Ohio 17, Iowa 6", "Electors: Ohio 17".
fn listed(s: &Sentence, i: usize) -> bool {
    let heading =
        |k: usize| s.word(k) == ":" && !(0..k).any(|v| s.tag(v).is_verb() && s.tag(v) != Tag::VerbParticiple);
    // "24 seats, Democrats 10."
    let entry = ahead_of_name(s, i).is_some_and(|k| matches!(s.word(k), "," | ";"));
    entry
        || (0..s.len()).any(|k| {
            let number = s.kind(k) == TokenKind::Number && k > 0 && k != i && k + 1 < s.len();
            heading(k) || number && (s.tag(k - 1).is_name() || capital(s, k - 1))
        })
}

/// "Planes stand in Hangar 9.": a bare number behind a capital that ends a sentence of words in lower case.
pub(super) fn closing(s: &Sentence, n: &Numeral) -> bool {
    let (i, j) = (n.tokens.start, n.tokens.end);
    // "lost 12 and Ajax 9.", "17 USD 25."
    let joined = || {
        ahead_of_name(s, i).is_some_and(|k| {
            matches!(s.lower(k), "and" | "or" | "to" | "but") || s.kind(k) == TokenKind::Number
        })
    };
    i > 1
        && n.plain(s)
        && s.word(i).len() < 4
        && !s.glued(i)
        && matches!(s.word(j), "" | ".")
        && j + 1 >= s.len()
        && capital(s, i - 1)
        && s.lower(i - 1) != "mach"
        && s.kind(i - 1) == TokenKind::Word
        && (1..i - 1).any(|k| s.kind(k) == TokenKind::Word && !capital(s, k))
        && unit_phrase::currency_before(s, i, Region::US).is_none()
        && !joined()
        && !listed(s, i)
}

/// "the iPhone 11 Pro and 11 Pro Max": a number before a word that models bear.
pub(super) fn before_model(s: &Sentence, n: &Numeral) -> bool {
    let (i, j) = (n.tokens.start, n.tokens.end);
    let model = n.plain(s) && capital(s, j) && MODELS.contains(s.lower(j)) && !s.glued(j);
    let named = |k: usize| capital(s, k) || matches!(s.lower(k), "and" | "or" | "," | "/" | "&" | "the");
    model && i > 0 && named(i - 1)
}

/// "1600 Pennsylvania Avenue".
pub(super) fn address(s: &Sentence, n: &Numeral) -> bool {
    if n.form != Form::Digits || n.scale > 0 || n.value.scale() > 0 {
        return false;
    }
    (n.tokens.end..(n.tokens.end + 5).min(s.len()))
        .take_while(|&k| {
            capital(s, k) || s.tag(k).is_name() || (k == n.tokens.end && s.kind(k) == TokenKind::Number)
        })
        .any(|k| STREETS.contains(s.lower(k)) && k > n.tokens.end)
}
