//! Base noun phrases: a determiner or possessor, adjectives and nouns, up to the head.

use std::ops::Range;

use crate::lexicon::identifiers::NAMES;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// A base noun phrase, a pronoun or a bare number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its last noun; of a pronoun or a bare number that word itself.
    pub head: usize,
}

/// The base noun phrases of a sentence, in order.
///
/// A possessor belongs to the phrase ("the bank's new rate" is one); what follows the head does not
/// ("the risk | of stroke" are two).
pub fn read(sentence: &Sentence) -> Vec<Chunk> {
    let mut chunks = Vec::with_capacity(sentence.len() / 3);
    let mut i = 0;
    while i < sentence.len() {
        match chunk_at(sentence, i) {
            Some(chunk) => {
                i = chunk.tokens.end;
                chunks.push(chunk);
            }
            None => i += 1,
        }
    }
    chunks
}

fn chunk_at(s: &Sentence, start: usize) -> Option<Chunk> {
    if s.tag(start) == Tag::Pron {
        return Some(Chunk { tokens: start..start + 1, head: start });
    }
    if is_gerund(s, start) {
        return Some(Chunk { tokens: start..start + 1, head: start });
    }
    let mut end = start;
    let mut head = None;
    while end < s.len() && end < start + 40 && belongs(s, start, end, head) {
        if is_head(s, start, end) {
            head = Some(end);
        }
        end += 1;
    }
    let head = head?;
    // The unit sign after a bare number stays with it ("5%").
    let mut end = head + 1;
    while end < s.len() && matches!(s.lower(end), "%") {
        end += 1;
    }
    Some(Chunk { tokens: start..end, head })
}

/// "Bidding for the land began": a verb in -ing that opens a clause and has the finite verb for itself.
fn is_gerund(s: &Sentence, i: usize) -> bool {
    let opens = i == 0
        || matches!(s.word(i - 1), "," | ";" | ":" | "“" | "\"")
        || matches!(s.lower(i - 1), "that" | "said" | "says");
    if !opens || s.tag(i) != Tag::VerbIng || s.tag(i + 1) != Tag::Adp {
        return false;
    }
    for j in i + 2..s.len().min(i + 16) {
        match s.tag(j) {
            Tag::VerbPast | Tag::VerbS | Tag::VerbPresent | Tag::Modal => return s.tag(j - 1) != Tag::Pron,
            Tag::Aux => return !matches!(s.lower(j), "be" | "been" | "being") && s.tag(j - 1) != Tag::Pron,
            Tag::Sconj | Tag::Relative => return false,
            Tag::Punct if s.word(j) != "-" => return false,
            _ => {}
        }
    }
    false
}

/// Whether token `i` may head the phrase that starts at `start`.
fn is_head(s: &Sentence, start: usize, i: usize) -> bool {
    let tag = s.tag(i);
    if tag.is_noun() {
        return true;
    }
    match tag {
        Tag::Num => !next_is_nominal(s, i),
        // "those", "this", "some"
        Tag::Det => {
            i == start && !matches!(s.lower(i), "a" | "an" | "the" | "no" | "every") && !next_is_nominal(s, i)
        }
        // "the dead", "the poorest"
        Tag::Adj | Tag::AdjSuperlative => i > start && s.lower(start) == "the" && !next_is_nominal(s, i),
        Tag::Possessive => matches!(s.lower(i), "theirs" | "hers" | "ours" | "mine" | "yours"),
        _ => false,
    }
}

fn next_is_nominal(s: &Sentence, i: usize) -> bool {
    let tag = s.tag(i + 1);
    tag.is_noun()
        || tag.is_adj()
        || matches!(tag, Tag::Num | Tag::VerbParticiple)
        || s.glued(i + 1) && s.word(i + 1) == "-"
}

