//! Numbers inside names: "S&P 500", "Fifth Avenue", "Peugeot 504", "1600 Pennsylvania Avenue".

use super::capital;
use crate::document::Region;
use crate::lexicon::identifiers::{NAMES, ORDINAL_NAMES, STREETS};
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
    let list = || {
        (0..s.len()).any(|k| {
            let number = s.kind(k) == TokenKind::Number && k > 0 && k != i && k + 1 < s.len();
            s.word(k) == ":" || number && s.tag(k - 1).is_name()
        })
    };
    let follows = matches!(s.word(j), "." | "" | "'s" | "’s")
        || matches!(s.tag(j), Tag::Noun | Tag::Aux | Tag::Modal)
        || s.tag(j).is_verb();
    let unit = unit_phrase::after(s, j, Region::US).is_some();
    let money = unit_phrase::currency_before(s, i, Region::US).is_some(); // "Rs 90."
    (name || possessive) && follows && !unit && !money && !list()
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
