//! Sources that govern a figure by syntax: "the union said 40 left", "wants to hire 500".

use super::Source;
use super::quotation::Voice;
use super::speaker::{answers, flags, is_pronoun, nouns, says, speaker, speaks};
use crate::clause::{Clause, Link};
use crate::cue;
use crate::phrase;
use crate::scene::Scene;
use crate::tag::Tag;

/// The source that governs the figure by syntax, the innermost first.
pub(super) fn governing(scene: &Scene, i: usize, voice: &Voice) -> Option<Source> {
    let token = scene.mentions[i].tokens.start;
    let start = scene.start(i);
    let quotation = voice.quotation(token);
    // Inside a quotation only a named source that says something takes the word from the speaker.
    let outside = |found: &Source| {
        quotation.as_ref().is_none_or(|q| !q.contains(&scene.sentence.token_at(found.cue.start)))
    };
    let mut clause = scene.clause_of(token)?;
    // "pledged to close the camp — home to 300 people — by May": what the writer adds.
    if dashed(scene, start).is_some_and(|dash| clause.start < dash) {
        return None;
    }
    let mut weak = None;
    if let Some(found) = gives(scene, clause, start).filter(outside) {
        if !is_pronoun(&found) {
            return Some(found);
        }
        weak = Some(found);
    }
    for _ in 0..8 {
        if let Some(found) =
            claim(scene, clause).or_else(|| own_forecast(scene, clause, start).filter(outside))
        {
            return Some(found);
        }
        // "the union said it expects", "the bank says the mayor's plan would": the named one speaks.
        weak = weak.or_else(|| plan(scene, clause));
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

/// Verbs that have a clause as their object, never a noun.
fn is_bare_say(verb: &str) -> bool {
    matches!(verb, "say" | "says" | "said" | "think" | "thinks" | "thought" | "argue" | "argues" | "argued")
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
    let document =
        outer.subject.is_some_and(|c| nouns(scene.sentence.lower(scene.chunks[c].head)) & cue::DOCUMENT != 0);
    if hangs && document { gives(scene, outer, clause.start) } else { None }
}

/// The dash that opens an aside without a verb around token `at`, where one closes it.
fn dashed(scene: &Scene, at: usize) -> Option<usize> {
    let s = scene.sentence;
    let is_dash =
        |t: usize| matches!(s.word(t), "—" | "–" | "--" | "-") && !s.glued(t + 1) || s.word(t) == "—";
    let is_verb = |t: usize| s.tag(t).is_verb() || matches!(s.tag(t), Tag::Aux | Tag::Modal);
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

/// "estimated 5 million", "put the toll at 44": the figure stands in the object.
fn gives(scene: &Scene, clause: &Clause, start: usize) -> Option<Source> {
    let s = scene.sentence;
    let verb = clause.verb.as_ref().filter(|v| v.main < start && v.finite)?;
    let set = flags(s.lower(verb.main));
    let document = clause.subject.is_some_and(|c| nouns(s.lower(scene.chunks[c].head)) & cue::DOCUMENT != 0);
    let put = set & cue::PUT != 0 && matches!(s.lower(start.wrapping_sub(1)), "at" | "as");
    if put || set & cue::GIVE != 0 {
        return speaks(scene, clause, cue::PUT | cue::GIVE);
    }
    if document { speaks(scene, clause, cue::SAY | cue::PUT) } else { None }
}

/// "the senator's plan would cap rates at 5%": whose plan it is says so.
fn plan(scene: &Scene, clause: &Clause) -> Option<Source> {
    let s = scene.sentence;
    let chunk = clause
        .subject
        .filter(|&c| matches!(s.lower(scene.chunks[c].head), "plan" | "proposal" | "budget"))?;
    let modal = clause.verb.as_ref().filter(|v| s.tag(v.tokens.start) == Tag::Modal)?;
    let phrase = phrase::possessor(scene, chunk)?;
    Some(Source { phrase, cue: s.tokens[modal.tokens.start].span })
}

/// "The fund raised its forecast to 5%": who forecasts says so.
fn own_forecast(scene: &Scene, clause: &Clause, start: usize) -> Option<Source> {
    let s = scene.sentence;
    let verb = clause.verb.as_ref().filter(|v| v.main < start && !v.passive)?;
    let forecasts = scene.chunks.iter().filter(|c| (verb.main..start).contains(&c.tokens.start)).any(|c| {
        s.tag(c.tokens.start) == Tag::Possessive
            && matches!(
                s.lower(c.head),
                "forecast"
                    | "forecasts"
                    | "estimate"
                    | "estimates"
                    | "projection"
                    | "projections"
                    | "outlook"
                    | "guidance"
            )
    });
    let phrase = speaker(scene, clause).filter(|_| forecasts)?;
    Some(Source { phrase, cue: s.tokens[verb.main].span })
}

/// "her claim that …", "reports that …"
fn claim(scene: &Scene, clause: &Clause) -> Option<Source> {
    let s = scene.sentence;
    if clause.link != Link::Complement || s.lower(clause.start) != "that" {
        return None;
    }
    let noun = clause.start.checked_sub(1)?;
    let set = nouns(s.lower(noun));
    if !s.tag(noun).is_noun() || set & (cue::CLAIM | cue::DOCUMENT) == 0 {
        return None;
    }
    let chunk = scene.chunk_of(noun)?;
    // "says in a statement that": the speaker is elsewhere.
    let before = scene.chunks[chunk].tokens.start.wrapping_sub(1);
    let reported = scene.parent(clause).is_some_and(|p| speaks(scene, p, cue::SAY).is_some());
    if reported && s.tag(before) == Tag::Adp {
        return None;
    }
    let own = || phrase::of_tokens(s, scene.chunks[chunk].tokens.start, noun + 1, noun);
    let phrase = phrase::possessor(scene, chunk).or_else(|| (set & cue::DOCUMENT != 0).then(own))?;
    Some(Source { phrase, cue: s.tokens[noun].span })
}
