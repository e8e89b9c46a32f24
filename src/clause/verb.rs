//! Verbs: which clause a verb belongs to, and which it begins.

use super::pieces::{Piece, VerbGroup};
use super::{Link, Reader};
use crate::cue;
use crate::sentence::Sentence;
use crate::tag::Tag;

impl Reader<'_> {
    /// Whether the verb of a clause is one of saying.
    pub(super) fn reports(&self, clause: usize) -> bool {
        self.clauses[clause]
            .main_verb()
            .is_some_and(|v| cue::REPORTING_VERBS.get(self.s.lower(v)).is_some_and(|f| f & cue::SAY != 0))
    }

    pub(super) fn verb(&mut self, at: usize, group: usize) {
        let mut group = self.groups[group].clone();
        let token = group.tokens.start;
        if self.is_past_like_base(&group) || self.is_past_like_participle(&group) {
            (group.finite, group.infinitive, group.passive) = (true, false, false);
        }
        if !group.finite {
            return self.nonfinite(group);
        }
        let top = self.top();
        if self.inverted(at, group.main) {
            // "…, said the mayor"
            let like = self.finite().unwrap_or(0);
            self.push_like(like, token);
        } else if self.clauses[top].verb.is_some() {
            let open = |c: &usize| self.clauses[*c].verb.is_none() && self.clauses[*c].subject.is_some();
            let verbless = self.stack.iter().rposition(open);
            if self.before == Piece::Conj {
                let like = self.finite().unwrap_or(0);
                let subject = self.clauses[like].subject;
                self.push_like(like, token);
                let top = self.top();
                self.clauses[top].subject = subject;
            } else if let Some(open) = verbless {
                self.stack.truncate(open + 1);
            } else if let (Piece::Np(chunk), false) = (self.before, self.governed) {
                let top = self.top();
                if self.clauses[top].object == Some(chunk) {
                    self.clauses[top].object = None;
                }
                self.push(Link::Complement, self.chunks[chunk].tokens.start);
                let top = self.top();
                self.clauses[top].subject = Some(chunk);
            } else {
                let like = self.finite().unwrap_or(0);
                let subject = self.clauses[like].subject.filter(|_| self.before != Piece::Quote);
                self.push_like(like, token);
                let top = self.top();
                self.clauses[top].subject = subject;
            }
        }
        let top = self.top();
        self.clauses[top].verb = Some(group);
    }

    /// "…," said the mayor: a verb of saying between a comma or quotation mark and its subject.
    fn inverted(&self, at: usize, verb: usize) -> bool {
        let says =
            cue::REPORTING_VERBS.get(self.s.lower(verb)).is_some_and(|f| f & (cue::SAY | cue::QUOTE) != 0);
        let subject = self.pieces.get(at + 1).is_some_and(|p| matches!(p.0, Piece::Np(_)));
        says && subject
            && matches!(self.before, Piece::Comma | Piece::Quote)
            && self.clauses[self.top()].verb.is_some()
            && !self.clause_follows(at + 1)
    }

    /// "The pill cut the risk": a past that looks like the base form, right behind its subject.
    fn is_past_like_base(&self, group: &VerbGroup) -> bool {
        let clause = &self.clauses[self.top()];
        let waits = |c: &usize| self.clauses[*c].verb.is_none() && self.clauses[*c].subject.is_some();
        let subject =
            matches!(self.before, Piece::Np(_)) && clause.subject.is_some() && clause.verb.is_none()
                || self.before == Piece::Comma && self.stack.iter().any(waits);
        subject && self.s.tag(group.tokens.start) == Tag::Verb
    }

    /// "Trading opened at $5": a past that looks like the participle, where no other verb is in sight.
    fn is_past_like_participle(&self, group: &VerbGroup) -> bool {
        let clause = &self.clauses[self.top()];
        let subject = matches!(self.before, Piece::Np(_)) && clause.subject.is_some();
        let bare = group.main == group.tokens.start && self.s.tag(group.main) == Tag::VerbParticiple;
        bare && subject && clause.verb.is_none() && !clause.waits && clause.link != Link::Relative
    }

    /// An infinitive or a participle: a clause whose subject is understood.
    fn nonfinite(&mut self, group: VerbGroup) {
        let top = self.top();
        let outer = &self.clauses[top];
        if outer.link == Link::Adverbial && outer.verb.is_none() && outer.subject.is_none() {
            // "when picked", "before shrinking": the conjunction's own verb.
            self.clauses[top].subject = outer.parent.and_then(|p| self.clauses[p].subject);
            self.clauses[top].verb = Some(group);
            return;
        }
        let adjacent = match self.before {
            Piece::Np(chunk) if !self.is_temporal(chunk) => Some(chunk),
            _ => None,
        };
        let subject = if group.infinitive {
            let controlled = outer.main_verb().is_some_and(|v| takes_object_and_infinitive(self.s, v));
            outer.object.filter(|_| controlled).or(outer.subject)
        } else {
            adjacent.or(outer.subject)
        };
        let link = if group.infinitive { Link::Infinitive } else { Link::Participle };
        self.push(link, group.tokens.start);
        let top = self.top();
        self.clauses[top].subject = subject;
        self.clauses[top].verb = Some(group);
    }
}

/// Verbs whose object does what the infinitive says: "expected profit to rise".
fn takes_object_and_infinitive(s: &Sentence, verb: usize) -> bool {
    const STEMS: [&str; 14] = [
        "expect", "allow", "force", "urge", "ask", "tell", "told", "help", "let", "cause", "lead", "enabl",
        "order", "forecast",
    ];
    let word = s.lower(verb);
    STEMS.iter().any(|stem| word.starts_with(stem))
}
