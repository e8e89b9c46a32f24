//! Sources that speak for a part of the sentence, whatever its clauses: "according to …", "…, she said, …".

use std::ops::Range;

use super::Source;
use super::speaker::{self, flags, nouns, speaks};
use crate::clause::Link;
use crate::cue;
use crate::phrase;
use crate::scene::Scene;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// A source with the tokens it speaks for and those that name it.
#[derive(Debug)]
pub(super) struct Wide {
    pub source: Source,
    pub scope: Range<usize>,
    pub own: Range<usize>,
    /// Whether it is where the saying comes from: "according to".
    pub origin: bool,
}

/// All such sources of a sentence.
pub(super) fn read(scene: &Scene) -> Vec<Wide> {
    let mut wide = Vec::new();
    according(scene, &mut wide);
    asides(scene, &mut wide);
    closing_name(scene, &mut wide);
    closings(scene, &mut wide);
    surveys(scene, &mut wide);
    wide
}

/// The part of the sentence between semicolons that token `at` stands in.
fn segment(scene: &Scene, at: usize) -> Range<usize> {
    let s = scene.sentence;
    let start = (0..at).rev().find(|&i| s.word(i) == ";").map_or(0, |i| i + 1);
    let end = (at..s.len()).find(|&i| s.word(i) == ";").unwrap_or(s.len());
    start..end
}

/// "according to the ministry", "by the union's count".
fn according(scene: &Scene, out: &mut Vec<Wide>) {
    let s = scene.sentence;
    for at in 0..s.len() {
        let named = if s.lower(at) == "according" && s.lower(at + 1) == "to" {
            scene.chunk_of(at + 2).map(|c| (c, phrase::full(scene, c, true), at..at + 2))
        } else if s.lower(at) == "as" && s.lower(at + 2) == "by" && flags(s.lower(at + 1)) & cue::SAY != 0 {
            scene.chunk_of(at + 3).map(|c| (c, phrase::full(scene, c, false), at..at + 3))
        } else if matches!(s.lower(at), "by" | "under" | "per") && s.tag(at) == Tag::Adp {
            let told = |&c: &usize| {
                let some = matches!(s.lower(at + 1), "one" | "some" | "most");
                is_reckoning(s.lower(scene.chunks[c].head)) && (some || phrase::possessor(scene, c).is_some())
            };
            scene.chunk_of(at + 1).filter(told).map(|c| (c, phrase::full(scene, c, false), at..at + 1))
        } else {
            None
        };
        if let Some((chunk, phrase, cue)) = named {
            let own = at..s.token_at(phrase.span.end).max(scene.chunks[chunk].tokens.end);
            let cue = s.span_of(cue.start, cue.end);
            // In front it speaks for all that follows, behind only for what came before.
            let whole = segment(scene, at);
            let begin = (whole.start..at).rev().find(|&t| s.word(t) == ":").map_or(whole.start, |t| t + 1);
            let front =
                !(begin..at).any(|t| s.tag(t).is_verb() || s.tag(t) == Tag::Num || s.tag(t) == Tag::Aux);
            let comma = at > 0 && s.word(at - 1) == ",";
            // Between commas it speaks for both sides; within a relative clause for that clause only.
            let relative = scene.clause_of(at).filter(|c| c.link == Link::Relative && !comma);
            let figures = scene.figure_in(&(whole.start..at)).is_some();
            let joined = matches!(s.lower(own.end + 1), "and" | "but" | "while");
            let aside = comma && s.word(own.end) == "," && (joined || !figures);
            let scope = match relative {
                _ if front || aside => whole,
                Some(clause) => {
                    let opened = (whole.start..clause.start.min(at)).rev().find(|&t| s.word(t) == ",");
                    opened.unwrap_or(whole.start)..at
                }
                None => whole.start..at,
            };
            out.push(Wide { source: Source { phrase, cue }, scope, own, origin: true });
        }
    }
}

fn is_reckoning(noun: &str) -> bool {
    matches!(
        noun,
        "estimate"
            | "estimates"
            | "count"
            | "arithmetic"
            | "reckoning"
            | "calculation"
            | "calculations"
            | "admission"
            | "account"
            | "tally"
            | "plan"
            | "proposal"
    )
}

