//! Phrases as the figures carry them: a place in the text and a head.

use crate::chunk::is_genitive;
use crate::clause::in_time;
use crate::figure::Phrase;
use crate::lemma;
use crate::scene::Scene;
use crate::sentence::Sentence;
use crate::tag::{self, Tag};

/// The noun phrase of chunk `at` with the prepositional phrases that follow it at once.
///
/// Behind a verb only "of" is sure to belong to the noun; before it ("sales in China rose") any preposition
/// does, except before a time.
pub(crate) fn full(scene: &Scene, at: usize, before_verb: bool) -> Phrase {
    let s = scene.sentence;
    let chunk = &scene.chunks[at];
    // "Nick Hague, 44" and "Nick Hague 44": the figure is no part of the name.
    let (mut end, mut head_at) = (chunk.tokens.end, chunk.head);
    if head_at > chunk.tokens.start && s.tag(head_at) == Tag::Num && s.tag(head_at - 1).is_name() {
        head_at -= usize::from(scene.figure_in(&(head_at..end)).is_some());
    }
    if scene.figure_in(&(head_at + 1..end)).is_some() {
        end = head_at + 1;
    }
    let mut next = at + 1;
    while let Some(inner) = scene.chunks.get(next) {
        let link = s.lower(end);
        let joins = inner.tokens.start == end + 1
            && (link == "of" || before_verb && (s.tag(end) == Tag::Adp || s.tag(end) == Tag::Cconj))
            && !in_time(s, scene.times, inner.head)
            && s.tag(inner.head) != Tag::Num;
        if !joins {
            break;
        }
        (end, next) = (inner.tokens.end, next + 1);
    }
    Phrase { span: s.span_of(chunk.tokens.start, end), head: head(s, head_at), resolved: None }
}

/// The noun phrase `from..to` with what it is of, in, on or for: "tax on imported goods".
pub(crate) fn with_tail(scene: &Scene, from: usize, to: usize, head_at: usize) -> Phrase {
    let s = scene.sentence;
    let mut end = to;
    for _ in 0..2 {
        let Some(at) = scene.chunk_of(end + 1).filter(|_| matches!(s.lower(end), "of" | "in" | "on" | "for"))
        else {
            break;
        };
        let chunk = &scene.chunks[at];
        if chunk.tokens.start != end + 1
            || in_time(s, scene.times, chunk.head)
            || s.tag(chunk.head) == Tag::Num
        {
            break;
        }
        end = chunk.tokens.end;
    }
    of_tokens(s, from, end, head_at)
}

/// The tokens `from..to` as a phrase with the given head.
pub(crate) fn of_tokens(s: &Sentence, from: usize, to: usize, head_at: usize) -> Phrase {
    Phrase { span: s.span_of(from, to), head: head(s, head_at), resolved: None }
}

/// The tokens `from..to` as a phrase, its last word the head, told without tags where a capital says enough: a
/// sentence without figures need not be tagged for the one name in it.
pub(crate) fn by_capitals(s: &Sentence, from: usize, to: usize) -> Phrase {
    let word = s.word(to - 1);
    let capital = word.starts_with(char::is_uppercase);
    let head = if capital && is_company_suffix(s.lower(to - 1)) {
        head(s, to - 1)
    } else if capital && (to > 2 || tag::at_start(s, to - 1).is_name()) {
        word.to_owned()
    } else {
        lemma::noun(s.lower(to - 1), false).into_owned()
    };
    Phrase { span: s.span_of(from, to), head, resolved: None }
}

/// The head word as figures carry it: a common noun's singular in lower case, the identifying word of a name.
pub(crate) fn head(s: &Sentence, at: usize) -> String {
    if !s.tag(at).is_name() {
        return lemma::noun(s.lower(at), false).into_owned();
    }
    // "Seagram Co." is identified by "Seagram".
    let before = at.wrapping_sub(1);
    if is_company_suffix(s.lower(at)) && at > 0 && s.tag(before).is_name() {
        return s.word(before).to_owned();
    }
    s.word(at).to_owned()
}

pub(crate) fn is_company_suffix(lower: &str) -> bool {
    matches!(
        lower.trim_end_matches('.'),
        "co" | "corp"
            | "inc"
            | "ltd"
            | "plc"
            | "llc"
            | "group"
            | "ag"
            | "nv"
            | "jr"
            | "sr"
            | "company"
            | "corporation"
    )
}

/// The possessor in chunk `at` ("Trump" in "Trump's claim", "his" in "his claim").
pub(crate) fn possessor(scene: &Scene, at: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let chunk = &scene.chunks[at];
    let sign = chunk.tokens.clone().rev().find(|&i| s.tag(i) == Tag::Part && is_genitive(s.lower(i)));
    match sign {
        Some(sign) if sign > chunk.tokens.start => Some(of_tokens(s, chunk.tokens.start, sign, sign - 1)),
        _ if s.tag(chunk.tokens.start) == Tag::Possessive && chunk.tokens.len() > 1 => {
            Some(of_tokens(s, chunk.tokens.start, chunk.tokens.start + 1, chunk.tokens.start))
        }
        _ => None,
    }
}
