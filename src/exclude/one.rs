//! "one" that stands for somebody or something.

use super::before;
use crate::document::Region;
use crate::lexicon::identifiers::{ONE_AFTER, ONE_BEFORE, ONE_HYPHENATED};
use crate::number::{Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;
use crate::unit_phrase;

/// "one" that stands for somebody or something, or is a determiner.
pub(super) fn read(s: &Sentence, n: &Numeral) -> bool {
    let i = n.tokens.start;
    if n.form != Form::Words || n.tokens.len() != 1 || s.lower(i) != "one" {
        return false;
    }
    let before = before(s, n);
    let next = s.lower(i + 1);
    // "that one in 10 growers"
    let share = matches!(next, "in" | "out")
        && (2..5).any(|k| matches!(s.tag(i + k), Tag::Num) || s.kind(i + k) == TokenKind::Number);
    if share || matches!(before, "minus" | "negative") {
        return false;
    }
    if ONE_AFTER.contains(before)
        || (matches!(before, "the" | "a" | "an") && next != "-" && !s.tag(i + 1).is_noun())
        || (i > 0
            && next != "-"
            && s.tag(i - 1).is_adj()
            && !matches!(before, "more" | "only" | "least" | "own" | "than"))
    {
        return true;
    }
    if next == "of" {
        return !(matches!(s.lower(i + 2), "every" | "each") && s.tag(i + 3) == Tag::Num);
    }
    if before == "the" && next == "hand" || next == "way" && s.lower(i + 2) == "or" {
        return true;
    }
    // "the only one", "for one, noted", "rather than one based on"
    let only = before == "only" && i > 1 && matches!(s.lower(i - 2), "the" | "his" | "her" | "its" | "their");
    let aside = before == "for" && matches!(next, "," | ".");
    let modified = matches!(s.tag(i + 1), Tag::VerbParticiple | Tag::VerbIng)
        && !s.tag(i + 2).is_noun()
        && !(s.tag(i + 2).is_adj() && s.tag(i + 3).is_noun());
    if only && !s.tag(i + 1).is_noun() || aside || modified {
        return true;
    }
    if ONE_BEFORE.contains(next) || next == "-" && ONE_HYPHENATED.contains(s.lower(i + 2)) {
        return true;
    }
    !counts(s, i, next)
}

/// Whether something is counted by the "one" at token `i`; a bare one counts where other counts stand around it ("two
/// voted against and one abstained").
fn counts(s: &Sentence, i: usize, next: &str) -> bool {
    let tag = s.tag(i + 1);
    tag.is_noun()
        || tag.is_adj()
        || matches!(tag, Tag::VerbParticiple | Tag::VerbIng | Tag::Num)
        || s.kind(i + 1) == TokenKind::Symbol
        || unit_phrase::after(s, i + 1, Region::US).is_some()
        || matches!(next, "-" | "in" | "out" | "half" | "more" | "to" | "or")
        || (0..s.len()).any(|k| {
            k != i && (s.tag(k) == Tag::Num || s.kind(k) == TokenKind::Number) && s.lower(k) != "one"
        })
}
