//! The pieces of a sentence that clauses are made of.

use std::ops::Range;

use crate::chunk::Chunk;
use crate::figure::TimeExpression;
use crate::mention::Mention;
use crate::sentence::Sentence;
use crate::tag::Tag;

/// A verb with its auxiliaries.
#[derive(Clone, Debug)]
pub(crate) struct VerbGroup {
    /// Its tokens, adverbs between them included.
    pub tokens: Range<usize>,
    /// The verb that bears the meaning.
    pub main: usize,
    /// Whether it is finite.
    pub finite: bool,
    /// Whether "to" or a bare form begins it.
    pub infinitive: bool,
    /// Whether it is passive.
    pub passive: bool,
}

/// What a clause is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Np(usize),
    /// A figure without a noun of its own, with the chunk of its number.
    Amount(Option<usize>),
    Verb(usize),
    /// A calendar or clock expression.
    Time,
    Adp,
    Comma,
    Stop,
    Colon,
    Quote,
    Conj,
    Sub,
    Rel,
    Skip,
}

/// The tokens of the figures that have no noun of their own: "over 26 minutes", "$3.20 a gallon".
pub(super) fn amounts(s: &Sentence, mentions: &[Mention]) -> Vec<Range<usize>> {
    let bare = |m: &&Mention| m.modifies.is_none() && m.counted.is_none() && !s.tag(m.tokens.start).is_verb();
    let tokens =
        |m: &Mention| s.token_at(m.span.start).min(m.tokens.start)..m.end.max(m.tokens.end).min(s.len());
    mentions.iter().filter(bare).map(tokens).collect()
}

/// The words before a number that bound it, where the figure has a noun: "as many as" of "as many as 95 lawmakers". They
/// govern nothing.
pub(super) fn bounds(s: &Sentence, mentions: &[Mention]) -> Vec<Range<usize>> {
    let tokens = |m: &Mention| s.token_at(m.span.start)..m.tokens.start;
    let bounded = |r: &Range<usize>| r.start < r.end;
    mentions.iter().filter(|m| m.counted.is_some()).map(tokens).filter(bounded).collect()
}

/// The tokens of the times.
pub(super) fn spans(s: &Sentence, times: &[TimeExpression]) -> Vec<Range<usize>> {
    times.iter().map(|t| s.token_at(t.span.start)..s.token_at(t.span.end)).collect()
}

/// Cuts a sentence into noun phrases, figures, times, verb groups and the words between them.
pub(super) struct Cutter<'a> {
    pub s: &'a Sentence<'a>,
    pub chunks: &'a [Chunk],
    pub amounts: &'a [Range<usize>],
    pub times: &'a [Range<usize>],
    pub bounds: &'a [Range<usize>],
}

impl Cutter<'_> {
    pub fn cut(&self, groups: &mut Vec<VerbGroup>) -> Vec<(Piece, Range<usize>)> {
        let mut pieces = Vec::with_capacity(self.s.len());
        let (mut i, mut chunk) = (0, 0);
        while i < self.s.len() {
            while self.chunks.get(chunk).is_some_and(|c| c.tokens.start < i) {
                chunk += 1;
            }
            let (piece, end) = self.piece(i, chunk, groups);
            let end = end.max(i + 1);
            pieces.push((piece, i..end));
            i = end;
        }
        pieces
    }

    /// The piece at token `i`, and its end; `chunk` is the next chunk.
    fn piece(&self, i: usize, chunk: usize, groups: &mut Vec<VerbGroup>) -> (Piece, usize) {
        if let Some(found) = self.amount(i, chunk) {
            return found;
        }
        if let Some(time) = self.times.iter().find(|t| t.start == i && t.end > i) {
            // "third-quarter profit": the time is no more than part of a noun phrase.
            let noun = self.chunks.get(chunk).filter(|c| c.tokens.start == i && c.head >= time.end);
            return noun.map_or((Piece::Time, time.end), |c| (Piece::Np(chunk), c.tokens.end));
        }
        let next = self.amounts.partition_point(|a| a.start <= i);
        let figure = self.amounts.get(next).map_or(self.s.len(), |a| a.start);
        if let Some(end) = parenthesis(self.s, i, figure) {
            return (Piece::Skip, end);
        }
        let next = self.chunks.get(chunk);
        if let Some(found) = next.filter(|c| c.tokens.start == i) {
            return (Piece::Np(chunk), found.tokens.end);
        }
        let limit = next.map_or(self.s.len(), |c| c.tokens.start);
        let bound = self.bounds.get(self.bounds.partition_point(|b| b.end <= i)).filter(|b| b.start <= i);
        if let Some(bound) = bound {
            return (Piece::Skip, bound.end.min(limit));
        }
        match verb_group(self.s, i, limit) {
            Some(group) => {
                let end = group.tokens.end;
                groups.push(group);
                (Piece::Verb(groups.len() - 1), end)
            }
            None => (piece_of(self.s, i), i + 1),
        }
    }

    /// A figure without a noun; a chunk that is no more than the figure ("a robust 19%") goes with it.
    fn amount(&self, i: usize, chunk: usize) -> Option<(Piece, usize)> {
        let tokens = self.amounts.get(self.amounts.partition_point(|a| a.start < i))?;
        let near =
            |c: &usize| self.chunks.get(*c).is_some_and(|c| c.tokens.start < tokens.end && c.tokens.end > i);
        let around = (chunk..chunk + 2)
            .find(|c| self.chunks.get(*c).is_some_and(|c| c.tokens.contains(&tokens.start)));
        let alone = around.filter(|&c| self.chunks[c].head < tokens.end);
        let from = alone.map_or(tokens.start, |c| self.chunks[c].tokens.start.min(tokens.start));
        let whole = around.is_none() || alone.is_some() || tokens.start == i && around != Some(chunk);
        (from == i && whole).then(|| (Piece::Amount((chunk..chunk + 3).find(near)), tokens.end))
    }
}

