//! Years: bare four-digit numbers and "nineteen eighty-four".

use rust_decimal::Decimal;

use super::before;
use crate::document::Region;
use crate::lexicon::counted::TALLIED;
use crate::number::{self, Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;
use crate::unit_phrase;

/// Bare four-digit numbers that read as years: 1500 to 2100, with nothing counted after them.
pub(super) fn read(s: &Sentence, n: &Numeral) -> bool {
    if in_words(s, n) {
        return true;
    }
    if !n.plain(s) {
        return false;
    }
    let (i, before) = (n.tokens.end, before(s, n));
    let era = matches!(before, "a.d." | "ad" | "b.c.")
        || matches!(s.word(i), "BC" | "AD" | "BCE" | "CE" | "B.C." | "A.D.");
    if era || between_years(s, n) {
        return true;
    }
    if s.word(n.tokens.start).len() != 4 {
        return false;
    }
    let decade = s.lower(i) == "s" && s.glued(i);
    decade || (1500..=2100).contains(&n.value.mantissa()) && !quantity(s, n, before)
}

/// "between A.D. 1000 and 1260": the second of two years of an era.
fn between_years(s: &Sentence, n: &Numeral) -> bool {
    let i = n.tokens.start;
    i >= 4
        && matches!(s.lower(i - 1), "and" | "to" | "-" | "–")
        && s.kind(i - 2) == TokenKind::Number
        && matches!(s.lower(i - 3), "a.d." | "ad" | "b.c." | "bc" | "ce" | "bce")
        && (3..=4).contains(&s.word(i).len())
}

/// "nineteen eighty-four".
fn in_words(s: &Sentence, n: &Numeral) -> bool {
    let words = |n: &Numeral| n.form == Form::Words && n.scale == 0;
    words(n)
        && n.tokens.len() == 1
        && matches!(n.value.trunc().mantissa(), 17..=20)
        && number::read(s, n.tokens.end)
            .is_some_and(|m| words(&m) && m.value < Decimal::ONE_HUNDRED && m.value >= Decimal::TEN)
}

/// Whether the words around make a quantity of a number that could be a year.
fn quantity(s: &Sentence, n: &Numeral, before: &str) -> bool {
    let i = n.tokens.end;
    let bound = matches!(before, "below" | "above" | "under" | "over" | "than" | "least" | "exceeding")
        && s.tag(i) != Tag::Noun;
    let average = before == "of"
        && n.tokens.start > 1
        && matches!(
            s.lower(n.tokens.start - 2),
            "average" | "total" | "maximum" | "minimum" | "some" | "median"
        );
    let money =
        matches!(s.kind(n.tokens.start.wrapping_sub(1)), TokenKind::Symbol) && !matches!(before, "%" | "#");
    let tallied = TALLIED.contains(before);
    bound || tallied || average || money || before == "than" && s.tag(i) == Tag::Nouns || counts(s, i, before)
}

/// Whether a unit or what is counted stands at token `i`, after a number behind the word `before`.
fn counts(s: &Sentence, i: usize, before: &str) -> bool {
    let dated = matches!(before, "in" | "since" | "by" | "until" | "the");
    let unit = s.kind(i) == TokenKind::Symbol && s.word(i) == "%"
        || s.glued(i) && s.kind(i) == TokenKind::Word
        || unit_follows(s, i) && !dated && !matches!(before, "of" | "from");
    let noun = s.tag(i) == Tag::Nouns
        && !dated
        && !matches!(before, "its" | "their" | "his" | "her" | "late" | "early" | "mid");
    let described = s.tag(i).is_adj()
        && s.tag(i + 1) == Tag::Nouns
        && matches!(before, "about" | "some" | "around" | "nearly" | "almost" | "over" | "than" | "least");
    unit || noun || described
}

fn unit_follows(s: &Sentence, i: usize) -> bool {
    unit_phrase::after(s, i, Region::US).is_some_and(|u| !u.doubtful && u.end > i && s.word(i).len() > 1)
}
