//! Sources named in the figure's own sentence.

use std::ops::Range;

use super::Source;
use super::quotation::Voice;
use crate::clause::{Clause, Link};
use crate::cue;
use crate::figure::{Kind, Phrase};
use crate::mention::Mention;
use crate::phrase;
use crate::scene::Scene;
use crate::tag::Tag;

/// The sources that speak for a whole sentence or the part of it before a semicolon.
#[derive(Debug)]
pub(super) struct Sources {
    wide: Vec<Wide>,
    /// For every mention the first one of those that say the same.
    firsts: Vec<usize>,
}

/// A source with the tokens it speaks for and those that name it.
#[derive(Debug)]
struct Wide {
    source: Source,
    scope: Range<usize>,
    own: Range<usize>,
}

fn flags(word: &str) -> u8 {
    cue::REPORTING_VERBS.get(word).copied().unwrap_or(0)
}

fn nouns(word: &str) -> u8 {
    cue::SOURCE_NOUNS.get(word).copied().unwrap_or(0)
}

impl Sources {
    /// Looks through the sentence once.
    pub fn of(scene: &Scene) -> Sources {
        let mut wide = Vec::new();
        if !scene.mentions.is_empty() {
            according(scene, &mut wide);
            asides(scene, &mut wide);
            closing_name(scene, &mut wide);
            surveys(scene, &mut wide);
        }
        let mut firsts = Vec::with_capacity(scene.mentions.len());
        for i in 0..scene.mentions.len() {
            firsts.push(if i > 0 && scene.restates(i) { firsts[i - 1] } else { i });
        }
        Sources { wide, firsts }
    }

    /// The innermost source of mention `i`.
    pub fn read(&self, scene: &Scene, i: usize, voice: &Voice) -> Option<Source> {
        let token = scene.mentions[i].tokens.start;
        let quoted = voice.inside(token);
        // "according to three people": what names the source says nothing.
        if self.wide.iter().any(|w| w.own.contains(&token)) {
            return None;
        }
        // Who says something within a quotation says nothing outside of it.
        let heard = |found: &Source| quoted || !voice.inside(scene.sentence.token_at(found.cue.start));
        governing(scene, self.firsts[i], quoted)
            .filter(|found| !quoted || found.phrase.head.starts_with(char::is_uppercase))
            .filter(heard)
            .or_else(|| {
                self.wide
                    .iter()
                    .find(|w| w.scope.contains(&token) && !w.own.contains(&token))
                    .map(|w| w.source.clone())
            })
    }
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
            scene.chunk_of(at + 1).filter(|&c| is_reckoning(s.lower(scene.chunks[c].head))).and_then(|c| {
                phrase::possessor(scene, c)?;
                Some((c, phrase::full(scene, c, false), at..at + 1))
            })
        } else {
            None
        };
        if let Some((chunk, phrase, cue)) = named {
            let own = at..s.token_at(phrase.span.end).max(scene.chunks[chunk].tokens.end);
            let cue = s.span_of(cue.start, cue.end);
            // In front it speaks for all that follows, behind only for what came before.
            let whole = segment(scene, at);
            let front = !(whole.start..at)
                .any(|t| s.tag(t).is_verb() || s.tag(t) == Tag::Num || s.tag(t) == Tag::Aux);
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
            out.push(Wide { source: Source { phrase, cue }, scope, own });
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
    for (at, clause) in scene.syntax.clauses.iter().enumerate() {
        let Some(source) = speaks(scene, clause, cue::SAY) else { continue };
        let Some(verb) = &clause.verb else { continue };
        let subject = clause.subject.map_or(verb.tokens.clone(), |c| scene.chunks[c].tokens.clone());
        let first = subject.start.min(verb.tokens.start);
        let as_said = s.lower(clause.start) == "as" && clause.link == Link::Adverbial;
        let opened = as_said
            || first > 0
                && matches!(s.word(first - 1), "," | "'" | "”" | "\"" | "''" | "—" | "–" | "--" | "(");
        let complement =
            scene.syntax.clauses.iter().any(|c| c.parent == Some(at) && c.link == Link::Complement);
        // "Although 12 left, the firm denied any trouble": no aside, but what the sentence says.
        let object = clause.object.map(|o| scene.chunks[o].tokens.start).filter(|&o| o > verb.main);
        let states = object.is_some_and(|o| !scene.in_time(o))
            && !matches!(s.lower(verb.main), "told" | "tells" | "charged");
        if !opened || complement || verb.passive || states && subject.start < verb.main {
            continue;
        }
        let last = verb.tokens.end.max(subject.end);
        // "…, she said in a June report, and …"
        let next = (last..s.len().min(last + 7)).find(|&t| s.word(t) == "," || s.tag(t).is_verb());
        let inverted = subject.start > verb.main;
        let closes = !inverted && next.is_some_and(|t| s.word(t) == ",");
        let whole = segment(scene, first);
        let end = if closes { whole.end } else { first };
        out.push(Wide { source, scope: whole.start..end, own: first..last });
    }
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
            out.push(Wide { source, scope: segment(scene, first).start..first, own: first..verb + 1 });
        }
    }
}

