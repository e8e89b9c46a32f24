//! Noun phrases and bare figures: what is subject, what object, what begins a clause.

use super::pieces::Piece;
use super::{Link, Reader, in_time};
use crate::chunk::Chunk;
use crate::sentence::Sentence;
use crate::tag::Tag;

impl Reader<'_> {
    /// A bare figure is what a verb leads to, unless it is the subject itself: "46 percent agreed".
    pub(super) fn amount(&mut self, at: usize, chunk: Option<usize>) {
        let waits = self.clauses[self.top()].waits && self.clauses[self.top()].verb.is_none();
        match chunk {
            Some(chunk)
                if !waits && self.may_begin() && !self.shares_noun(at, chunk) && self.verb_follows(at) =>
            {
                self.noun_phrase(at, chunk)
            }
            _ => {
                let top = self.top();
                let clause = &mut self.clauses[top];
                if clause.verb.is_some() && clause.object.is_none() && matches!(self.before, Piece::Verb(_)) {
                    clause.object = chunk;
                }
                self.governed = self.before == Piece::Adp;
            }
        }
    }

    /// "60 and perhaps as many as 95 bakers": a number that waits for the noun of the next.
    fn shares_noun(&self, at: usize, chunk: usize) -> bool {
        let mut behind = self.pieces.iter().map(|p| p.0).skip(at + 1).filter(|p| *p != Piece::Skip);
        self.s.tag(self.chunks[chunk].head) == Tag::Num
            && behind.next() == Some(Piece::Conj)
            && matches!(behind.next(), Some(Piece::Np(c)) if self.s.tag(self.chunks[c].tokens.start) == Tag::Num)
    }

    /// Whether a clause may begin here: "said 46 percent agreed", but "is 204 hp, which …".
    fn may_begin(&self) -> bool {
        match self.before {
            Piece::Adp => false,
            Piece::Verb(_) | Piece::Np(_) | Piece::Amount(_) => {
                self.clauses[self.top()].verb.is_none() || self.reports(self.top())
            }
            _ => true,
        }
    }

    pub(super) fn noun_phrase(&mut self, at: usize, chunk: usize) {
        let tokens = self.chunks[chunk].tokens.clone();
        let whose = matches!(self.s.lower(tokens.start), "whose");
        if whose {
            self.push(Link::Relative, tokens.start);
            let top = self.top();
            self.clauses[top].subject = None;
        }
        let governed = match self.before {
            Piece::Adp => !whose,
            Piece::Conj => self.governed,
            Piece::Comma => self.governed && self.clauses[self.top()].subject.is_some(),
            _ => false,
        };
        let follows = self.verb_follows(at);
        let temporal = self.is_temporal(chunk);
        if !(governed && (self.before == Piece::Adp || !follows) || temporal && !follows) {
            self.ungoverned(at, chunk, tokens.start, follows);
        }
        self.governed = governed;
        self.last = Some(chunk);
    }

    pub(super) fn is_temporal(&self, chunk: usize) -> bool {
        in_time(self.s, self.times, self.chunks[chunk].head) || is_time_noun(self.s, &self.chunks[chunk])
    }

    fn ungoverned(&mut self, at: usize, chunk: usize, token: usize, follows: bool) {
        let top = self.top();
        if self.is_inserted(at) {
            self.push_like(top, token);
            let says = self.top();
            self.clauses[says].subject = Some(chunk);
            return;
        }
        let clause = &self.clauses[top];
        if clause.verb.is_none() {
            let relative_object = clause.link == Link::Relative && clause.subject != Some(chunk) && follows;
            let contact = matches!(self.before, Piece::Np(_)) && follows && clause.subject.is_some();
            if contact && !relative_object {
                self.push(Link::Relative, token);
                let top = self.top();
                self.clauses[top].subject = Some(chunk);
            } else if clause.subject.is_none()
                || relative_object
                || follows
                    && !clause.waits
                    && (self.before == Piece::Comma || self.ends_speech(token))
                    && clause.link == Link::Main
            {
                self.clauses[top].subject = Some(chunk);
                self.clauses[top].waits = follows;
            }
        } else if follows && !(clause.link == Link::Relative && self.outer_waits(top) && !self.reports(top)) {
            self.new_clause(chunk, token);
        } else if clause.object.is_none() && !matches!(self.before, Piece::Comma) {
            let inverted = clause.subject.is_none() && matches!(clause.link, Link::Main | Link::Complement);
            let there = clause.subject.is_some_and(|c| self.s.lower(self.chunks[c].head) == "there");
            let clause = &mut self.clauses[top];
            if inverted || there {
                clause.subject = Some(chunk);
            } else {
                clause.object = Some(chunk);
            }
        }
    }

    /// A noun phrase that begins a clause of its own after a verb.
    fn new_clause(&mut self, chunk: usize, token: usize) {
        let said = self.top();
        match self.before {
            Piece::Verb(_)
            | Piece::Np(_)
            | Piece::Adp
            | Piece::Skip
            | Piece::Sub
            | Piece::Rel
            | Piece::Time => {
                self.push(Link::Complement, token);
            }
            Piece::Quote if self.reports(said) && self.clauses[said].object.is_none() => {
                self.push(Link::Complement, token);
            }
            Piece::Comma if self.finite().is_none() && self.is_empty(self.stack[0]) => {
                // "Chasing 184 to win, the hosts …": what stood in front belongs to this clause.
                self.stack.truncate(1);
                let top = self.top();
                self.clauses[top].waits = true;
            }
            _ => {
                let like = self.finite().unwrap_or(0);
                self.push_like(like, token);
            }
        }
        let top = self.top();
        self.clauses[top].subject = Some(chunk);
    }

    /// "“…,” the mayor told them": whether a quotation ends with a comma right before token `token`.
    fn ends_speech(&self, token: usize) -> bool {
        self.before == Piece::Quote && token > 1 && self.s.word(token - 2) == ","
    }

    fn is_empty(&self, clause: usize) -> bool {
        let clause = &self.clauses[clause];
        clause.verb.is_none() && clause.subject.is_none()
    }

    /// Whether the clause around a relative clause still lacks its verb: "the firm, which has 9 shops, said".
    fn outer_waits(&self, clause: usize) -> bool {
        self.clauses[clause].parent.is_some_and(|p| self.clauses[p].verb.is_none() && self.clauses[p].waits)
    }
}

/// "last week", "this year", "Tuesday" without a time reader's help.
fn is_time_noun(s: &Sentence, chunk: &Chunk) -> bool {
    let word = s.lower(chunk.head);
    let unit =
        matches!(word, "week" | "month" | "year" | "quarter" | "morning" | "afternoon" | "evening" | "night");
    let year =
        chunk.tokens.len() == 1 && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let day = matches!(
        word,
        "today"
            | "yesterday"
            | "tomorrow"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
    );
    day && chunk.tokens.len() <= 2
        || year
        || unit && matches!(s.lower(chunk.tokens.start), "last" | "this" | "next" | "each" | "every" | "that")
}
