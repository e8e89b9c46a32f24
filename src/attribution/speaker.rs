//! Whether the subject of a clause says what the clause holds.

use super::Source;
use crate::clause::{Clause, Link};
use crate::cue;
use crate::figure::{Kind, Phrase};
use crate::mention::Mention;
use crate::phrase;
use crate::scene::Scene;
use crate::tag::Tag;

pub(super) fn flags(word: &str) -> u8 {
    cue::REPORTING_VERBS.get(word).copied().unwrap_or(0)
}

pub(super) fn nouns(word: &str) -> u8 {
    cue::SOURCE_NOUNS.get(word).copied().unwrap_or(0)
}

/// Verbs that have a clause as their object, never a noun.
pub(super) fn is_bare_say(verb: &str) -> bool {
    matches!(verb, "say" | "says" | "said" | "think" | "thinks" | "thought" | "argue" | "argues" | "argued")
}

/// The source if the clause's verb is finite and has one of the flags, and its subject can speak.
pub(super) fn speaks(scene: &Scene, clause: &Clause, wanted: u8) -> Option<Source> {
    let s = scene.sentence;
    let verb = clause.verb.as_ref()?;
    // "failed to show up", but "said up to 40 boats"
    let up = s.lower(verb.main + 1) == "up" && !is_bare_say(s.lower(verb.main));
    let says = flags(s.lower(verb.main)) & wanted != 0 && !up;
    if !says || !s.tag(verb.main).is_verb() || scene.comparison(clause).is_some() {
        return None;
    }
    let phrase = if verb.passive { agent(scene, verb.tokens.end) } else { speaker(scene, clause) };
    Some(Source { phrase: phrase?, cue: s.tokens[verb.main].span })
}

/// "was told by the mayor that", "are expected by analysts to": who follows a passive verb.
fn agent(scene: &Scene, by: usize) -> Option<Phrase> {
    let chunk = scene.chunk_of(by + 1).filter(|_| scene.sentence.lower(by) == "by")?;
    (!scene.in_time(by + 1)).then(|| phrase::full(scene, chunk, false))
}

pub(super) fn speaker(scene: &Scene, clause: &Clause) -> Option<Phrase> {
    let s = scene.sentence;
    let subject = subject(scene, clause)?;
    // "argued that this was wrong, explaining …": who argued explains.
    let understood =
        scene.parent(clause).filter(|p| clause.link == Link::Participle && p.subject == clause.subject);
    let inner = |outer: &Clause| outer.link == Link::Complement && clause.after_comma;
    if let Some(outer) = understood.filter(|outer| {
        matches!(s.lower(scene.chunks[subject].head), "this" | "that" | "it" | "there") || inner(outer)
    }) {
        return scene.parent(outer).and_then(|p| speaker(scene, p));
    }
    let head = scene.chunks[subject].head;
    let word = s.lower(head);
    let nobody = matches!(
        word,
        "i" | "we"
            | "you"
            | "there"
            | "me"
            | "us"
            | "this"
            | "that"
            | "what"
            | "anyone"
            | "everyone"
            | "someone"
            | "one"
            | "let"
            | "'s"
            | "’s"
    );
    let verb = clause.main_verb().map_or("", |v| s.lower(v));
    let evidence = is_evidence(verb);
    let document = s.tag(head).is_name() || nouns(word) & cue::DOCUMENT != 0;
    if nobody
        || answers(scene, clause)
        || s.tag(head) == Tag::Num
        || evidence && !document && s.tag(head) == Tag::Pron
    {
        return None;
    }
    Some(phrase::full(scene, subject, true))
}

/// "it shows that", "the losses indicate that" name no source; "the poll shows that" does.
pub(super) fn is_evidence(verb: &str) -> bool {
    const STEMS: [&str; 7] = ["show", "indicate", "suggest", "demonstrate", "reveal", "impl", "signal"];
    STEMS.iter().any(|stem| verb.starts_with(stem))
}

/// Whether the clause's verb is one of saying.
pub(super) fn says(scene: &Scene, clause: &Clause) -> bool {
    clause.main_verb().is_some_and(|v| flags(scene.sentence.lower(v)) & cue::SAY != 0)
}

/// "47 percent of voters saying": whether the phrase at token `at` is the whole of a share.
fn share_of(scene: &Scene, at: usize) -> bool {
    let of = at.wrapping_sub(1);
    let before = scene.mentions.partition_point(|m| m.tokens.start < at).checked_sub(1);
    let share = |m: &Mention| m.end == of && matches!(m.kind, Kind::Percentage | Kind::Ratio);
    scene.sentence.lower(of) == "of" && before.is_some_and(|m| share(&scene.mentions[m]))
}

/// "46 percent said": answers to a survey, not a source.
pub(super) fn answers(scene: &Scene, clause: &Clause) -> bool {
    let Some(subject) = clause.subject.map(|c| &scene.chunks[c]) else { return false };
    let word = scene.sentence.lower(subject.head);
    let share = matches!(
        word,
        "half"
            | "majority"
            | "most"
            | "some"
            | "many"
            | "few"
            | "others"
            | "all"
            | "none"
            | "percent"
            | "quarter"
            | "quarters"
            | "third"
            | "thirds"
            | "fifth"
            | "those"
            | "plurality"
            | "minority"
    );
    let figure = |m: &Mention| {
        subject.tokens.contains(&m.tokens.start) && m.kind != Kind::Ordinal && m.counted.is_none()
    };
    share || scene.mentions.iter().any(figure) || share_of(scene, subject.tokens.start)
}

pub(super) fn is_pronoun(source: &Source) -> bool {
    matches!(source.phrase.head.as_str(), "he" | "she" | "they" | "it" | "who" | "which")
}

/// The chunk that is the subject of a clause, also where it follows the verb: "as of May, said Jane Gray".
pub(super) fn subject(scene: &Scene, clause: &Clause) -> Option<usize> {
    let s = scene.sentence;
    let behind = |&o: &usize| {
        let first = clause.verb.as_ref().map_or(0, |v| v.tokens.start);
        let name = &scene.chunks[o].tokens;
        name.start > first && first > 0 && s.word(first - 1) == "," && !s.tag(name.end).is_verb()
    };
    clause.subject.or_else(|| clause.object.filter(behind))
}
