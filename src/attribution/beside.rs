//! Who is named beside a quotation: "…," said Ms. Gray; the mayor told reporters: "…"

use std::ops::Range;

use super::quotation::{Voice, is_mark, mark_width};
use super::{Source, noun, speaker};
use crate::cue;
use crate::phrase;
use crate::scene::Scene;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// The speaker named outside the quotation marks: "…," said Ms. Gray; the mayor told reporters: "…"
pub(super) fn speaker(scene: &Scene, voice: &Voice) -> Option<Source> {
    let s = scene.sentence;
    let flags = |i: usize| cue::REPORTING_VERBS.get(s.lower(i)).copied().unwrap_or(0);
    let said = |i: &usize| {
        let name = *i > 0 && s.word(*i).starts_with(char::is_uppercase);
        flags(*i) & (cue::SAY | cue::QUOTE) != 0 && is_inflected(s.lower(*i)) && !name && !voice.inside(*i)
    };
    let marks: Vec<usize> = (0..s.len()).filter(|&i| mark_width(s, i) > 0).collect();
    let mut best: Option<(usize, Source)> = None;
    for verb in (0..s.len()).filter(said) {
        let next = marks.partition_point(|&i| i < verb);
        let nearest = marks[next.saturating_sub(1)..].iter().take(2).map(|i| i.abs_diff(verb));
        let mut distance = nearest.min().unwrap_or(99);
        // "was shot at 41 times", "begins to show": such a verb speaks only beside what is quoted.
        let ing = s.lower(verb).ends_with("ing");
        let far = s.lower(verb + 1) == "to" || (if ing { 3 } else { 9 }..99).contains(&distance);
        if flags(verb) & cue::SAY == 0 && far {
            continue;
        }
        if ing {
            // "…, adding: …": the subject of the sentence speaks.
            let clause = scene.clause_of(verb).filter(|_| s.tag(verb) == Tag::VerbIng);
            let subject = clause.and_then(|c| c.subject).map(|c| phrase::full(scene, c, true));
            if let (Some(phrase), None) = (subject, &best) {
                best = Some((50, Source { phrase, cue: s.tokens[verb].span }));
            }
            continue;
        }
        let Some(tokens) = name_after(s, voice, verb).or_else(|| name_before(s, voice, verb)) else {
            continue;
        };
        // The nearest to a quotation mark speaks, unless it only says of someone that he spoke.
        if s.lower(tokens.start) == "who" {
            distance += 50;
        }
        if best.as_ref().is_none_or(|b| distance < b.0) {
            let phrase = phrase_of(scene, tokens);
            best = Some((distance, Source { phrase, cue: s.tokens[verb].span }));
        }
    }
    best.map(|b| b.1).or_else(|| before_colon(scene, voice))
}

/// "“…?” Hannah asked.": a sentence of its own that names who spoke.
pub(super) fn asker(scene: &Scene, voice: &Voice) -> Option<Source> {
    let s = scene.sentence;
    let spoke = |i: &usize| {
        let flags = cue::REPORTING_VERBS.get(s.lower(*i)).copied().unwrap_or(0);
        flags & (cue::SAY | cue::QUOTE) != 0 && matches!(s.word(*i + 1), "." | ",")
    };
    let verb = (1..s.len().min(10)).find(spoke)?;
    let tokens = name_before(s, voice, verb).filter(|tokens| tokens.start == 0)?;
    Some(Source { phrase: phrase_of(scene, tokens), cue: s.tokens[verb].span })
}

/// "The mayor has apologised: “We lost 40 boats.”": who the sentence before the colon is about, or the text it ends
/// with.
fn before_colon(scene: &Scene, voice: &Voice) -> Option<Source> {
    let s = scene.sentence;
    let colon = match voice.quoted.first() {
        Some(quoted) => before_mark(s, quoted.start),
        None => s.len().checked_sub(1),
    };
    let colon = colon.filter(|&t| s.word(t) == ":")?;
    let cue = s.tokens[colon].span;
    let statement = colon.checked_sub(1).filter(|&t| speaker::nouns(s.lower(t)) != 0);
    // "The firm issued this statement:"
    let voices = |verb: &usize| noun::is_voicing(s.lower(*verb));
    if let Some(verb) = statement.and_then(|t| (t.saturating_sub(4)..t).find(voices)) {
        return name_before(s, voice, verb).map(|tokens| Source { phrase: phrase_of(scene, tokens), cue });
    }
    voice.quoted.first()?;
    let clause = scene.clause_of(0).filter(|c| c.verb.as_ref().is_some_and(|v| v.finite));
    let subject = clause.and_then(|c| c.subject).filter(|&c| scene.chunks[c].tokens.end <= colon);
    let person = |c: &usize| {
        let head = scene.chunks[*c].head;
        s.tag(head).is_name() || matches!(s.lower(head), "he" | "she" | "they")
    };
    let phrase = subject.filter(person).map(|c| phrase::full(scene, c, true));
    // "shown by this finding: “…”"
    let shown = |&c: &usize| matches!(s.lower(scene.chunks[c].tokens.start), "this" | "these");
    let text = || Some(phrase::full(scene, statement.and_then(|t| scene.chunk_of(t)).filter(shown)?, false));
    phrase.or_else(text).map(|phrase| Source { phrase, cue })
}

/// The last token before the quotation mark that opens a quotation at token `start`.
pub(super) fn before_mark(s: &Sentence, start: usize) -> Option<usize> {
    (start.saturating_sub(4)..start).rev().find(|&t| !is_mark(s.word(t)) && s.word(t) != "'")
}

