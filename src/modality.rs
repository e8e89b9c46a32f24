//! How far the text stands behind a figure.

use std::ops::Range;

use crate::clause::{Clause, Link, is_be, is_negation};
use crate::cue::{
    self, CONJUNCTIONS, MODAL_ADJECTIVES, MODAL_ADVERBS, MODAL_NOUNS, MODAL_OBJECT_VERBS, MODAL_VERBS,
    MODALS, REPORTING_VERBS, SOURCE_NOUNS,
};
use crate::figure::{Kind, Modality};
use crate::scene::Scene;
use crate::tag::Tag;

/// The modality of mention `i`: that of the innermost operator around it.
///
/// Looked at from the inside out: the words right before the figure ("not 12", "a planned $5 billion"), the verb of
/// its clause ("may have killed 12"), then the clauses around it ("plans to cut 300", "if profit reaches $5 million").
/// What the text presupposes ("the two leaders will …") stays asserted.
pub fn read(scene: &Scene, i: usize) -> Modality {
    if let Some(found) = beside(scene, i) {
        return found;
    }
    if presupposed(scene, i) {
        return Modality::Asserted;
    }
    let m = &scene.mentions[i];
    let Some(clause) = scene.clause_of(m.tokens.start) else { return Modality::Asserted };
    let found = around(scene, clause, scene.start(i)).unwrap_or_default();
    // "A 10-year wait is not unusual": what the subject is like is not denied.
    let like = m.modifies.is_some() && matches!(m.kind, Kind::Duration | Kind::Measurement | Kind::Age);
    if found == Modality::Negated && like && clause.main_verb().is_some_and(|v| v > m.end) {
        return Modality::Asserted;
    }
    // "to 5% from 4%": what was before the change is a fact. "46 percent would choose": so is an answer.
    let before = scene.start(i).checked_sub(1).map_or("", |t| scene.sentence.lower(t));
    let answer = matches!(m.kind, Kind::Percentage | Kind::Ratio)
        && answers(scene, clause, scene.chunk_of(m.tokens.start));
    let compared = matches!(before, "with" | "to")
        && scene.sentence.lower(scene.start(i).saturating_sub(2)) == "compared";
    if found == Modality::Projected && (before == "from" || compared || answer) {
        Modality::Asserted
    } else {
        found
    }
}

/// Whether the figure itself is the subject of "would".
fn answers(scene: &Scene, clause: &Clause, own: Option<usize>) -> bool {
    let would = clause.verb.as_ref().is_some_and(|v| scene.sentence.lower(v.tokens.start) == "would");
    would && own.is_some() && clause.subject == own
}

/// The words right before the figure.
fn beside(scene: &Scene, i: usize) -> Option<Modality> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let start = scene.start(i);
    let chunk = scene.chunk_of(m.tokens.start).map(|c| scene.chunks[c].tokens.clone());
    let lead = chunk.as_ref().map_or(start, |c| c.start.min(start));
    // "set 242 runs to win" plans nothing, "a better-than-expected 1.3%" was reached
    let met =
        |t: usize| t > 1 && (s.lower(t - 1) == "than" || s.word(t - 1) == "-" && s.lower(t - 2) == "than");
    for t in (lead..m.tokens.start).filter(|&t| s.lower(t) != "set" && !met(t)) {
        if let Some(found) = MODAL_ADJECTIVES.get(s.lower(t)).filter(|_| !s.tag(t).is_noun()) {
            return Some(*found);
        }
    }
    // "nor even 30"
    let before = lead.checked_sub(1).map(|t| if s.lower(t) == "even" { t.saturating_sub(1) } else { t })?;
    let word = s.lower(before);
    let than = word == "than" && before > 0 && s.lower(before - 1) == "rather";
    let instead = word == "of" && before > 0 && s.lower(before - 1) == "instead";
    let verbal =
        scene.clause_of(before).and_then(|c| c.verb.as_ref()).is_some_and(|v| v.tokens.contains(&before));
    if word == "not" && before > 0 && s.lower(before - 1) == "if" {
        return Some(Modality::Possible);
    }
    if than || instead || is_negation(word) && !verbal {
        return Some(Modality::Negated);
    }
    if let Some(found) = MODAL_ADVERBS.get(word).filter(|_| !verbal) {
        return Some(*found);
    }
    // "a target of 5%", "plans for a split"
    if matches!(word, "of" | "for" | "at") && before > 0 {
        return MODAL_NOUNS.get(s.lower(before - 1)).filter(|_| s.tag(before - 1).is_noun()).copied();
    }
    None
}

/// Whether the figure belongs to something the text takes for granted: "the two leaders", "its 400-seat hall".
fn presupposed(scene: &Scene, i: usize) -> bool {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let Some(chunk) = scene.chunk_of(m.tokens.start).map(|c| &scene.chunks[c]) else { return false };
    let first = chunk.tokens.start;
    let definite = first < m.tokens.start
        && chunk.head >= m.end
        && (matches!(s.lower(first), "the" | "these" | "those" | "both") || s.tag(first) == Tag::Possessive);
    // "152mm shells" inside "3 million 152mm shells"
    let measure = matches!(m.kind, Kind::Measurement | Kind::Age)
        && m.modifies.is_some()
        && scene
            .mentions
            .iter()
            .any(|o| o.tokens.end <= m.tokens.start && chunk.tokens.contains(&o.tokens.start));
    definite && m.kind != Kind::Ordinal || measure
}