/// "in a university poll of 1,008 adults"
fn surveys(scene: &Scene, out: &mut Vec<Wide>) {
    let s = scene.sentence;
    for (at, chunk) in scene.chunks.iter().enumerate() {
        let before = chunk.tokens.start.wrapping_sub(1);
        let speaks = nouns(s.lower(chunk.head)) & cue::SURVEY != 0;
        let opens = before == 0 || s.word(before.wrapping_sub(1)) == ",";
        if !speaks || before == usize::MAX || s.lower(before) != "in" || !opens {
            continue;
        }
        // The people asked stand behind "of": they are the survey's own.
        let of = s.lower(chunk.tokens.end) == "of";
        let own_end = scene.chunks.get(at + 1).filter(|_| of).map_or(chunk.tokens.end, |c| c.tokens.end);
        let phrase = phrase::of_tokens(s, chunk.tokens.start, chunk.tokens.end, chunk.head);
        let source = Source { phrase, cue: s.tokens[before].span };
        out.push(Wide { source, scope: segment(scene, before), own: before..own_end });
    }
}

/// The source if the clause's verb is finite and has one of the flags, and its subject can speak.
fn speaks(scene: &Scene, clause: &Clause, wanted: u8) -> Option<Source> {
    let s = scene.sentence;
    let verb = clause.verb.as_ref()?;
    if flags(s.lower(verb.main)) & wanted == 0 || verb.passive || !s.tag(verb.main).is_verb() {
        return None;
    }
    let phrase = speaker(scene, clause)?;
    Some(Source { phrase, cue: s.tokens[verb.main].span })
}

fn speaker(scene: &Scene, clause: &Clause) -> Option<Phrase> {
    let s = scene.sentence;
    let subject = clause.subject?;
    // "argued that this was wrong, explaining …": who argued explains.
    let understood =
        scene.parent(clause).filter(|p| clause.link == Link::Participle && p.subject == clause.subject);
    if let (Some(outer), "this" | "that" | "it" | "there") = (understood, s.lower(scene.chunks[subject].head))
    {
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
    // "it shows that", "the losses indicate that" name no source; "the poll shows that" does.
    let evidence = ["show", "indicate", "suggest", "demonstrate", "reveal", "impl", "signal"]
        .iter()
        .any(|v| verb.starts_with(v));
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

/// Whether the clause's verb is one of saying.
fn says(scene: &Scene, clause: &Clause) -> bool {
    clause.main_verb().is_some_and(|v| flags(scene.sentence.lower(v)) & cue::SAY != 0)
}

/// "46 percent said": answers to a survey, not a source.
fn answers(scene: &Scene, clause: &Clause) -> bool {
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
    share || scene.mentions.iter().any(figure)
}

/// The source that governs the figure by syntax, the innermost first.
fn governing(scene: &Scene, i: usize, quoted: bool) -> Option<Source> {
    let s = scene.sentence;
    let start = scene.start(i);
    let mut clause = scene.clause_of(scene.mentions[i].tokens.start)?;
    let mut pronoun = None;
    // "pledged to close the camp — home to 300 people — by May": what the writer adds.
    if dashed(scene, start).is_some_and(|dash| clause.start < dash) {
        return None;
    }
    // Inside a quotation only a named source that says something takes the word from the speaker.
    if let Some(found) = gives(scene, clause, start).filter(|_| !quoted) {
        if !is_pronoun(&found) {
            return Some(found);
        }
        pronoun = Some(found);
    }
    for _ in 0..8 {
        if let Some(found) = claim(scene, clause).or_else(|| plan(scene, clause)) {
            return Some(found);
        }
        if let Some(found) = own_forecast(scene, clause, start).filter(|_| !quoted) {
            return Some(found);
        }
        let Some(outer) = scene.parent(clause) else { return pronoun };
        let after = outer.verb.as_ref().is_some_and(|v| v.tokens.start < clause.start);
        let found = match clause.link {
            Link::Complement if after => speaks(scene, outer, cue::SAY),
            // "called for reducing the rate to 28 percent"
            Link::Participle if after && !quoted && s.lower(clause.start.wrapping_sub(1)) == "for" => {
                speaks(scene, outer, cue::WANT)
            }
            Link::Adverbial if after && !quoted && s.lower(clause.start) == "for" => {
                speaks(scene, outer, cue::WANT)
            }
            Link::Infinitive if after && !quoted && announces(scene, outer) => speaks(scene, outer, cue::SAY),
            Link::Infinitive if after && !quoted => speaks(scene, outer, cue::WANT),
            _ => None,
        };
        // "the union said it expects": the named one speaks.
        match found {
            None if clause.link == Link::Complement
                && after
                && says(scene, outer)
                && answers(scene, outer) =>
            {
                return None;
            }
            Some(found) if is_pronoun(&found) => pronoun = pronoun.or(Some(found)),
            Some(found) => return Some(found),
            None => {}
        }
        if let (Link::Participle | Link::Infinitive, Some(found)) =
            (clause.link, gives(scene, outer, clause.start))
        {
            let document =
                outer.subject.is_some_and(|c| nouns(s.lower(scene.chunks[c].head)) & cue::DOCUMENT != 0);
            if document {
                return Some(found);
            }
        }
        clause = outer;
    }
    pronoun
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

fn is_pronoun(source: &Source) -> bool {
    matches!(source.phrase.head.as_str(), "he" | "she" | "they" | "it" | "who" | "which")
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
