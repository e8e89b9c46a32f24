//! Sources that govern a figure by syntax: "the union said 40 left", "wants to hire 500".

use super::Source;
use super::noun;
use super::quotation::Voice;
use super::speaker::{answers, flags, is_bare_say, is_pronoun, nouns, says, speaks};
use crate::clause::{Clause, Link};
use crate::cue;
use crate::figure::Kind;
use crate::scene::Scene;
use crate::tag::Tag;

/// The source that governs the figure by syntax.
pub(super) fn governing(scene: &Scene, i: usize, voice: &Voice) -> Option<Source> {
    // "pledged to close the camp — home to 300 people — by May": what the writer adds.
    let dash = dashed(scene, scene.start(i));
    innermost(scene, i, voice)
        .filter(|found| dash.is_none_or(|d| d < scene.sentence.token_at(found.cue.start)))
}

/// The source that governs the figure, the innermost first.
fn innermost(scene: &Scene, i: usize, voice: &Voice) -> Option<Source> {
    let token = scene.mentions[i].tokens.start;
    let start = scene.start(i);
    let quotation = voice.quotation(token);
    // Inside a quotation only a named source that says something takes the word from the speaker.
    let outside = |found: &Source| {
        quotation.as_ref().is_none_or(|q| !q.contains(&scene.sentence.token_at(found.cue.start)))
    };
    let mut clause = scene.clause_of(token)?;
    let told = noun::possessed(scene, start).or_else(|| noun::misread(scene, clause, start));
    if let Some(found) = told.filter(outside) {
        return Some(found);
    }
    let mut weak = None;
    if let Some(found) = gives(scene, clause, start).filter(outside) {
        if !is_pronoun(&found) {
            return Some(found);
        }
        weak = Some(found);
    }
    for _ in 0..8 {
        let told = noun::claim(scene, clause).or_else(|| noun::revised(scene, clause, start).filter(outside));
        if told.is_some() {
            return told;
        }
        // "the union said it expects", "the bank says the mayor's plan would": the named one speaks.
        weak = weak.or_else(|| noun::plan(scene, clause));
        let Some(outer) = scene.parent(clause) else { break };
        if answers_hide(scene, clause, outer) {
            return None;
        }
        let reported = reports(scene, clause, outer);
        let found = reported.or_else(|| intends(scene, clause, outer).filter(outside));
        match found.or_else(|| document_gives(scene, clause, outer)) {
            Some(found) if is_pronoun(&found) => weak = weak.or(Some(found)),
            Some(found) => return Some(found),
            None => {}
        }
        clause = outer;
    }
    weak
}

/// Whether the verb of the clause around `clause` stands before it.
fn follows(clause: &Clause, outer: &Clause) -> bool {
    outer.verb.as_ref().is_some_and(|v| v.tokens.start < clause.start)
}

/// "46 percent said they own one": a clause that holds what a share of people answered.
fn answers_hide(scene: &Scene, clause: &Clause, outer: &Clause) -> bool {
    clause.link == Link::Complement && follows(clause, outer) && says(scene, outer) && answers(scene, outer)
}

/// "said (that) 40 left": the clause is what the one around it says.
fn reports(scene: &Scene, clause: &Clause, outer: &Clause) -> Option<Source> {
    let s = scene.sentence;
    let verb = outer.verb.as_ref().filter(|_| follows(clause, outer))?;
    let complement = match clause.link {
        Link::Complement => true,
        // "says closing the mine would cost 40 jobs"
        Link::Participle if s.tag(clause.start) == Tag::VerbIng => clause.start == verb.tokens.end,
        // "say the owners already tried it": a past taken for a participle.
        Link::Participle => {
            clause.subject.is_some() && clause.subject == outer.object && is_bare_say(s.lower(verb.main))
        }
        // "wondered if"
        Link::Adverbial => s.lower(clause.start) == "if" && clause.start == verb.tokens.end,
        _ => false,
    };
    if complement { speaks(scene, outer, cue::SAY) } else { None }
}