/// The operators of a clause, then of those around it.
fn around(scene: &Scene, clause: &Clause, figure: usize) -> Option<Modality> {
    let mut at = clause;
    let mut from = figure;
    for _ in 0..8 {
        if let Some(found) = own(scene, at, from) {
            // "disputed reports that one in ten would quit"
            let outer = scene
                .parent(at)
                .filter(|_| at.link == Link::Complement)
                .and_then(|o| governing(scene, o, at));
            return outer.filter(|m| *m == Modality::Disputed).or(Some(found));
        }
        if is_false_claim(scene, at) {
            return Some(Modality::Disputed);
        }
        match at.link {
            Link::Relative | Link::Main => return conditional_beside(scene, at),
            Link::Adverbial => {
                let conjunction = CONJUNCTIONS.get(scene.sentence.lower(at.start)).copied();
                let finite = at.verb.as_ref().is_none_or(|v| v.finite);
                if conjunction.is_some() || finite {
                    return conjunction;
                }
            }
            Link::Complement | Link::Infinitive | Link::Participle => {}
        }
        // "denied that it had cost 12, saying it was 8": what is added is not denied.
        let added = at.link == Link::Participle && at.after_comma;
        if added && at.main_verb().is_some_and(|v| is_saying(scene.sentence.lower(v))) {
            return None;
        }
        if let Some(found) = noun_before(scene, at) {
            return Some(found);
        }
        let mut outer = scene.parent(at)?;
        if goes_on_outside(scene, at, outer) {
            outer = scene.parent(outer)?;
        }
        if let Some(found) = governing(scene, outer, at) {
            return Some(found);
        }
        (from, at) = (at.start, outer);
    }
    None
}

/// "burn less than the jets they will replace and have a range of 4,700 miles": whether a verb behind "and" goes on the
/// clause around a relative one, whose own verb has its object before it.
fn goes_on_outside(scene: &Scene, clause: &Clause, outer: &Clause) -> bool {
    let s = scene.sentence;
    let joined =
        clause.start > 0 && s.tag(clause.start - 1) == Tag::Cconj && s.tag(clause.start) == Tag::Verb;
    let contact = outer.link == Link::Relative
        && outer.subject.is_some_and(|c| scene.chunks[c].tokens.start == outer.start)
        && outer.main_verb().is_some_and(|v| v + 2 == clause.start);
    joined && contact && clause.object.is_some()
}

fn is_saying(verb: &str) -> bool {
    REPORTING_VERBS.get(verb).is_some_and(|flags| flags & cue::SAY != 0)
}

/// The clause's own verb group.
fn own(scene: &Scene, clause: &Clause, figure: usize) -> Option<Modality> {
    let s = scene.sentence;
    let verb = clause.verb.as_ref().filter(|_| scene.comparison(clause).is_none())?;
    let subject = clause.subject.map(|c| scene.chunks[c].tokens.clone());
    let follows = figure >= verb.tokens.start;
    // A figure in an apposition to the subject is none of the verb's business.
    let apart = |t: &Range<usize>| figure > t.end + usize::from(s.word(t.end) != ",");
    if !follows && clause.link != Link::Participle && subject.as_ref().is_some_and(apart) {
        return None;
    }
    let mut found = None;
    // "allegedly locked up"
    let adverbs = (0..verb.tokens.start).rev().take_while(|&t| s.tag(t) == Tag::Adv).count();
    for t in verb.tokens.start - adverbs..verb.tokens.end {
        let word = s.lower(t);
        if is_negation(word) {
            return Some(Modality::Negated);
        }
        if s.tag(t) == Tag::Modal {
            found = MODALS.get(word).copied();
        } else if t != verb.main {
            found = MODAL_ADVERBS.get(word).copied().or(found);
        }
    }
    // "No part of the state has had …"
    if follows && subject.is_some_and(|t| matches!(s.lower(t.start), "no" | "none" | "neither" | "nobody")) {
        return Some(Modality::Negated);
    }
    if found == Some(Modality::Projected) && conditional_beside(scene, clause).is_some() {
        return Some(Modality::Conditional);
    }
    if found.is_some() {
        return found;
    }
    if let Some(found) = interrupted(scene, verb.tokens.start) {
        return Some(found);
    }
    // "debt, seen at $5 million"
    let at = || matches!(s.lower(verb.tokens.end), "at" | "near");
    if verb.passive && clause.link == Link::Participle && at() {
        let main = s.lower(verb.main);
        let seen = (main == "seen").then_some(Modality::Projected);
        return MODAL_OBJECT_VERBS.get(main).copied().or(seen).filter(|_| follows);
    }
    // "is likely to", "were due", "are expected"
    let after = s.lower(verb.tokens.end);
    if s.tag(verb.main) == Tag::Aux && !s.tag(verb.tokens.end).is_noun() {
        return MODAL_ADJECTIVES.get(after).copied();
    }
    if verb.passive && clause.link != Link::Participle {
        return MODAL_VERBS.get(s.lower(verb.main)).copied().filter(|m| *m == Modality::Projected);
    }
    // "forecasts 96%"
    MODAL_OBJECT_VERBS.get(s.lower(verb.main)).copied().filter(|_| follows && !verb.passive)
}

