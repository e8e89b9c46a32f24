//! Which way a quantity moved, and which part of the move a figure is.

mod compared;

use crate::clause::Clause;
use crate::cue::{CHANGE_ADVERBS, CHANGE_NOUNS, CHANGE_VERBS, COMPARATIVES};
use crate::figure::{Change, ChangeRole, Direction, Kind};
use crate::scene::Scene;
use crate::tag::Tag;

/// The change that each mention of the sentence takes part in.
///
/// "rose 12% to $56m from $50m" is BY, TO and FROM; "were $8.6bn, up 9.4%" makes the first TO.
pub fn read(scene: &Scene) -> Vec<Option<Change>> {
    let mut reader = Reader { scene, out: vec![None; scene.mentions.len()], active: None };
    for i in 0..scene.mentions.len() {
        reader.mention(i);
    }
    reader.out
}

/// The words that say so.
#[derive(Clone, Copy, Debug)]
struct Cue {
    direction: Direction,
    token: usize,
    /// Whether "at" leads to the value after: "closed up 3 at 40".
    at: bool,
}

struct Reader<'a> {
    scene: &'a Scene<'a>,
    out: Vec<Option<Change>>,
    /// The last cue, for "… by 3%, to $4 from $5".
    active: Option<Cue>,
}

impl Reader<'_> {
    fn mention(&mut self, i: usize) {
        let m = &self.scene.mentions[i];
        // "cut it three times" says how often
        let often = m.unit.as_ref().is_some_and(|u| u.code == "{time}");
        if often || matches!(m.kind, Kind::Ordinal | Kind::Age | Kind::Score) {
            return;
        }
        if self.twin(i) {
            self.out[i] = self.out[i - 1];
            return;
        }
        let found = self
            .own_verb(i)
            .or_else(|| self.adverb_before(i))
            .or_else(|| self.adverb_after(i))
            .or_else(|| self.noun(i))
            .or_else(|| self.described(i))
            .or_else(|| self.verb(i))
            .or_else(|| self.between_values(i))
            .or_else(|| self.running(i))
            .or_else(|| self.compared(i));
        if let Some((cue, role)) = found {
            self.active = Some(cue);
            self.out[i] = Some(self.change(cue, role));
        }
    }

    fn change(&self, cue: Cue, role: ChangeRole) -> Change {
        Change { direction: cue.direction, role, cue: self.scene.sentence.tokens[cue.token].span }
    }

    fn word(&self, i: usize) -> &str {
        self.scene.sentence.lower(i)
    }

    /// First token of the mention, or of a phrase like "a robust 19%" around it.
    fn lead(&self, i: usize) -> usize {
        let start = self.scene.start(i);
        let m = &self.scene.mentions[i];
        self.scene
            .chunk_of(m.tokens.start)
            .map(|c| &self.scene.chunks[c])
            .map_or(start, |c| c.tokens.start.min(start))
    }

    /// Said of the same value again, or a list: "12 and 15 percent".
    fn twin(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|&k| self.out[k].is_some()) else { return false };
        let (from, to) = (self.scene.mentions[before].end, self.scene.start(i));
        // "rose to $3.4m, or about $3,060 a hectare": what it comes to per hectare did not move
        let m = &self.scene.mentions[i];
        let per_share = m.unit.as_ref().is_some_and(|u| u.code.ends_with("{share}"));
        if m.kind == Kind::Rate && self.scene.mentions[before].kind != Kind::Rate && !per_share {
            return false;
        }
        self.scene.restates(i) || from + 1 == to && self.word(from) == "and" || self.again(i, from, to)
    }

    /// "25.5% in December and 211% over the year": the same at another time, between tokens `from` and `to`.
    fn again(&self, i: usize, from: usize, to: usize) -> bool {
        let s = self.scene.sentence;
        let (m, before) = (&self.scene.mentions[i], &self.scene.mentions[i - 1]);
        let same = m.kind == before.kind
            && m.unit.as_ref().map(|u| &u.code) == before.unit.as_ref().map(|u| &u.code);
        let timed =
            (from..to).any(|t| self.scene.in_time(t)) && (m.end..m.end + 3).any(|t| self.scene.in_time(t));
        let joins = |t: usize| {
            self.scene.in_time(t) || matches!(s.tag(t), Tag::Adp | Tag::Adv | Tag::Det | Tag::Cconj)
        };
        same && timed && to - from <= 7 && self.word(to - 1) == "and" && (from..to).all(joins)
    }

    /// "doubled", "halved": the verb is the figure.
    fn own_verb(&self, i: usize) -> Option<(Cue, ChangeRole)> {
        let m = &self.scene.mentions[i];
        let token = m.tokens.start;
        let verb = CHANGE_VERBS.get(self.word(token)).filter(|_| m.kind == Kind::Multiple)?;
        let tag = self.scene.sentence.tag(token);
        let direction = verb.direction.filter(|_| tag.is_verb())?;
        Some((Cue { direction, token, at: false }, ChangeRole::By))
    }

    /// "up 9.4%", "down from 45", "unchanged at 5%".
    fn adverb_before(&mut self, i: usize) -> Option<(Cue, ChangeRole)> {
        let start = self.scene.start(i);
        if self.word(start) == "up" && self.word(start + 1) == "to" {
            // "was up to 4.4% from 4.2%" is no bound.
            let next = self.scene.mentions.get(i + 1).map(|_| self.scene.start(i + 1))?;
            let from = next
                .checked_sub(1)
                .filter(|&p| self.word(p) == "from" && p <= self.scene.mentions[i].end + 1)?;
            return (from > start).then_some((
                Cue { direction: Direction::Increase, token: start, at: false },
                ChangeRole::To,
            ));
        }
        let before = start.checked_sub(1)?;
        let (token, role) = match CHANGE_ADVERBS.get(self.word(before)) {
            Some(_) => (before, ChangeRole::By),
            None => {
                let role = role_of(self.word(before), true)?;
                (before.checked_sub(1).filter(|&t| CHANGE_ADVERBS.contains_key(self.word(t)))?, role)
            }
        };
        let direction = *CHANGE_ADVERBS.get(self.word(token))?;
        // "63 off 71 balls"
        let balls = self.scene.mentions[i].counted.as_ref();
        let balls = balls.is_some_and(|p| matches!(self.word(p.head), "balls" | "deliveries"));
        if balls && self.word(token) == "off" {
            return None;
        }
        // "locked up 12 people"
        let verb = token.checked_sub(1).filter(|&t| self.scene.sentence.tag(t).is_verb());
        if verb.is_some_and(|v| !CHANGE_VERBS.contains_key(self.word(v))) {
            return None;
        }
        if direction == Direction::Unchanged && role == ChangeRole::By {
            return None;
        }
        let cue = Cue { direction, token, at: true };
        if direction != Direction::Unchanged {
            // "lost 87 cents, or 1.2%, lower at $71": before "at" stands the amount
            let before = if role == ChangeRole::To { ChangeRole::By } else { ChangeRole::To };
            self.value_after(i, cue, before);
        }
        Some((cue, role))
    }

    /// "were $8.6 billion, up 9.4%": the figure before the cue is the value after the change.
    fn value_after(&mut self, i: usize, cue: Cue, role: ChangeRole) {
        let mut limit = cue.token;
        for k in (0..i).rev() {
            let m = &self.scene.mentions[k];
            // "₹412 crore for the quarter ended December, up 9.6%"
            let gap = || (m.end..limit).filter(|&t| !self.scene.in_time(t)).count();
            let near = m.end <= limit && gap() <= 5 && (m.end..limit).any(|t| self.word(t) == ",");
            let twin = limit != cue.token && m.end <= limit && limit - m.end <= 3;
            let plain = !matches!(m.kind, Kind::Ordinal | Kind::Age | Kind::Score | Kind::Duration);
            if !plain
                || self.out[k].is_some()
                || !(near || twin || m.end == cue.token)
                || !self.same_clause(m.tokens.start, cue.token)
            {
                break;
            }
            self.out[k] = Some(self.change(cue, role));
            limit = self.scene.start(k);
            // Only "…, or …" carries on to the one before.
            if limit == 0 || self.word(limit - 1) != "or" {
                break;
            }
        }
    }

    /// Whether no verb stands between the two tokens.
    fn same_clause(&self, from: usize, to: usize) -> bool {
        // "for the quarter ended December"
        let timed = |t: usize| {
            self.scene.in_time(t) || t > 0 && self.scene.in_time(t - 1) && self.scene.in_time(t + 1)
        };
        !(from..to).any(|t| self.scene.sentence.tag(t).is_verb() && !timed(t))
    }

    /// "closed 61.9 points lower", "5% more than last year", "58.3 (unchanged)".
    fn adverb_after(&self, i: usize) -> Option<(Cue, ChangeRole)> {
        let m = &self.scene.mentions[i];
        let mut token = m.end;
        if self.word(token) == "(" && self.word(token + 1) == "unchanged" {
            return Some((
                Cue { direction: Direction::Unchanged, token: token + 1, at: false },
                ChangeRole::To,
            ));
        }
        // "43 points higher": the unit may stand between.
        if matches!(self.word(token), "points" | "point" | "percent") {
            token += 1;
        }
        let word = self.word(token);
        let direction = CHANGE_ADVERBS.get(word).or_else(|| COMPARATIVES.get(word))?;
        let clause = self.scene.clause_of(m.tokens.start)?;
        let verb = clause.main_verb().filter(|&v| v < m.tokens.start)?;
        let open = CHANGE_VERBS.get(self.word(verb)).is_some();
        if open && CHANGE_ADVERBS.contains_key(word) || self.than_earlier(token) {
            return Some((Cue { direction: *direction, token, at: true }, ChangeRole::By));
        }
        None
    }

    /// "a 4.2 percent drop", "a drop of 7.5 points", "an increase from 5 to 7".
    fn noun(&mut self, i: usize) -> Option<(Cue, ChangeRole)> {
        let (cue, role, first) = self.change_noun(i)?;
        // "finished at $44.80, a drop of $1.80"
        if role == ChangeRole::By && first > 0 && self.word(first - 1) == "," {
            self.value_after(i, Cue { token: first, ..cue }, ChangeRole::To);
        }
        Some((cue, role))
    }

    /// The noun of change beside a mention, the mention's role, and the first token of their phrase.
    fn change_noun(&self, i: usize) -> Option<(Cue, ChangeRole, usize)> {
        let m = &self.scene.mentions[i];
        if let Some(np) = &m.modifies {
            let direction = *CHANGE_NOUNS.get(self.word(np.head))?;
            return Some((Cue { direction, token: np.head, at: false }, ChangeRole::By, self.lead(i)));
        }
        let lead = self.lead(i);
        let link = lead.checked_sub(1)?;
        let role = match self.word(link) {
            "of" => ChangeRole::By,
            other => role_of(other, false)?,
        };
        let token = self.changed(link.checked_sub(1)?);
        let direction =
            *CHANGE_NOUNS.get(self.word(token)).filter(|_| self.scene.sentence.tag(token).is_noun())?;
        let first = self.scene.chunk_of(token).map_or(token, |c| self.scene.chunks[c].tokens.start);
        Some((Cue { direction, token, at: false }, role, first))
    }

    /// The noun of change before the phrase that ends at `last`: "a rise in its average fare from $80".
    fn changed(&self, last: usize) -> usize {
        let Some(chunk) = self.scene.chunk_of(last) else { return last };
        let start = self.scene.chunks[chunk].tokens.start;
        let noun = start.checked_sub(2).filter(|_| self.word(start - 1) == "in");
        noun.filter(|&t| CHANGE_NOUNS.contains_key(self.word(t))).unwrap_or(last)
    }

    /// The clause's verb: "rose 12% to $56m".
    fn verb(&self, i: usize) -> Option<(Cue, ChangeRole)> {
        let clause = self.scene.clause_of(self.scene.mentions[i].tokens.start)?;
        let compared =
            self.scene.comparison(clause).and_then(|than| self.scene.clause_of(than.checked_sub(1)?));
        let clause = compared.unwrap_or(clause);
        let token = clause.main_verb().filter(|&v| v < self.scene.start(i))?;
        let verb = CHANGE_VERBS.get(self.word(token)).filter(|_| self.scene.sentence.tag(token).is_verb())?;
        // "adds 170 miles in 15 minutes and costs from $38,990"
        let coordinated = |t: usize| {
            matches!(self.scene.sentence.tag(t), Tag::VerbS | Tag::VerbPast) && self.word(t - 1) == "and"
        };
        let own = (token + 2..self.scene.start(i)).rev().find(|&t| coordinated(t));
        let token = own.unwrap_or(token);
        let verb = own.map_or(Some(verb), |t| CHANGE_VERBS.get(self.word(t)))?;
        let direction = match verb.direction {
            Some(direction) => direction,
            None => {
                (token + 1..self.scene.start(i)).find_map(|t| CHANGE_ADVERBS.get(self.word(t)).copied())?
            }
        };
        let cue = Cue { direction, token, at: verb.direction.is_none() };
        let role = self.role(i, clause, token, verb.object)?;
        (direction != Direction::Unchanged || role == ChangeRole::To).then_some((cue, role))
    }

    fn role(&self, i: usize, clause: &Clause, verb: usize, object_only: bool) -> Option<ChangeRole> {
        let lead = self.lead(i);
        let first = self.word(self.scene.start(i));
        if matches!(first, "past" | "above" | "over" | "below" | "under") && lead > verb {
            return Some(ChangeRole::To);
        }
        let before = self.link_before(lead).filter(|&t| !self.beside_norm(t))?;
        let object = clause.object.map(|o| &self.scene.chunks[o].tokens);
        let after_object = object.is_some_and(|o| o.end == lead && o.start > verb);
        // "holds a 5 percent stake at $84" moves nothing, "held its rate at 5 percent" does
        let held = CHANGE_VERBS.get(self.word(verb)).and_then(|v| v.direction) == Some(Direction::Unchanged);
        if held
            && object.is_some_and(|o| o.start > verb && o.end <= lead && self.scene.figure_in(o).is_some())
        {
            return None;
        }
        let tag = self.scene.sentence.tag(before);
        let direct = before == verb || tag == Tag::Adv && before > verb && before - verb <= 2;
        if direct && self.scene.mentions[i].kind == Kind::Duration {
            return None;
        }
        // "raised $350 million" raises nothing; "added 300 jobs" does.
        let increases =
            CHANGE_VERBS.get(self.word(verb)).and_then(|v| v.direction) == Some(Direction::Increase);
        if direct && !after_object && object_only && increases && !self.word(verb).starts_with("add") {
            return None;
        }
        if direct || after_object {
            return Some(ChangeRole::By);
        }
        let at = CHANGE_VERBS
            .get(self.word(verb))
            .is_some_and(|v| v.direction.is_none_or(|d| d == Direction::Unchanged));
        role_of(self.word(before), at)
    }

    /// "fell a seasonally adjusted 7%": an article and what describes the figure stand between verb and amount.
    fn described(&self, i: usize) -> Option<(Cue, ChangeRole)> {
        let s = self.scene.sentence;
        let start = self.scene.start(i);
        let describes = |&t: &usize| {
            s.tag(t).is_adj() || matches!(s.tag(t), Tag::Adv | Tag::VerbParticiple | Tag::VerbPast)
        };
        let words = (start.saturating_sub(4)..start).rev().take_while(describes).count();
        let article =
            start.checked_sub(words + 1).filter(|&t| words > 0 && matches!(self.word(t), "a" | "an"))?;
        let token = article.checked_sub(1).filter(|&t| s.tag(t).is_verb())?;
        let direction = CHANGE_VERBS.get(self.word(token)).filter(|v| !v.object)?.direction?;
        (direction != Direction::Unchanged).then_some((Cue { direction, token, at: false }, ChangeRole::By))
    }

    /// The token before the phrase at `lead`, past "just", "only": "drops to just 87 mph".
    fn link_before(&self, lead: usize) -> Option<usize> {
        let before = lead.checked_sub(1)?;
        let small =
            matches!(self.word(before), "just" | "only" | "barely" | "merely" | "even" | "still" | "around");
        let linked = before.checked_sub(1).filter(|&t| small && role_of(self.word(t), true).is_some());
        Some(linked.unwrap_or(before))
    }

    /// "slid 3 percent to close at $14.90": whether the verb before "at" says no direction of its own.
    fn closes_at(&self, at: usize) -> bool {
        let verb = at.checked_sub(1).filter(|&t| self.scene.sentence.tag(t).is_verb());
        self.word(at) == "at"
            && verb.is_some_and(|t| CHANGE_VERBS.get(self.word(t)).is_some_and(|v| v.direction.is_none()))
    }

    /// "…, from 6.3 to 4.2" behind a cue that another figure has shown.
    fn running(&self, i: usize) -> Option<(Cue, ChangeRole)> {
        let cue = self.active?;
        let lead = self.lead(i);
        let link = self.link_before(lead)?;
        if self.beside_norm(link) {
            return None;
        }
        let role = role_of(self.word(link), cue.at || self.closes_at(link))?;
        let finite = |t: usize| {
            let clause = self.scene.clause_of(t);
            let finite = |c: &Clause| c.verb.as_ref().is_some_and(|v| v.main == t && v.finite);
            // "faster than economists had predicted, to 2.9%"
            clause.is_some_and(|c| finite(c) && self.scene.comparison(c).is_none()) && !self.dates_period(t)
        };
        (cue.token < lead && !(cue.token + 1..lead).any(finite)).then_some((cue, role))
    }

    /// "the quarter ended September": the verb says which quarter, and opens no clause.
    fn dates_period(&self, t: usize) -> bool {
        let period = |w: &str| {
            matches!(
                w,
                "quarter" | "year" | "half" | "period" | "month" | "months" | "week" | "weeks" | "that"
            )
        };
        self.word(t) == "ended" && t > 0 && period(self.word(t - 1))
    }
}

fn role_of(preposition: &str, at: bool) -> Option<ChangeRole> {
    match preposition {
        "to" | "past" | "above" | "below" => Some(ChangeRole::To),
        "at" if at => Some(ChangeRole::To),
        "from" => Some(ChangeRole::From),
        "by" => Some(ChangeRole::By),
        _ => None,
    }
}
