//! Sources told by nouns: "her claim that …", "the bank's forecast of 5%", "its proposed $2 million sale".

use super::Source;
use super::speaker::{flags, nouns, speaker, speaks};
use crate::chunk::is_genitive;
use crate::clause::{Clause, Link};
use crate::cue;
use crate::figure::Phrase;
use crate::phrase;
use crate::scene::Scene;
use crate::sentence::Sentence;
use crate::tag::Tag;

/// "her claim that …", "reports that …", "expressed hope that …"
pub(super) fn claim(scene: &Scene, clause: &Clause) -> Option<Source> {
    let s = scene.sentence;
    let that = clause.start;
    // "the claim that he made" and "the claim that rents rose" look alike until the verb's subject is known.
    let stated =
        clause.link == Link::Complement || clause.link == Link::Relative && begins_clause(s, that + 1);
    if !stated || s.lower(that) != "that" {
        return None;
    }
    let noun = that.checked_sub(1)?;
    let set = nouns(s.lower(noun));
    if !s.tag(noun).is_noun() || set & (cue::CLAIM | cue::DOCUMENT) == 0 {
        return None;
    }
    let chunk = scene.chunk_of(noun)?;
    let source = |phrase| Source { phrase, cue: s.tokens[noun].span };
    if let Some(owner) = phrase::possessor(scene, chunk) {
        return Some(source(owner));
    }
    // "says in a statement that": the speaker is elsewhere.
    let before = scene.chunks[chunk].tokens.start.wrapping_sub(1);
    let outer = scene.parent(clause);
    let reported = outer.is_some_and(|p| speaks(scene, p, cue::SAY).is_some());
    if reported && s.tag(before) == Tag::Adp {
        return None;
    }
    let voiced = outer.filter(|p| p.main_verb().is_some_and(|v| is_voicing(s.lower(v)) && v < noun));
    if let Some(outer) = voiced {
        return speaker(scene, outer).map(source);
    }
    let own = || phrase::of_tokens(s, scene.chunks[chunk].tokens.start, noun + 1, noun);
    (set & cue::DOCUMENT != 0 && clause.link == Link::Complement).then(|| source(own()))
}

/// Whether the words at token `i` can be the subject of a clause.
fn begins_clause(s: &Sentence, i: usize) -> bool {
    matches!(s.tag(i), Tag::Det | Tag::Possessive) || s.tag(i).is_name()
}

/// Verbs that give a claim: "expressed doubt that", "made the argument that".
pub(super) fn is_voicing(verb: &str) -> bool {
    const STEMS: [&str; 6] = ["express", "voic", "mak", "issu", "offer", "repeat"];
    verb == "made" || STEMS.iter().any(|stem| verb.starts_with(stem))
}

/// "the senator's plan would cap rates at 5%": whose plan it is says so.
pub(super) fn plan(scene: &Scene, clause: &Clause) -> Option<Source> {
    let s = scene.sentence;
    let chunk = clause
        .subject
        .filter(|&c| matches!(s.lower(scene.chunks[c].head), "plan" | "proposal" | "budget"))?;
    let modal = clause.verb.as_ref().filter(|v| s.tag(v.tokens.start) == Tag::Modal)?;
    let phrase = phrase::possessor(scene, chunk)?;
    Some(Source { phrase, cue: s.tokens[modal.tokens.start].span })
}

/// "The fund raised its forecast to 5%", "police raised the toll to 40": who revises says so.
pub(super) fn revised(scene: &Scene, clause: &Clause, start: usize) -> Option<Source> {
    let s = scene.sentence;
    let verb = clause.verb.as_ref().filter(|v| v.main < start && !v.passive)?;
    // "edged up its forecast"
    let first = verb.tokens.end + usize::from(matches!(s.lower(verb.tokens.end), "up" | "down"));
    let own = s.tag(first) == Tag::Possessive;
    let toll = s.lower(first) == "the" && cue::CHANGE_VERBS.contains_key(s.lower(verb.main));
    let revised = |t: usize| own && is_forecast(s.lower(t)) || toll && s.lower(t) == "toll";
    let found = (own || toll) && (first..start).take(8).any(revised);
    let phrase = speaker(scene, clause).filter(|_| found)?;
    Some(Source { phrase, cue: s.tokens[verb.main].span })
}

fn is_forecast(noun: &str) -> bool {
    matches!(
        noun,
        "forecast"
            | "forecasts"
            | "estimate"
            | "estimates"
            | "projection"
            | "projections"
            | "outlook"
            | "guidance"
    )
}

/// "the bank's estimate of 5%", "its proposed $2 million sale": whose it is says so.
pub(super) fn possessed(scene: &Scene, start: usize) -> Option<Source> {
    let s = scene.sentence;
    let before = start.checked_sub(1)?;
    let verb = s.lower(before);
    if verb.ends_with("ed") && flags(verb) & (cue::GIVE | cue::WANT) != 0 {
        return owner(scene, before).map(|phrase| Source { phrase, cue: s.tokens[before].span });
    }
    if !matches!(verb, "of" | "at" | "about") {
        return None;
    }
    // "the fund's estimate of growth at 5%"
    let open = |&t: &usize| !s.tag(t).is_verb() && s.tag(t) != Tag::Punct;
    let told = |&t: &usize| s.tag(t).is_noun() && nouns(s.lower(t)) & cue::CLAIM != 0;
    let noun = (before.saturating_sub(6)..before).rev().take_while(open).find(told)?;
    let phrase = phrase::possessor(scene, scene.chunk_of(noun)?)?;
    Some(Source { phrase, cue: s.tokens[noun].span })
}

/// Whose the word at token `i` is: "its planned", "the bank's planned".
fn owner(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let sign = i.checked_sub(1)?;
    if s.tag(sign) == Tag::Possessive {
        return Some(phrase::of_tokens(s, sign, i, sign));
    }
    let head = sign.checked_sub(1).filter(|_| is_genitive(s.lower(sign)))?;
    let chunk = &scene.chunks[scene.chunk_of(head)?];
    Some(phrase::of_tokens(s, chunk.tokens.start, sign, head))
}

/// "The met office forecasts 96% of normal": a verb that the tagger took for a noun.
pub(super) fn misread(scene: &Scene, clause: &Clause, start: usize) -> Option<Source> {
    let s = scene.sentence;
    let verb = start.checked_sub(1).filter(|_| clause.verb.is_none())?;
    let first = scene.chunks[scene.chunk_of(verb)?].tokens.start;
    let gives = flags(s.lower(verb)) & cue::GIVE != 0 && s.tag(verb) == Tag::Nouns && first < verb;
    gives.then(|| Source { phrase: phrase::of_tokens(s, first, verb, verb - 1), cue: s.tokens[verb].span })
}
