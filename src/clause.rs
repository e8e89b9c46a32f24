//! Clauses, read from tags and noun phrases in one pass: which verb has which subject, and what stands in what.
//!
//! This is no full syntax. It knows what the context readers ask: for any word its clause, that clause's verb,
//! subject and object, and the clause that governs it ("X said | Y rose").

mod ahead;
mod pieces;

use std::ops::Range;

use crate::chunk::Chunk;
use crate::cue;
use crate::figure::TimeExpression;
use crate::mention::Mention;
use crate::sentence::{Sentence, Token};
use crate::tag::Tag;
use pieces::{Cutter, Piece, amounts, spans};
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
    let pieces =
        Cutter { s, chunks, amounts: &amounts(s, mentions), times: &spans(s, times) }.cut(&mut groups);
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

    /// A bare figure is what a verb leads to, unless it is the subject itself: "46 percent agreed".
    fn amount(&mut self, at: usize, chunk: Option<usize>) {
        let waits = self.clauses[self.top()].waits && self.clauses[self.top()].verb.is_none();
        match chunk {
            Some(chunk) if !waits && self.may_begin() && self.verb_follows(at) => self.noun_phrase(at, chunk),
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

    fn noun_phrase(&mut self, at: usize, chunk: usize) {
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
            self.ungoverned(chunk, tokens.start, follows);
        }
        self.governed = governed;
        self.last = Some(chunk);
    }

    fn is_temporal(&self, chunk: usize) -> bool {
        in_time(self.s, self.times, self.chunks[chunk].head) || is_time_noun(self.s, &self.chunks[chunk])
    }

    fn ungoverned(&mut self, chunk: usize, token: usize, follows: bool) {
        let top = self.top();
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
                || follows && !clause.waits && self.before == Piece::Comma && clause.link == Link::Main
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
            _ => {
                let like = self.finite().unwrap_or(0);
                self.push_like(like, token);
            }
        }
        let top = self.top();
        self.clauses[top].subject = Some(chunk);
    }

    /// Whether the clause around a relative clause still lacks its verb: "the firm, which has 9 shops, said".
    fn outer_waits(&self, clause: usize) -> bool {
        self.clauses[clause].parent.is_some_and(|p| self.clauses[p].verb.is_none() && self.clauses[p].waits)
    }

    /// Whether the verb of a clause is one of saying.
    fn reports(&self, clause: usize) -> bool {
        self.clauses[clause]
            .main_verb()
            .is_some_and(|v| cue::REPORTING_VERBS.get(self.s.lower(v)).is_some_and(|f| f & cue::SAY != 0))
    }

    fn verb(&mut self, at: usize, group: usize) {
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

    fn comma(&mut self) {
        while self.stack.len() > 1 {
            let top = &self.clauses[self.top()];
            let Some(verb) = &top.verb else { break };
            let outer_waits = top.parent.is_some_and(|p| self.clauses[p].verb.is_none());
            let closes = match top.link {
                Link::Relative | Link::Participle => top.after_comma || outer_waits,
                Link::Adverbial | Link::Infinitive => outer_waits,
                // "…, the bank said, …"
                _ => {
                    top.after_comma
                        && verb.finite
                        && top.object.is_none()
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
    fn is_dateline(&self, at: usize, token: usize) -> bool {
        let capitals = |w: &str| w.len() > 2 && w.chars().all(|c| c.is_uppercase() || c == '.');
        matches!(self.s.word(token), "—" | "–" | "-" | "--")
            && token < 14
            && capitals(self.s.word(0))
            && !self.pieces[..at].iter().any(|p| matches!(p.0, Piece::Verb(_)))
    }

    fn stop(&mut self, token: usize) {
        self.stack.clear();
        self.stack.push(self.clauses.len());
        self.clauses.push(Clause::new(Link::Main, None, token, false));
        self.last = None;
        self.governed = false;
    }

    /// "He said: …" keeps what follows within what he said.
    fn colon(&mut self, token: usize) {
        let said = self.stack.iter().rev().find(|c| self.reports(**c)).copied();
        self.stop(token);
        if let Some(said) = said {
            let top = self.top();
            self.clauses[top].parent = Some(said);
            self.clauses[top].link = Link::Complement;
        }
    }

    fn subordinate(&mut self, at: usize, token: usize) {
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
    fn relative(&mut self, at: usize, token: usize) {
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

/// Verbs whose object does what the infinitive says: "expected profit to rise".
fn takes_object_and_infinitive(s: &Sentence, verb: usize) -> bool {
    const STEMS: [&str; 14] = [
        "expect", "allow", "force", "urge", "ask", "tell", "told", "help", "let", "cause", "lead", "enabl",
        "order", "forecast",
    ];
    let word = s.lower(verb);
    STEMS.iter().any(|stem| word.starts_with(stem))
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