/// The end of a short parenthesis without a figure: "(F)", "(R-Ky.)".
fn parenthesis(s: &Sentence, i: usize, limit: usize) -> Option<usize> {
    if s.word(i) != "(" {
        return None;
    }
    (i + 1..limit.min(i + 8)).find(|&t| s.word(t) == ")").map(|t| t + 1)
}

fn piece_of(s: &Sentence, i: usize) -> Piece {
    match s.word(i) {
        "," | "–" | "—" | "―" | "--" | "(" | ")" | "-" => return Piece::Comma,
        ";" => return Piece::Stop,
        ":" => return Piece::Colon,
        "“" | "”" | "\"" | "''" | "``" => return Piece::Quote,
        _ => {}
    }
    match s.tag(i) {
        Tag::Adp => Piece::Adp,
        Tag::VerbIng => Piece::Adp,
        Tag::Cconj => Piece::Conj,
        Tag::Sconj => Piece::Sub,
        Tag::Relative => Piece::Rel,
        Tag::Det if s.lower(i) == "that" => Piece::Sub,
        // "after half-year profit slid": a preposition, whatever its tag
        Tag::Adv if matches!(s.lower(i), "after" | "before") && leads_to_noun(s, i + 1) => Piece::Adp,
        Tag::Adv if matches!(s.lower(i), "when" | "where" | "why" | "how" | "while") => Piece::Sub,
        _ => Piece::Skip,
    }
}

/// Whether token `i` may begin a noun phrase.
fn leads_to_noun(s: &Sentence, i: usize) -> bool {
    let tag = s.tag(i);
    tag.is_noun() || tag.is_adj() || matches!(tag, Tag::Det | Tag::Possessive) || s.word(i + 1) == "-"
}

/// The verb group that begins at token `i`, before token `limit`.
fn verb_group(s: &Sentence, i: usize, limit: usize) -> Option<VerbGroup> {
    let is_to = s.tag(i) == Tag::Part && s.lower(i) == "to";
    let begins = |t: Tag| t.is_verb() || matches!(t, Tag::Aux | Tag::Modal);
    if matches!(s.lower(i), "including" | "according" | "excluding" | "regarding" | "concerning") {
        return None;
    }
    let infinitive = is_to && verb_after_adverbs(s, i + 1, limit);
    if !infinitive && !begins(s.tag(i)) {
        return None;
    }
    let first = s.tag(i);
    let (mut j, mut end, mut main) = (i, i + 1, i);
    let (mut be, mut get) = (false, false);
    while j < limit {
        let tag = s.tag(j);
        // "has since apologised"
        let since = j > i && s.lower(j) == "since" && s.tag(j + 1).is_verb() && s.tag(j + 1) != Tag::VerbIng;
        if tag == Tag::Adv || tag == Tag::Part || since {
            if tag == Tag::Part && j > i && s.lower(j) == "to" {
                break;
            }
            if is_negation(s.lower(j)) {
                end = j + 1;
            } else if j > i && !since && !verb_after_adverbs(s, j, limit) {
                break;
            }
        } else if matches!(tag, Tag::Aux | Tag::Modal) {
            be = is_be(s.lower(j));
            (main, end) = (j, j + 1);
        } else if tag.is_verb() {
            (main, end) = (j, j + 1);
            get = matches!(s.lower(j), "got" | "gets" | "get" | "getting")
                && s.tag(j + 1) == Tag::VerbParticiple;
            if !get {
                break;
            }
        } else {
            break;
        }
        j += 1;
    }
    let participle = matches!(s.tag(main), Tag::VerbParticiple | Tag::VerbPast);
    let nonfinite_aux = matches!(s.lower(i), "be" | "been" | "being" | "having");
    Some(VerbGroup {
        tokens: i..end,
        main,
        finite: !is_to && !nonfinite_aux && !matches!(first, Tag::Verb | Tag::VerbIng | Tag::VerbParticiple),
        infinitive: is_to || first == Tag::Verb || s.lower(i) == "be",
        passive: participle && main > i && (be || get) || first == Tag::VerbParticiple && main == i,
    })
}

fn verb_after_adverbs(s: &Sentence, mut i: usize, limit: usize) -> bool {
    while i < limit && (s.tag(i) == Tag::Adv || is_negation(s.lower(i))) {
        i += 1;
    }
    i < limit && (s.tag(i).is_verb() || matches!(s.tag(i), Tag::Aux | Tag::Modal))
}

/// Whether the lower-cased word negates a verb.
pub(crate) fn is_negation(lower: &str) -> bool {
    matches!(lower, "not" | "n't" | "n’t" | "never")
}

/// Whether the lower-cased word is a form of "be".
pub(crate) fn is_be(lower: &str) -> bool {
    matches!(
        lower,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "am"
            | "'s"
            | "’s"
            | "'re"
            | "’re"
            | "'m"
            | "’m"
    )
}