/// "…, the Kremlin said, …" and "…, said the mayor".
fn asides(scene: &Scene, out: &mut Vec<Wide>) {
    let s = scene.sentence;
    // Which clauses hold what is said; "…, the mayor said: “…”" says what stands before it too.
    let mut holds = vec![false; scene.syntax.clauses.len()];
    for clause in &scene.syntax.clauses {
        let complement = clause.link == Link::Complement && s.word(clause.start) != ":";
        if let Some(parent) = clause.parent.filter(|_| complement) {
            holds[parent] = true;
        }
    }
    for (at, clause) in scene.syntax.clauses.iter().enumerate() {
        let Some(source) = speaks(scene, clause, cue::SAY) else { continue };
        let Some(verb) = &clause.verb else { continue };
        let subject =
            speaker::subject(scene, clause).map_or(verb.tokens.clone(), |c| scene.chunks[c].tokens.clone());
        let first = subject.start.min(verb.tokens.start);
        let as_said = s.lower(clause.start) == "as" && clause.link == Link::Adverbial;
        let opened = as_said
            || first > 0
                && matches!(s.word(first - 1), "," | "'" | "”" | "\"" | "''" | "—" | "–" | "--" | "(");
        let last = verb.tokens.end.max(subject.end);
        // "Although 12 left, the firm denied any trouble", "wrote a detailed, long letter": no aside, but what the
        // sentence says.
        let object = clause.object.map(|o| scene.chunks[o].tokens.start).filter(|&o| o > verb.main);
        let object = object.or((s.tag(last) == Tag::Det).then_some(last));
        let states = object.is_some_and(|o| !scene.in_time(o))
            && !matches!(s.lower(verb.main), "told" | "tells" | "charged");
        if !opened || holds[at] || verb.passive || states && subject.start < verb.main {
            continue;
        }
        let quoted = first > 0 && matches!(s.word(first - 1), "'" | "”" | "\"" | "''");
        // "…, she said in a June report, and …"
        let next = (last..s.len().min(last + 7)).find(|&t| s.word(t) == "," || s.tag(t).is_verb());
        let inverted = subject.start > verb.main;
        let closes = !inverted && next.is_some_and(|t| s.word(t) == "," && !(quoted && goes_on(s, t + 1)));
        let whole = segment(scene, first);
        let end = if closes { whole.end } else { first };
        out.push(Wide { source, scope: whole.start..end, own: first..last, origin: false });
    }
}

/// "…,” she said, not even looking at …": whether the writer goes on about the speaker at token `i`.
fn goes_on(s: &Sentence, i: usize) -> bool {
    let verb = (i..i + 3).find(|&t| s.tag(t) != Tag::Adv && s.lower(t) != "not").unwrap_or(i);
    s.tag(verb) == Tag::VerbIng && flags(s.lower(verb)) & cue::SAY == 0
}

/// "…, the Daily News reports." where the tagger took the verb for a noun.
fn closing_name(scene: &Scene, out: &mut Vec<Wide>) {
    let s = scene.sentence;
    for chunk in scene.chunks {
        let verb = chunk.head;
        let first = chunk.tokens.start;
        let says = flags(s.lower(verb)) & cue::SAY != 0
            && s.lower(verb).ends_with('s')
            && verb + 1 == chunk.tokens.end;
        let apart = first > 0 && s.word(first - 1) == "," && matches!(s.word(verb + 1), "." | "," | "");
        if says && apart && verb > first && s.tag(verb - 1).is_name() {
            let phrase = phrase::of_tokens(s, first, verb, verb - 1);
            let source = Source { phrase, cue: s.tokens[verb].span };
            out.push(Wide {
                source,
                scope: segment(scene, first).start..first,
                own: first..verb + 1,
                origin: false,
            });
        }
    }
}

/// Most words of a source that closes a sentence, and of what may follow its verb ("told reporters in the capital").
const LONGEST: usize = 14;

