//! Clauses, read from tags and noun phrases in one pass: which verb has which subject, and what stands in what.
//!
//! This is no full syntax. It knows what the context readers ask: for any word its clause, that clause's verb,
//! subject and object, and the clause that governs it ("X said | Y rose").

mod ahead;
mod link;
mod noun;
mod pieces;
mod verb;

use std::ops::Range;

use crate::chunk::Chunk;
use crate::figure::TimeExpression;
use crate::mention::Mention;
use crate::sentence::{Sentence, Token};
use pieces::{Cutter, Piece, amounts, bounds, spans};
pub(crate) use pieces::{VerbGroup, is_be, is_negation};

/// How a clause hangs on the one around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// On nothing.
    Main,
    /// As what is said, thought or planned: "said (that) Y rose".
    Complement,
    /// On a noun: "the firm, which sells tea".
    Relative,
    /// By a conjunction: "because", "if".
    Adverbial,
    /// Without a finite verb: "founded in 1990", "reflecting costs".
    Participle,
    /// "to cut costs".
    Infinitive,
}

/// A clause.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// Index of the chunk that is its subject.
    pub subject: Option<usize>,
    /// Its verb; a fragment has none.
    pub verb: Option<VerbGroup>,
    /// Index of the chunk that is its object or complement.
    pub object: Option<usize>,
    /// Index of the clause around it.
    pub parent: Option<usize>,
    /// How it hangs there.
    pub link: Link,
    /// First token: the conjunction or relative word, where there is one.
    pub start: usize,
    /// Whether a comma opened it.
    pub after_comma: bool,
    /// Whether a verb is in sight that its subject still waits for.
    waits: bool,
}

/// The clauses of a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Syntax {
    /// In the order of their first words.
    pub clauses: Vec<Clause>,
    /// For every token the index of its clause.
    pub of: Vec<u16>,
}

/// Reads the clauses of a sentence.
pub(crate) fn read(s: &Sentence, chunks: &[Chunk], mentions: &[Mention], times: &[TimeExpression]) -> Syntax {
    let mut groups = Vec::new();
    let (amounts, bounds, times_at) = (amounts(s, mentions), bounds(s, mentions), spans(s, times));
    let cutter = Cutter { s, chunks, amounts: &amounts, times: &times_at, bounds: &bounds };
    let pieces = cutter.cut(&mut groups);
    let mut reader = Reader {
        s,
        chunks,
        times,
        groups: &groups,
        pieces: &pieces,
        clauses: vec![Clause::new(Link::Main, None, 0, false)],
        stack: vec![0],
        last: None,
        governed: false,
        before: Piece::Stop,
    };
    let mut of = vec![0; s.len()];
    for (at, (piece, tokens)) in pieces.iter().enumerate() {
        // "after profit slid": a preposition before a clause is a conjunction.
        let conjunction = *piece == Piece::Adp && reader.opens_clause(at, tokens.start);
        let piece = if conjunction { &Piece::Sub } else { piece };
        reader.step(at, *piece, tokens.start);
        let clause = *reader.stack.last().unwrap_or(&0) as u16;
        of[tokens.clone()].fill(clause);
        if *piece != Piece::Skip {
            reader.before = *piece;
        }
    }
    Syntax { clauses: reader.clauses, of }
}

/// Whether token `i` stands in one of the times.
pub(crate) fn in_time(s: &Sentence, times: &[TimeExpression], i: usize) -> bool {
    let overlapping = |t: &Token| {
        let at = times.partition_point(|x| x.span.end <= t.span.start);
        times.get(at).is_some_and(|x| x.span.overlaps(t.span))
    };
    s.tokens.get(i).is_some_and(overlapping)
}

impl Clause {
    fn new(link: Link, parent: Option<usize>, start: usize, after_comma: bool) -> Clause {
        Clause { subject: None, verb: None, object: None, parent, link, start, after_comma, waits: false }
    }

    /// The token that bears the verb's meaning.
    pub fn main_verb(&self) -> Option<usize> {
        self.verb.as_ref().map(|v| v.main)
    }
}

struct Reader<'a> {
    s: &'a Sentence<'a>,
    chunks: &'a [Chunk],
    times: &'a [TimeExpression],
    groups: &'a [VerbGroup],
    pieces: &'a [(Piece, Range<usize>)],
    clauses: Vec<Clause>,
    stack: Vec<usize>,
    /// The last noun phrase.
    last: Option<usize>,
    /// Whether a preposition governs it.
    governed: bool,
    /// The piece before.
    before: Piece,
}

impl Reader<'_> {
    fn step(&mut self, at: usize, piece: Piece, token: usize) {
        match piece {
            Piece::Np(chunk) => self.noun_phrase(at, chunk),
            Piece::Amount(chunk) => self.amount(at, chunk),
            Piece::Verb(group) => self.verb(at, group),
            Piece::Comma if self.is_dateline(at, token) => self.stop(token),
            Piece::Comma => self.comma(),
            Piece::Stop => self.stop(token),
            Piece::Colon => self.colon(token),
            Piece::Sub => self.subordinate(at, token),
            Piece::Rel => self.relative(at, token),
            Piece::Time => self.governed = true,
            Piece::Adp | Piece::Quote | Piece::Conj | Piece::Skip => {}
        }
    }

    fn top(&self) -> usize {
        *self.stack.last().unwrap_or(&0)
    }

    fn push(&mut self, link: Link, token: usize) {
        let parent = self.top();
        let comma = self.before == Piece::Comma;
        self.stack.push(self.clauses.len());
        let mut clause = Clause::new(link, Some(parent), token, comma);
        if link == Link::Relative {
            clause.subject = self.last;
        }
        self.clauses.push(clause);
    }

    /// A clause of the same standing as clause `like`.
    fn push_like(&mut self, like: usize, token: usize) {
        let (link, parent) = (self.clauses[like].link, self.clauses[like].parent);
        self.stack.push(self.clauses.len());
        self.clauses.push(Clause::new(link, parent, token, self.before == Piece::Comma));
    }

    /// The innermost open clause with a finite verb.
    fn finite(&self) -> Option<usize> {
        let finite = |c: &&usize| self.clauses[**c].verb.as_ref().is_some_and(|v| v.finite);
        self.stack.iter().rev().find(finite).copied()
    }
}