/// "has not, as rumoured, hired", "would, she said, hire": what an aside cuts off from the verb at token `verb`.
fn interrupted(scene: &Scene, verb: usize) -> Option<Modality> {
    let s = scene.sentence;
    let close = verb.checked_sub(1).filter(|&t| s.word(t) == ",")?;
    let open = (close.saturating_sub(8)..close).rev().find(|&t| s.word(t) == ",")?;
    let last = open.checked_sub(1)?;
    match s.tag(last) {
        Tag::Modal => MODALS.get(s.lower(last)).copied(),
        _ => is_negation(s.lower(last)).then_some(Modality::Negated),
    }
}

/// An if-clause of the same sentence that hangs on this clause.
fn conditional_beside(scene: &Scene, clause: &Clause) -> Option<Modality> {
    let verb = clause.verb.as_ref()?;
    let s = scene.sentence;
    let hangs = |c: &&Clause| {
        c.link == Link::Adverbial
            && matches!(s.lower(c.start), "if" | "unless" | "provided" | "assuming")
            && scene.parent(c).and_then(|p| p.verb.as_ref()).is_none_or(|v| v.tokens == verb.tokens)
    };
    let past = verb
        .tokens
        .clone()
        .any(|t| s.tag(t) == Tag::VerbPast || matches!(s.lower(t), "was" | "were" | "had" | "did"));
    let without = s.lower(0) == "without" && verb.tokens.len() > 2;
    let depends = without || scene.syntax.clauses.iter().any(|c| hangs(&c));
    (depends && !past).then_some(Modality::Conditional)
}

/// "plans to cut", "its goal to reach", "capable of carrying", "the claim that".
fn noun_before(scene: &Scene, clause: &Clause) -> Option<Modality> {
    let s = scene.sentence;
    let mut before = clause.start.checked_sub(1)?;
    while before > 0 && scene.in_time(before) {
        before -= 1;
    }
    if matches!(s.tag(before), Tag::Adp) {
        before = before.checked_sub(1)?;
    }
    let word = s.lower(before);
    if s.tag(before).is_noun() {
        // "the false claim that"
        let chunk = scene.chunk_of(before).map_or(before..before, |c| scene.chunks[c].tokens.clone());
        let doubted = chunk
            .clone()
            .find_map(|t| MODAL_ADJECTIVES.get(s.lower(t)).filter(|m| **m == Modality::Disputed));
        return doubted.or_else(|| MODAL_NOUNS.get(word)).copied();
    }
    MODAL_ADJECTIVES.get(word).copied()
}

/// "Claims that 12 had died were false": whether a clause is what is called untrue behind it.
fn is_false_claim(scene: &Scene, clause: &Clause) -> bool {
    let s = scene.sentence;
    // At the start of a sentence the tagger takes "Claims" for a verb.
    let noun = |t: usize| (t == 0 || s.tag(t).is_noun()) && SOURCE_NOUNS.contains_key(s.lower(t));
    if s.lower(clause.start) != "that" || !clause.start.checked_sub(1).is_some_and(noun) {
        return false;
    }
    let untrue = |t: &usize| MODAL_ADJECTIVES.get(s.lower(*t)) == Some(&Modality::Disputed);
    (clause.start + 1..(clause.start + 24).min(s.len()))
        .take_while(|&t| !matches!(s.word(t), "," | ";" | "”"))
        .filter(untrue)
        .any(|t| is_be(s.lower(t - 1)) || s.tag(t - 1) == Tag::Adv && is_be(s.lower(t - 2)))
}

/// What the verb of the outer clause makes of the inner one.
fn governing(scene: &Scene, outer: &Clause, inner: &Clause) -> Option<Modality> {
    let s = scene.sentence;
    let verb = outer.verb.as_ref().filter(|v| v.main < inner.start)?;
    let found = MODAL_VERBS.get(s.lower(verb.main)).copied()?;
    match (found, inner.link) {
        // "stopped selling 12", but "failed the test, compared with 9%"
        (Modality::Negated, Link::Infinitive) => Some(found),
        (Modality::Negated, Link::Participle) if !inner.after_comma => Some(found),
        (Modality::Disputed, Link::Complement) => Some(found),
        (Modality::Disputed, Link::Participle) if verb.main + 1 == inner.start => Some(found),
        (Modality::Negated | Modality::Disputed, _) => None,
        _ => Some(found),
    }
}