/// "…, the ministry said on Monday.", "…, filings with the commission show.": a noun phrase behind a comma whose verb
/// of saying ends the sentence, however the clauses before it were read.
fn closings(scene: &Scene, out: &mut Vec<Wide>) {
    let s = scene.sentence;
    let last = s.len().saturating_sub(LONGEST).max(2);
    for verb in (last..s.len()).filter(|&t| flags(s.lower(t)) & cue::SAY != 0 && ends_saying(scene, t)) {
        let cue = s.tokens[verb].span;
        let Some(own) = closing_phrase(scene, verb).filter(|_| out.iter().all(|w| w.source.cue != cue))
        else {
            continue;
        };
        let noun = |t: &usize| s.tag(*t).is_noun() || s.word(*t).starts_with(char::is_uppercase);
        let before_adposition = own.clone().take_while(|&t| s.tag(t) != Tag::Adp);
        let Some(head) = before_adposition.filter(noun).last() else { continue };
        let speaks = nouns(s.lower(head)) & cue::DOCUMENT != 0;
        let sure = s.tag(verb).is_verb() && !speaker::is_evidence(s.lower(verb));
        if !(sure || speaks) {
            continue;
        }
        let source = Source { phrase: phrase::of_tokens(s, own.start, own.end, head), cue };
        let scope = segment(scene, own.start).start..own.start;
        out.push(Wide { source, scope, own: own.start..verb + 1, origin: false });
    }
}

/// Whether nothing follows the verb at token `verb` but a time, a place or who was told.
fn ends_saying(scene: &Scene, verb: usize) -> bool {
    let s = scene.sentence;
    let mut open = matches!(s.lower(verb), "told" | "tells");
    (verb + 1..s.len()).all(|t| {
        let part =
            matches!(s.tag(t), Tag::Det | Tag::Possessive | Tag::Part | Tag::Adj) || s.tag(t).is_noun();
        open |= s.tag(t) == Tag::Adp;
        s.word(t) == "." || scene.in_time(t) || open && (part || s.tag(t) == Tag::Adp)
    })
}

/// The noun phrase between a comma and the verb at token `verb`.
fn closing_phrase(scene: &Scene, verb: usize) -> Option<Range<usize>> {
    let s = scene.sentence;
    let comma = (verb.saturating_sub(LONGEST)..verb).rev().find(|&t| s.word(t) == ",")?;
    let own = comma + 1..verb;
    let part = |t: usize| {
        s.tag(t).is_noun()
            || s.tag(t).is_adj()
            || s.word(t).starts_with(char::is_uppercase)
            || s.kind(t) == TokenKind::Symbol && s.glued(t) // "OPEC+"
            || matches!(
                s.tag(t),
                Tag::Adp | Tag::Cconj | Tag::Part | Tag::VerbIng | Tag::Det | Tag::Possessive
            )
    };
    let opens = !matches!(s.tag(own.start), Tag::Adp | Tag::Cconj);
    let figure = scene.figure_in(&own).is_some();
    (opens && !own.is_empty() && !figure && own.clone().all(part)).then_some(own)
}

/// "in a university poll of 1,008 adults"
fn surveys(scene: &Scene, out: &mut Vec<Wide>) {
    let s = scene.sentence;
    for (at, chunk) in scene.chunks.iter().enumerate() {
        let first = opening(s, chunk.tokens.start);
        let before = first.wrapping_sub(1);
        let speaks = nouns(s.lower(chunk.head)) & cue::SURVEY != 0;
        let opens = before == 0 || s.word(before.wrapping_sub(1)) == ",";
        if !speaks || before == usize::MAX || s.lower(before) != "in" || !opens {
            continue;
        }
        // The people asked stand behind "of": they are the survey's own.
        let of = s.lower(chunk.tokens.end) == "of";
        let own_end = scene.chunks.get(at + 1).filter(|_| of).map_or(chunk.tokens.end, |c| c.tokens.end);
        let phrase = phrase::of_tokens(s, first, chunk.tokens.end, chunk.head);
        let source = Source { phrase, cue: s.tokens[before].span };
        out.push(Wide { source, scope: segment(scene, before), own: before..own_end, origin: false });
    }
}

/// Where the phrase of a chunk that begins at token `start` begins: "the latest Post/Times poll" is cut at the stroke.
fn opening(s: &Sentence, start: usize) -> usize {
    let joined = |&t: &usize| {
        let capital = s.word(t).starts_with(char::is_uppercase);
        s.lower(t) != "in" && (capital || s.word(t) == "/" || s.tag(t) == Tag::Det || s.tag(t).is_adj())
    };
    let cut = start > 0 && (s.word(start) == "/" || s.word(start - 1) == "/");
    start - if cut { (0..start).rev().take(8).take_while(joined).count() } else { 0 }
}