/// "wants to hire 500", "called for reducing the rate to 28 percent".
fn intends(scene: &Scene, clause: &Clause, outer: &Clause) -> Option<Source> {
    let s = scene.sentence;
    if !follows(clause, outer) {
        return None;
    }
    let governed = |at: usize| s.lower(at) == "for";
    match clause.link {
        Link::Infinitive if announces(scene, outer) => speaks(scene, outer, cue::SAY),
        Link::Infinitive => speaks(scene, outer, cue::WANT),
        Link::Participle if governed(clause.start.wrapping_sub(1)) => speaks(scene, outer, cue::WANT),
        Link::Adverbial if governed(clause.start) => speaks(scene, outer, cue::WANT),
        _ => None,
    }
}

/// "The survey shows the party winning 40 seats": a text says what hangs on its object.
fn document_gives(scene: &Scene, clause: &Clause, outer: &Clause) -> Option<Source> {
    let hangs = matches!(clause.link, Link::Participle | Link::Infinitive);
    if hangs && is_document(scene, outer) { gives(scene, outer, clause.start) } else { None }
}

/// Whether the subject of a clause is a text: "the survey".
fn is_document(scene: &Scene, clause: &Clause) -> bool {
    let head = |c: usize| scene.sentence.lower(scene.chunks[c].head);
    clause.subject.is_some_and(|c| nouns(head(c)) & cue::DOCUMENT != 0)
}

/// The dash that opens an aside without a finite verb around token `at`, where one closes it.
fn dashed(scene: &Scene, at: usize) -> Option<usize> {
    let s = scene.sentence;
    let is_dash =
        |t: usize| matches!(s.word(t), "—" | "–" | "--" | "-") && !s.glued(t + 1) || s.word(t) == "—";
    let is_verb = |t: usize| s.tag(t).is_finite();
    let open = (at.saturating_sub(12)..at).rev().take_while(|&t| !is_verb(t)).find(|&t| is_dash(t))?;
    let closed = (at..s.len().min(at + 16)).take_while(|&t| !is_verb(t)).any(is_dash);
    closed.then_some(open)
}

/// "announced plans to hire 500".
fn announces(scene: &Scene, clause: &Clause) -> bool {
    let object = clause.object.map_or("", |o| scene.sentence.lower(scene.chunks[o].head));
    matches!(
        object,
        "plan" | "plans" | "proposal" | "proposals" | "goal" | "intention" | "intentions" | "deal"
    )
}

/// "estimated 5 million", "put the toll at 44", "warned of 30 layoffs": the figure stands in the object.
fn gives(scene: &Scene, clause: &Clause, start: usize) -> Option<Source> {
    let s = scene.sentence;
    let verb = clause.verb.as_ref().filter(|v| v.main < start && v.finite)?;
    let set = flags(s.lower(verb.main));
    let rates = || {
        let at = |t: usize| matches!(s.lower(t), "at" | "as");
        (verb.tokens.end..start).rev().take(16).any(at) || judged(scene, start)
    };
    if set & cue::PUT != 0 && rates() {
        return speaks(scene, clause, cue::PUT | cue::GIVE);
    }
    let lasts = scene.figure_in(&(start..start + 3)).is_some_and(|m| m.kind == Kind::Duration);
    let wanted = match s.lower(verb.tokens.end) {
        "of" | "about" | "against" => cue::SAY,
        "to" if s.lower(verb.main).starts_with("point") => cue::SAY,
        "for" => cue::WANT,
        // "police said 40 to 50"
        _ if start == verb.tokens.end && is_bare_say(s.lower(verb.main)) && !lasts => cue::SAY,
        _ if is_document(scene, clause) => cue::SAY | cue::PUT,
        _ => 0,
    };
    speaks(scene, clause, cue::GIVE | wanted)
}

/// "rated 32 percent of them as false": whether "as" follows the figure before any verb or comma.
fn judged(scene: &Scene, start: usize) -> bool {
    let s = scene.sentence;
    (start..s.len().min(start + 10))
        .take_while(|&t| !s.tag(t).is_verb() && !matches!(s.word(t), "," | ";" | "."))
        .any(|t| s.lower(t) == "as")
}
