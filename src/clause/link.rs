//! Commas, colons and conjunctions: what ends a clause, and what hangs one on another.

use super::pieces::Piece;
use super::{Clause, Link, Reader};
use crate::cue;

impl Reader<'_> {
    pub(super) fn comma(&mut self) {
        while self.stack.len() > 1 {
            let top = &self.clauses[self.top()];
            let Some(verb) = &top.verb else { break };
            let below = &self.clauses[self.stack[self.stack.len() - 2]];
            let below_waits = below.verb.is_none() && below.subject.is_some();
            let outer_waits = top.parent.is_some_and(|p| self.clauses[p].verb.is_none());
            let closes = match top.link {
                Link::Relative | Link::Participle => top.after_comma || outer_waits,
                Link::Adverbial | Link::Infinitive => outer_waits,
                // "…, the bank said, …", "the plan, he told them, would …"
                _ => {
                    top.after_comma
                        && verb.finite
                        && (top.object.is_none() || below_waits)
                        && self.reports(self.top())
                        && !matches!(self.before, Piece::Sub)
                }
            };
            if !closes {
                break;
            }
            self.stack.pop();
        }
    }

    /// "WASHINGTON (AP) — …": what stands before the dash is no part of the sentence.
    pub(super) fn is_dateline(&self, at: usize, token: usize) -> bool {
        let capitals = |w: &str| w.len() > 2 && w.chars().all(|c| c.is_uppercase() || c == '.');
        matches!(self.s.word(token), "—" | "–" | "-" | "--")
            && token < 14
            && capitals(self.s.word(0))
            && !self.pieces[..at].iter().any(|p| matches!(p.0, Piece::Verb(_)))
    }

    pub(super) fn stop(&mut self, token: usize) {
        self.stack.clear();
        self.stack.push(self.clauses.len());
        self.clauses.push(Clause::new(Link::Main, None, token, false));
        self.last = None;
        self.governed = false;
    }

    /// "He said: …" keeps what follows within what he said.
    pub(super) fn colon(&mut self, token: usize) {
        let said = self.stack.iter().rev().find(|c| self.reports(**c)).copied();
        self.stop(token);
        if let Some(said) = said {
            let top = self.top();
            self.clauses[top].parent = Some(said);
            self.clauses[top].link = Link::Complement;
        }
    }

    pub(super) fn subordinate(&mut self, at: usize, token: usize) {
        let word = self.s.lower(token);
        if matches!(word, "than" | "like" | "as") && !self.clause_follows(at + 1) {
            return;
        }
        // "reports that", "said that"; but "so that", "now that"
        let link = match word {
            "that" | "whether" => Link::Complement,
            _ => Link::Adverbial,
        };
        self.push(link, token);
    }

    /// "that" behind a verb of saying begins what is said, even if a day or place stands between.
    pub(super) fn relative(&mut self, at: usize, token: usize) {
        let top = self.top();
        let tells = self.clauses[top].main_verb().is_some_and(|v| {
            matches!(
                self.s.lower(v),
                "told"
                    | "tell"
                    | "tells"
                    | "warned"
                    | "warns"
                    | "reminded"
                    | "assured"
                    | "informed"
                    | "notified"
            )
        });
        let noun = match self.before {
            Piece::Np(chunk) => Some(self.s.lower(self.chunks[chunk].head)),
            _ => None,
        };
        let on_noun = noun.is_some() && !self.governed && self.clauses[top].object.is_some() && !tells;
        let claim = noun.is_some_and(|n| cue::SOURCE_NOUNS.get(n).is_some_and(|f| f & cue::CLAIM != 0));
        let said = self.reports(top) && !on_noun || claim;
        if self.s.lower(token) == "that" && said && self.clause_follows(at + 1) {
            self.push(Link::Complement, token);
        } else {
            self.push(Link::Relative, token);
        }
    }
}
