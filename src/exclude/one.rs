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
    // "just one of four designs", where "he was one of four men" counts the men
    let few = next == "of"
        && matches!(before, "just" | "only")
        && (s.tag(i + 2) == Tag::Num || s.kind(i + 2) == TokenKind::Number);
    // "that one in 10 growers"
    let share = matches!(next, "in" | "out")
        && (2..5).any(|k| matches!(s.tag(i + k), Tag::Num) || s.kind(i + k) == TokenKind::Number);
    if share || few || matches!(before, "minus" | "negative") {
        return false;
    }
    if decided_by_words(s, i, before, next) {
        return true;
    }
    if (matches!(before, "the" | "a" | "an") && next != "-" && !s.tag(i + 1).is_noun())
        || (i > 0
            && next != "-"
            && !matches!(before, "more" | "only" | "least" | "own" | "than")
            && s.tag(i - 1).is_adj())
    {
        return true;
    }
    if next == "of" {
        return s.tag(i + 3) != Tag::Num; // "one of every five"
    }
    // "the only one", "rather than one based on"
    let only = before == "only" && i > 1 && matches!(s.lower(i - 2), "the" | "his" | "her" | "its" | "their");
    let modified = matches!(s.tag(i + 1), Tag::VerbParticiple | Tag::VerbIng)
        && !s.tag(i + 2).is_noun()
        && !(s.tag(i + 2).is_adj() && s.tag(i + 3).is_noun());
    only && !s.tag(i + 1).is_noun() || modified || !counts(s, i, next)
}

/// Whether the words around the "one" at token `i` say enough: "no one", "one of the", "one another", "for one, noted".
fn decided_by_words(s: &Sentence, i: usize, before: &str, next: &str) -> bool {
    if ONE_AFTER.contains(before) {
        return true;
    }
    match next {
        "of" => !matches!(s.lower(i + 2), "every" | "each"),
        "-" => ONE_HYPHENATED.contains(s.lower(i + 2)),
        "hand" if before == "the" => true,
        "way" if s.lower(i + 2) == "or" => true,
        "," | "." if before == "for" => true,
        _ => ONE_BEFORE.contains(next),
    }
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
