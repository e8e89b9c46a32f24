//! Looking ahead for the verb that a noun phrase is the subject of.

use super::Reader;
use super::pieces::Piece;
use crate::cue;
use crate::tag::Tag;

impl Reader<'_> {
    /// "after profit slid": whether a preposition is a conjunction.
    pub(super) fn opens_clause(&self, at: usize, token: usize) -> bool {
        matches!(self.s.lower(token), "after" | "before" | "since" | "until" | "as" | "while")
            && self.clauses[self.top()].verb.is_some()
            && self.clause_follows(at + 1)
    }

    /// Whether a noun phrase with its finite verb begins at piece `at`.
    pub(super) fn clause_follows(&self, at: usize) -> bool {
        let is_np = |k: &usize| matches!(self.pieces[*k].0, Piece::Np(_));
        (at..self.pieces.len().min(at + 3)).find(is_np).is_some_and(|k| self.verb_follows(k))
    }

    /// Whether the noun phrase at piece `at` is the subject of a finite verb further on.
    pub(super) fn verb_follows(&self, at: usize) -> bool {
        let (mut waiting, mut apart) = (1, false);
        let mut before = Piece::Stop;
        // Whether the last free noun phrase came right after a comma: then the verb is its own.
        let mut introduced = false;
        let top = self.top();
        let object = self.clauses[top].verb.is_some() && !self.reports(top);
        for (piece, tokens) in self.pieces.iter().skip(at + 1).take(24) {
            match piece {
                Piece::Verb(g) if self.groups[*g].finite || self.may_be_past(*g, before) => {
                    waiting -= 1;
                    if waiting == 0 {
                        return !apart && !introduced && before != Piece::Conj;
                    }
                }
                // "chose A and B rose": what follows the conjunction begins anew.
                Piece::Np(_) | Piece::Amount(_) if before == Piece::Conj && object && waiting == 1 => {
                    introduced = true
                }
                Piece::Amount(_) | Piece::Time if matches!(before, Piece::Stop | Piece::Comma) => continue,
                Piece::Np(c) if before == Piece::Stop && waiting == 1 => {
                    // Two noun phrases side by side: the second may have a verb of its own.
                    if self.s.tag(self.chunks[*c].head) != Tag::Pron {
                        return false;
                    }
                    waiting += 1;
                }
                Piece::Np(_) if matches!(before, Piece::Comma | Piece::Quote) => introduced = true,
                Piece::Rel => waiting += 1,
                Piece::Comma => (apart, introduced) = (!apart, false),
                Piece::Stop | Piece::Colon | Piece::Sub => return false,
                // "cut jobs after profit slid": tagged an adverb, it begins a clause.
                Piece::Adp if self.s.tag(tokens.start) == Tag::Adv => return false,
                _ => {}
            }
            if *piece != Piece::Skip {
                before = *piece;
            }
        }
        false
    }

    /// "The plan, he said on Monday, would cost …": whether the noun phrase at piece `at` begins a clause of saying that
    /// is set in between a subject and its verb.
    pub(super) fn is_inserted(&self, at: usize) -> bool {
        let clause = &self.clauses[self.top()];
        if self.before != Piece::Comma || clause.verb.is_some() || clause.subject.is_none() {
            return false;
        }
        let mut ahead = self.pieces.iter().map(|p| p.0).skip(at + 1).filter(|p| *p != Piece::Skip);
        let says = matches!(ahead.next(), Some(Piece::Verb(g)) if self.groups[g].finite && self.is_saying(g));
        let mut rest = ahead.take(8).skip_while(|p| matches!(p, Piece::Np(_) | Piece::Adp | Piece::Time));
        says && rest.next() == Some(Piece::Comma)
            && matches!(rest.next(), Some(Piece::Verb(g)) if self.groups[g].finite)
    }

    fn is_saying(&self, group: usize) -> bool {
        let verb = self.s.lower(self.groups[group].main);
        cue::REPORTING_VERBS.get(verb).is_some_and(|f| f & (cue::SAY | cue::QUOTE) != 0)
    }

    /// "the deficit hit", "the pill cut": a past that looks like the base form, right behind a noun phrase.
    fn may_be_past(&self, group: usize, before: Piece) -> bool {
        let group = &self.groups[group];
        let noun = matches!(before, Piece::Np(c) if self.s.tag(self.chunks[c].head) != Tag::Pron);
        let alike = matches!(
            self.s.lower(group.main),
            "hit"
                | "cut"
                | "put"
                | "set"
                | "shut"
                | "cost"
                | "beat"
                | "let"
                | "spread"
                | "split"
                | "bet"
                | "shed"
                | "quit"
        );
        noun && alike && group.main == group.tokens.start && self.s.tag(group.main) == Tag::Verb
    }
}
