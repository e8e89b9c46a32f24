//! Changes told by comparison with an earlier time: "5% more than last year", "compared with $50 million a year earlier".

use std::cmp::Ordering;

use super::{Cue, Reader};
use crate::cue::CHANGE_VERBS;
use crate::figure::{ChangeRole, Direction};
use crate::mention::Written;

impl Reader<'_> {
    /// Whether "than" with an earlier time follows: "than last year", "than in 2019", "than a year earlier".
    pub(super) fn than_earlier(&self, token: usize) -> bool {
        let Some(than) = (token + 1..token + 9).find(|&t| self.word(t) == "than") else { return false };
        (than + 1..than + 5).any(|t| self.is_earlier(t))
    }

    /// Whether the word at token `t` tells of an earlier time.
    fn is_earlier(&self, t: usize) -> bool {
        let word = self.word(t);
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        year && word.bytes().all(|b| b.is_ascii_digit())
            || matches!(word, "last" | "ago" | "earlier" | "before" | "previous" | "yesterday" | "previously")
    }

    /// "…, well below the 150cm that barges need": whether the word at token `link` compares with what is known.
    pub(super) fn beside_norm(&self, link: usize) -> bool {
        let after_comma = (link.saturating_sub(2)..link).any(|t| self.word(t) == ",");
        matches!(self.word(link), "above" | "below" | "past") && self.word(link + 1) == "the" && after_comma
    }

    /// "had gone from $1,100 to $1,650": a verb that says no direction, and two values that do.
    pub(super) fn between_values(&self, i: usize) -> Option<(Cue, ChangeRole)> {
        let (m, next) = (&self.scene.mentions[i], self.scene.mentions.get(i + 1)?);
        let (start, to) = (self.scene.start(i), self.scene.start(i + 1));
        let joined =
            start > 0 && self.word(start - 1) == "from" && m.end + 1 == to && self.word(m.end) == "to";
        let (Written::Value(then), Written::Value(now)) = (&m.written, &next.written) else { return None };
        let clause =
            self.scene.clause_of(m.tokens.start).filter(|_| joined && m.kind == next.kind && now != then)?;
        let token = clause.main_verb().filter(|&v| v < start)?;
        let open = CHANGE_VERBS.get(self.word(token)).is_some_and(|v| v.direction.is_none());
        let direction = if now > then { Direction::Increase } else { Direction::Decrease };
        open.then_some((Cue { direction, token, at: false }, ChangeRole::From))
    }

    /// "compared with $50 million a year earlier": the value before.
    pub(super) fn compared(&mut self, i: usize) -> Option<(Cue, ChangeRole)> {
        let start = self.scene.start(i);
        let compared = start
            .checked_sub(2)
            .is_some_and(|t| self.word(t) == "compared" && matches!(self.word(t + 1), "with" | "to"));
        let with = compared || start > 0 && matches!(self.word(start - 1), "against" | "versus");
        let end = self.scene.mentions[i].end;
        let earlier = (end..end + 5).any(|t| self.is_earlier(t) || compared && self.word(t) == "prior");
        if !(with && earlier) {
            return None;
        }
        let cue = self.active.or_else(|| self.told_by_values(i).filter(|_| compared))?;
        Some((cue, ChangeRole::From))
    }

    /// "£95 a tonne, compared with £58 last September": the two values say which way.
    fn told_by_values(&mut self, i: usize) -> Option<Cue> {
        let (m, before) = (&self.scene.mentions[i], self.scene.mentions.get(i.checked_sub(1)?)?);
        let token = self.scene.start(i) - 2;
        let (Written::Value(then), Written::Value(now)) = (&m.written, &before.written) else { return None };
        let same = m.kind == before.kind
            && m.unit.as_ref().map(|u| &u.code) == before.unit.as_ref().map(|u| &u.code);
        // "was 62%, the office said, compared with 69% a year ago"
        let apart = before.end < token && self.word(before.end) == "," && self.word(token - 1) == ",";
        let beside = before.end == token || apart && token - before.end <= 10;
        let direction = match now.cmp(then) {
            Ordering::Greater => Direction::Increase,
            Ordering::Less => Direction::Decrease,
            Ordering::Equal => Direction::Unchanged,
        };
        let cue = Cue { direction, token, at: false };
        (same && beside && self.out[i - 1].is_none()).then(|| {
            self.out[i - 1] = Some(self.change(cue, ChangeRole::To));
            cue
        })
    }
}
