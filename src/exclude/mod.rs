//! What is no figure although it holds a number: names, identifiers, years, addresses, idioms.

mod code;
mod idiom;
mod label;
mod name;
mod one;
mod ordinal;
mod year;

use rust_decimal::Decimal;

use crate::figure::TimeExpression;
use crate::number::{Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// A reading of a numeral as something else than a figure.
type Reading = fn(&Sentence, &Numeral) -> bool;

/// The readings and their names, in the order in which they are asked.
const READINGS: [(&str, Reading); 17] = [
    ("letters glued to digits", code::glued),
    ("phone number or code", code::phone),
    ("phone number", code::dialled),
    ("postal code", code::zip),
    ("chapter and verse", code::verse),
    (IDENTIFIER, code::identifier),
    ("label", label::read),
    ("year", year::read),
    ("part of a name", name::read),
    ("part of a name", name::model),
    ("part of a name", name::closing),
    ("name of a model", name::before_model),
    ("list mark", list_mark),
    ("address", name::address),
    ("pronoun one", one::read),
    ("adverb", ordinal::read),
    ("idiom", idiom::read),
];

/// The reason that a numeral is an identifier.
pub(crate) const IDENTIFIER: &str = "identifier";

/// The reason why a numeral is no figure, or `None` where it may be one.
pub fn reason(s: &Sentence, n: &Numeral, times: &[TimeExpression]) -> Option<&'static str> {
    let (start, end) = (n.tokens.start, n.tokens.end);
    let ordinal_noun = n.form == Form::Ordinal
        && s.kind(start) == TokenKind::Number
        && !s.lower(end).starts_with("cent")
        && s.tag(end) == Tag::Noun;
    if !ordinal_noun && crate::time::covers(s, times, s.span_of(start, end)) {
        return Some("part of a time");
    }
    READINGS.iter().find(|(_, read)| read(s, n)).map(|(name, _)| *name)
}

/// The lower-cased word before the numeral; "" at the start.
fn before<'a>(s: &'a Sentence, n: &Numeral) -> &'a str {
    n.tokens.start.checked_sub(1).map_or("", |i| s.lower(i))
}

/// Whether the word at token `i` has a capital.
fn capital(s: &Sentence, i: usize) -> bool {
    s.word(i).starts_with(char::is_uppercase)
}

/// "1. First", "(2) second", "3) third" at the start of a line; footnote marks such as [3].
fn list_mark(s: &Sentence, n: &Numeral) -> bool {
    if !n.plain(s) {
        return false;
    }
    let (i, j) = (n.tokens.start, n.tokens.end);
    let bracket = i > 0 && s.word(i - 1) == "[" && s.word(j) == "]";
    let at_start = i == 0
        && (matches!(s.word(j), ")")
            || (s.word(j) == "." && s.glued(j) && j + 1 < s.len() && !s.glued(j + 1))
            || (s.word(j) == "." && j + 1 == s.len() && n.value < Decimal::ONE_HUNDRED && s.len() == 2));
    let bracketed_start = i == 1 && s.word(0) == "(" && s.word(j) == ")";
    // "we want 1) bread and 2) peace"
    let unopened = s.word(j) == ")"
        && n.value < Decimal::from(20)
        && !(i.saturating_sub(12)..i).any(|k| matches!(s.word(k), "(" | ":" | ";" | "="));
    bracket || at_start || bracketed_start || unopened
}
