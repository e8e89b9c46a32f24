//! What a context reader looks at: one sentence with everything read of it so far.

use std::ops::Range;

use crate::chunk::Chunk;
use crate::clause::{self, Clause, Syntax};
use crate::figure::TimeExpression;
use crate::mention::Mention;
use crate::sentence::Sentence;

/// One sentence, its noun phrases, its mentions and its times, with its clauses.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// The sentence, tagged.
    pub sentence: &'a Sentence<'a>,
    /// Its base noun phrases.
    pub chunks: &'a [Chunk],
    /// Its mentions, in text order.
    pub mentions: &'a [Mention],
    /// Its times, in text order.
    pub times: &'a [TimeExpression],
    /// Its clauses.
    pub(crate) syntax: Syntax,
}

impl<'a> Scene<'a> {
    /// Reads the clauses of a sentence.
    pub fn new(
        sentence: &'a Sentence<'a>,
        chunks: &'a [Chunk],
        mentions: &'a [Mention],
        times: &'a [TimeExpression],
    ) -> Scene<'a> {
        let syntax = clause::read(sentence, chunks, mentions, times);
        Scene { sentence, chunks, mentions, times, syntax }
    }

    /// A sentence of which only the words are known, not their tags.
    pub(crate) fn untagged(sentence: &'a Sentence<'a>) -> Scene<'a> {
        Scene { sentence, chunks: &[], mentions: &[], times: &[], syntax: Syntax::default() }
    }

    /// Whether the sentence was read for its words only.
    pub(crate) fn is_untagged(&self) -> bool {
        self.syntax.of.is_empty()
    }

    /// The chunk that covers token `i`.
    pub(crate) fn chunk_of(&self, i: usize) -> Option<usize> {
        let at = self.chunks.partition_point(|c| c.tokens.end <= i);
        self.chunks.get(at).filter(|c| c.tokens.start <= i).map(|_| at)
    }

    /// The first mention whose number begins among these tokens.
    pub(crate) fn figure_in(&self, tokens: &Range<usize>) -> Option<&Mention> {
        let at = self.mentions.partition_point(|m| m.tokens.start < tokens.start);
        self.mentions.get(at).filter(|m| m.tokens.start < tokens.end)
    }

    /// The clause that token `i` stands in.
    pub(crate) fn clause_of(&self, i: usize) -> Option<&Clause> {
        self.syntax.of.get(i).map(|&c| &self.syntax.clauses[c as usize])
    }

    /// The clause around `clause`.
    pub(crate) fn parent(&self, clause: &Clause) -> Option<&Clause> {
        clause.parent.map(|p| &self.syntax.clauses[p])
    }

    /// "rose faster than economists had predicted": the "than" before a clause that only tells what is compared with.
    pub(crate) fn comparison(&self, clause: &Clause) -> Option<usize> {
        let verb = clause.verb.as_ref()?.tokens.start;
        let named = verb.checked_sub(1).and_then(|t| self.chunk_of(t)).map(|c| self.chunks[c].tokens.start);
        named.unwrap_or(verb).checked_sub(1).filter(|&t| self.sentence.lower(t) == "than")
    }

    /// First token of a mention with its comparator.
    pub(crate) fn start(&self, i: usize) -> usize {
        self.start_of(&self.mentions[i])
    }

    /// First token of a mention with its comparator.
    pub(crate) fn start_of(&self, m: &Mention) -> usize {
        self.sentence.token_at(m.span.start).min(m.tokens.start)
    }

    /// Whether mention `i` says the one before it again: "$50 million (€46 million)", "$547 million, or $2.36 a share".
    pub(crate) fn restates(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).map(|k| &self.mentions[k]) else { return false };
        let (s, start) = (self.sentence, self.start(i));
        let end = before.counted.as_ref().map_or(before.end, |p| before.end.max(p.head + 1));
        let Some(gap) = start.checked_sub(end) else { return false };
        match gap {
            0 => false,
            1 => matches!(s.lower(end), "(" | "or" | "–" | "—"),
            2 => s.word(start - 1) == "(" || s.lower(start - 1) == "or" && s.word(before.end) == ",",
            3..=8 => {
                let verbs = (before.end..start).any(|t| s.tag(t).is_verb());
                s.lower(start - 1) == "or" && s.word(start - 2) == "," && !verbs
            }
            _ => false,
        }
    }

    /// Whether token `i` stands in a time expression.
    pub(crate) fn in_time(&self, i: usize) -> bool {
        clause::in_time(self.sentence, self.times, i)
    }

    /// The clauses in words, one a line: how it hangs, subject, verb, object. For explanations.
    pub fn outline(&self) -> Vec<String> {
        let s = self.sentence;
        let chunk = |c: Option<usize>| c.map_or("", |c| s.word(self.chunks[c].head));
        let line = |c: &Clause| {
            let verb = c.main_verb().map_or("", |v| s.word(v));
            format!("{:?} of {:?}: {} | {verb} | {}", c.link, c.parent, chunk(c.subject), chunk(c.object))
        };
        self.syntax.clauses.iter().map(line).collect()
    }
}
