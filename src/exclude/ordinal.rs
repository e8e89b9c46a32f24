//! Ordinals that rank nothing: "at first", "first met", "second to none", "third-party".

use super::before;
use crate::lexicon::identifiers::{FIRST_HYPHENATED, FIRST_NOUNS, RANKED};
use crate::number::{Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// Ordinals that rank nothing.
pub(super) fn read(s: &Sentence, n: &Numeral) -> bool {
    n.form == Form::Ordinal && (idiomatic(s, n) || adverb(s, n))
}

/// "at first", "second to none", "on the 14th", "second thoughts", "Third World", "third day".
fn idiomatic(s: &Sentence, n: &Numeral) -> bool {
    let (i, j) = (n.tokens.start, n.tokens.end);
    let (before, word, next) = (before(s, n), s.lower(i), s.lower(j));
    let alone = || !s.tag(j).is_noun();
    let dated = before == "the" && i > 1 && s.lower(i - 2) == "on" && s.kind(i) == TokenKind::Number;
    (matches!(before, "at" | "from") || dated) && alone()
        || word == "second" && next == "to" && s.lower(j + 1) == "none"
        || matches!(next, "thought" | "thoughts" | "nature")
        || next == "world" && is_a_world(s, n)
        || next == "-" && s.lower(j + 1) == "day"
}

/// "the Third World", "first world countries" and the "Second World War", other than "her 97th World Cup win".
fn is_a_world(s: &Sentence, n: &Numeral) -> bool {
    let j = n.tokens.end;
    let few = matches!(s.lower(n.tokens.start), "first" | "second" | "third" | "fourth");
    let named = s.word(j + 1).starts_with(char::is_uppercase) && s.lower(j + 1) != "war";
    few && (s.word(j) == "World" && !named || s.tag(j + 1) == Tag::Nouns)
}

/// "first met", "first-hand", "first lady", "first, it was": an adverb or part of a term.
fn adverb(s: &Sentence, n: &Numeral) -> bool {
    let j = n.tokens.end;
    let (before, word, next) = (before(s, n), s.lower(n.tokens.start), s.lower(j));
    if !matches!(word, "first" | "second" | "third" | "fourth" | "fifth") {
        return false;
    }
    if FIRST_NOUNS.contains(next) || next == "-" && FIRST_HYPHENATED.contains(s.lower(j + 1)) {
        return true;
    }
    if matches!(word, "first" | "second" | "third") && clause_follows(s.tag(j)) && !RANKED.contains(before) {
        return true;
    }
    word == "first"
        && matches!(next, "," | "of" | "and")
        && !matches!(before, "the" | "his" | "her" | "its" | "came" | "finished")
}

/// Tags that no ranked noun begins with.
fn clause_follows(tag: Tag) -> bool {
    tag.is_verb()
        || matches!(
            tag,
            Tag::Aux
                | Tag::Pron
                | Tag::Punct
                | Tag::Modal
                | Tag::Adp
                | Tag::Sconj
                | Tag::Part
                | Tag::Adv
                | Tag::Det
                | Tag::Possessive
        )
}