/// Whether token `i` continues the phrase from `start` whose last head is `head`.
fn belongs(s: &Sentence, start: usize, i: usize, head: Option<usize>) -> bool {
    let tag = s.tag(i);
    let first = i == start;
    let before = if first { Tag::Punct } else { s.tag(i - 1) };
    let after_noun = before.is_noun();
    let hyphened = !first && s.glued(i) && s.glued(i - 1) && s.word(i - 1) == "-";
    if hyphened {
        return s.kind(i) != TokenKind::Punct;
    }
    match tag {
        Tag::Name
            if after_noun && !before.is_name() && (is_weekday(s.lower(i)) || is_period(s.lower(i - 1))) =>
        {
            false
        }
        Tag::Noun | Tag::Nouns | Tag::Name | Tag::Names => !(before == Tag::Num && head == Some(i - 1)),
        Tag::Det => first && !is_that_clause(s, i) || before == Tag::Det,
        Tag::Possessive => first || before == Tag::Det,
        Tag::Num if after_noun && head == Some(i - 1) && names_index(s, i) => true,
        Tag::Num if before.is_name() && s.kind(i) == TokenKind::Word => {
            // "Air Force Two"
            s.word(i).starts_with(char::is_uppercase)
        }
        Tag::Num => {
            // "The Stage 3 cuts", but "Rowe 38 points"
            let named = before == Tag::Name && s.tag(start) == Tag::Det && s.kind(i) == TokenKind::Number;
            let index = before == Tag::Name && NAMES.contains(s.lower(i - 1));
            !after_noun || (named || index) && s.tag(i + 1).is_noun()
        }
        // "at least nine people": a bound, whatever the tag
        Tag::AdjSuperlative if first && i > 0 && s.lower(i - 1) == "at" => false,
        Tag::Adj | Tag::AdjSuperlative | Tag::AdjComparative => {
            // "a 52-count civil complaint"
            let compound = i > start + 2 && s.word(i - 2) == "-" && s.glued(i - 1);
            !after_noun || (before.is_name() || compound) && (s.tag(i + 1).is_noun() || s.tag(i + 1).is_adj())
        }
        // "of dried fruit"
        Tag::VerbParticiple if first && i > 0 && s.tag(i - 1) == Tag::Adp => {
            s.tag(i + 1).is_noun() && !s.tag(i + 1).is_name()
        }
        Tag::VerbParticiple | Tag::VerbIng => {
            !first && !after_noun && (s.tag(i + 1).is_noun() || s.tag(i + 1) == Tag::Adj)
        }
        // "non-food sales"
        Tag::Adv | Tag::X if !after_noun && s.word(i + 1) == "-" && s.glued(i + 1) && s.glued(i + 2) => {
            nominal_soon(s, i + 2) && nominal_soon(s, i + 3)
        }
        Tag::Adv | Tag::AdvComparative => {
            !after_noun && matches!(s.tag(i + 1), Tag::Adj | Tag::VerbParticiple) && nominal_soon(s, i + 2)
        }
        Tag::Part => after_noun && is_genitive(s.lower(i)),
        Tag::Sym if s.word(i) == "/" && after_noun => s.glued(i) && s.glued(i + 1),
        Tag::Sym => !after_noun,
        Tag::Cconj => after_noun && s.word(i) == "&" || before.is_adj() && joins_modifiers(s, i + 1),
        Tag::Punct => {
            let inner_hyphen = s.word(i) == "-" && s.glued(i) && s.glued(i + 1) && !first;
            let slash = s.word(i) == "/" && s.glued(i) && s.glued(i + 1) && after_noun;
            inner_hyphen || slash || s.word(i) == "." && s.glued(i) && before.is_name() && i + 1 < s.len()
        }
        Tag::X => !first,
        _ => s.kind(i) == TokenKind::Symbol && !after_noun,
    }
}

/// "The S&P 500 fell": a number between a name and a verb belongs to the name.
fn names_index(s: &Sentence, i: usize) -> bool {
    let next = s.tag(i + 1);
    let name = s.word(i - 1).starts_with(char::is_uppercase);
    name && s.kind(i) == TokenKind::Number
        && (next.is_verb() || matches!(next, Tag::Aux | Tag::Modal))
        && next != Tag::VerbIng
}

/// "that the bank": a conjunction, whatever its tag.
fn is_that_clause(s: &Sentence, i: usize) -> bool {
    s.lower(i) == "that" && matches!(s.tag(i + 1), Tag::Det | Tag::Possessive | Tag::Pron)
}

/// "his doctor Friday": the day is no part of the phrase.
fn is_weekday(lower: &str) -> bool {
    matches!(lower, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// "last season Chris Wood": the time is no part of the name.
fn is_period(lower: &str) -> bool {
    matches!(
        lower,
        "season"
            | "week"
            | "month"
            | "year"
            | "summer"
            | "winter"
            | "spring"
            | "autumn"
            | "quarter"
            | "morning"
            | "night"
    )
}

fn nominal_soon(s: &Sentence, i: usize) -> bool {
    s.tag(i).is_noun() || s.tag(i).is_adj() && s.tag(i + 1).is_noun()
}

/// "federal and state officials": what follows the conjunction is a modifier, too.
fn joins_modifiers(s: &Sentence, i: usize) -> bool {
    let tag = s.tag(i);
    (tag.is_adj() || tag == Tag::Noun) && s.tag(i + 1).is_noun()
}

/// Whether the lower-cased word is the genitive sign.
pub(crate) fn is_genitive(lower: &str) -> bool {
    matches!(lower, "'s" | "’s" | "'" | "’")
}