/// Whether the form is no bare one, which might be a noun ("comment", "report").
fn is_inflected(lower: &str) -> bool {
    lower.ends_with('s')
        || lower.ends_with("ed")
        || lower.ends_with("ing")
        || matches!(
            lower,
            "said"
                | "told"
                | "wrote"
                | "went"
                | "began"
                | "thought"
                | "found"
                | "read"
                | "say"
                | "shot"
                | "sang"
                | "swore"
        )
}

fn phrase_of(scene: &Scene, tokens: Range<usize>) -> crate::figure::Phrase {
    match scene.chunk_of(tokens.end - 1) {
        // "the report read": the verb was taken for a noun
        Some(chunk)
            if scene.chunks[chunk].tokens.end > tokens.end && scene.chunks[chunk].head >= tokens.end =>
        {
            let start = scene.chunks[chunk].tokens.start.min(tokens.start);
            phrase::of_tokens(scene.sentence, start, tokens.end, tokens.end - 1)
        }
        Some(chunk) => phrase::full(scene, chunk, false),
        None if scene.is_untagged() => phrase::by_capitals(scene.sentence, tokens.start, tokens.end),
        None => phrase::of_tokens(scene.sentence, tokens.start, tokens.end, tokens.end - 1),
    }
}

/// "…," said Jane Gray: the name behind the verb, if the quotation stands before it.
fn name_after(s: &Sentence, voice: &Voice, verb: usize) -> Option<Range<usize>> {
    let before = verb.checked_sub(1)?;
    let closed = is_mark(s.word(before)) || before > 0 && mark_width(s, before - 1) == 2;
    if !closed && s.word(before) != "," {
        return None;
    }
    let start = verb + 1;
    let mut end = before_name(s, start).unwrap_or(start);
    while end < s.len()
        && end < start + 9
        && !voice.inside(end)
        && (is_name_word(s, end) || end == start && begins_phrase(s, end))
    {
        end += 1;
    }
    while begins_lower_phrase(s, start)
        && end < s.len()
        && end < start + 5
        && s.kind(end) == TokenKind::Word
        && !is_linking(s.lower(end))
    {
        end += 1;
    }
    (end > start && (is_name_word(s, end - 1) || is_pronoun(s.lower(start)) || end > start + 1))
        .then_some(start..end)
}

/// "…," said company spokesman Jane Gray: where the name begins behind what someone is.
fn before_name(s: &Sentence, start: usize) -> Option<usize> {
    let role = |i: &usize| {
        let word = s.kind(*i) == TokenKind::Word && !is_linking(s.lower(*i)) && !begins_phrase(s, *i);
        !is_name_word(s, *i)
            && (word || s.kind(*i) == TokenKind::Number || s.word(*i) == "/" || s.word(*i) == "-")
    };
    let name = start + (start..start + 6).take_while(role).count();
    (name > start && is_name_word(s, name)).then_some(name)
}

/// Jane Gray said; the mayor of Leeds told reporters; he added.
fn name_before(s: &Sentence, voice: &Voice, verb: usize) -> Option<Range<usize>> {
    let mut end = verb;
    while end > 0 && is_skipped(s.lower(end - 1)) {
        end -= 1;
    }
    // "Dana Reed, 25, said"
    if end > 3 && s.word(end - 1) == "," && s.kind(end - 2) == TokenKind::Number && s.word(end - 3) == "," {
        end -= 3;
    }
    let mut start = end;
    while start > 0 && end - start < 10 && !voice.inside(start - 1) && s.kind(start - 1) == TokenKind::Word {
        let word = s.lower(start - 1);
        if is_pronoun(word) {
            return (start == end).then_some(start - 1..end);
        }
        if matches!(word, "the" | "a" | "an" | "his" | "her" | "their" | "its" | "one" | "another") {
            start -= 1;
            break;
        }
        if !is_name_word(s, start - 1) && (is_linking(word) || start < end && is_name_word(s, start)) {
            break;
        }
        start -= 1;
    }
    (start < end && (is_name_word(s, end - 1) || begins_phrase(s, start))).then_some(start..end)
}

fn is_name_word(s: &Sentence, i: usize) -> bool {
    s.kind(i) == TokenKind::Word && s.word(i).starts_with(char::is_uppercase) && !is_linking(s.lower(i))
}

fn begins_phrase(s: &Sentence, i: usize) -> bool {
    is_pronoun(s.lower(i)) || begins_lower_phrase(s, i)
}

fn begins_lower_phrase(s: &Sentence, i: usize) -> bool {
    matches!(s.lower(i), "the" | "a" | "an" | "his" | "her" | "their" | "its" | "one" | "another")
}

fn is_pronoun(lower: &str) -> bool {
    matches!(lower, "he" | "she" | "they" | "it" | "who")
}

/// Between a name and its verb: "she has also said".
fn is_skipped(lower: &str) -> bool {
    matches!(
        lower,
        "also"
            | "has"
            | "had"
            | "have"
            | "then"
            | "later"
            | "recently"
            | "once"
            | "was"
            | "were"
            | "is"
            | "previously"
            | "even"
    ) || lower.ends_with("ly") && lower.len() > 4
}

fn is_linking(lower: &str) -> bool {
    matches!(
        lower,
        "and"
            | "but"
            | "as"
            | "that"
            | "when"
            | "while"
            | "in"
            | "on"
            | "at"
            | "of"
            | "for"
            | "to"
            | "with"
            | "from"
            | "by"
            | "after"
            | "before"
            | "because"
            | "if"
            | "or"
            | "so"
            | "about"
            | "during"
            | "who"
            | "which"
            | "what"
            | "not"
    )
}
