//! What a figure says something about.

mod lead;
mod near;
mod object;
mod pronoun;

use crate::clause::{Clause, Link};
use crate::cue;
use crate::figure::{Kind, Phrase};
use crate::lexicon::subjects;
use crate::mention::Mention;
use crate::phrase;
use crate::scene::Scene;
use crate::sentence::TokenKind;
use crate::tag::Tag;
pub use lead::leads;
use near::{absolute, among, gapped, group, inside_subject, label, measured, money_in, owner, tall};
use object::{changed_object, priced_object, receiver};
pub use pronoun::{Topic, resolve, topic};

/// The noun phrase that mention `i` says something about.
///
/// The noun that the figure modifies ("the $50 billion loan": loan); the whole of a share ("46 percent of
/// voters": voters); the figure's own noun where it is the subject or definite ("the two countries"); the thing
/// changed ("raised its dividend to $1.20": dividend); else the subject of the figure's clause.
///
/// `i` is the mention that leads: see [`leads`].
pub fn read(scene: &Scene, i: usize) -> Option<Phrase> {
    let m = &scene.mentions[i];
    match m.kind {
        Kind::Multiple if compares(scene, m) => of_clause(scene, i),
        Kind::Age => bearer_of_age(scene, m).or_else(|| of_clause(scene, i)),
        Kind::Ordinal => ranked(scene, m).or_else(|| of_clause(scene, i)),
        Kind::Duration if since_rank(scene, i).is_some() => since_rank(scene, i),
        Kind::Duration if is_period(scene, i) => None,
        _ => tall(scene, i)
            .or_else(|| modified(scene, m))
            .or_else(|| owner(scene, i))
            .or_else(|| group(scene, i))
            .or_else(|| whole(scene, i))
            .or_else(|| counted(scene, i))
            .or_else(|| of_clause(scene, i)),
    }
}

/// "three times the average", "twice as many": the noun behind is what is compared with.
fn compares(scene: &Scene, m: &Mention) -> bool {
    let s = scene.sentence;
    (m.tokens.start..m.end + 1).any(|t| matches!(s.lower(t), "times" | "twice" | "half"))
        || s.lower(m.end) == "the"
}

/// The noun that the figure stands before.
fn modified(scene: &Scene, m: &Mention) -> Option<Phrase> {
    // "rose to 1.9% last year": a time behind is no noun that the figure modifies.
    let np = m.modifies.as_ref().filter(|np| !scene.in_time(np.head) || scene.in_time(m.tokens.start));
    // "passed the 1,000 mark", "is 4 metres tall": no noun that says more than the figure.
    let np = np.filter(|np| np.tokens.start < np.head || !says_nothing(scene.sentence.lower(np.head)));
    let Some(np) = np else { return hyphened(scene, m).or_else(|| after_unit(scene, m)) };
    let mut from = np.tokens.start.max(m.end).min(np.head);
    while from < np.head && scene.sentence.word(from) == "-" {
        from += 1;
    }
    Some(phrase::with_tail(scene, from, np.tokens.end.max(np.head + 1), np.head))
}

fn says_nothing(noun: &str) -> bool {
    subjects::THRESHOLDS.contains(noun) || subjects::DIMENSIONS.contains(noun) || noun == "plus"
}

/// "a 12-item agenda": the head behind the hyphened noun.
fn hyphened(scene: &Scene, m: &Mention) -> Option<Phrase> {
    let s = scene.sentence;
    let noun = m.tokens.end + 1;
    let chunk = &scene.chunks[scene.chunk_of(m.tokens.start)?];
    let joined = s.word(noun - 1) == "-" && s.glued(noun - 1) && s.glued(noun);
    let odd = matches!(s.lower(noun), "odd" | "plus");
    (joined && !odd && chunk.head > noun && s.tag(chunk.head).is_noun())
        .then(|| phrase::of_tokens(s, noun + 1, chunk.tokens.end, chunk.head))
}

/// "the second such incident in two weeks": the time belongs to what is ranked.
fn since_rank(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let start = scene.start(i);
    let rank = scene.mentions[..i].iter().rfind(|o| o.kind == Kind::Ordinal)?;
    let between = rank.end.min(start)..start;
    let inside = between.len() < 12 && between.clone().any(|t| s.lower(t) == "in");
    let broken = between.into_iter().any(|t| s.tag(t).is_verb() || s.word(t) == "," || s.tag(t) == Tag::Aux);
    let np = rank.modifies.as_ref().or(rank.counted.as_ref()).filter(|_| inside && !broken)?;
    Some(phrase::of_tokens(s, np.tokens.start.max(rank.end).min(np.head), np.head + 1, np.head))
}

/// "a $3,500 a month mortgage": the phrase goes on behind the unit.
fn after_unit(scene: &Scene, m: &Mention) -> Option<Phrase> {
    if matches!(m.kind, Kind::Count | Kind::Ordinal | Kind::Score) {
        return None;
    }
    let chunk = &scene.chunks[scene.chunk_of(m.end)?];
    let goes_on = chunk.tokens.start < m.end
        && chunk.head >= m.end
        && scene.sentence.tag(chunk.head).is_noun()
        && !says_nothing(scene.sentence.lower(chunk.head))
        && !scene.in_time(chunk.head);
    goes_on.then(|| phrase::of_tokens(scene.sentence, m.end, chunk.tokens.end, chunk.head))
}

/// "In the nine months, …", "rose in the first nine months": the time that the clause speaks of.
fn is_period(scene: &Scene, i: usize) -> bool {
    let s = scene.sentence;
    let (mut start, end) = (scene.start(i), scene.mentions[i].end);
    let nth = start > 0 && matches!(s.lower(start - 1), "first" | "latest");
    start -= usize::from(nth);
    let opens = start > 1 && (start == 2 || matches!(s.word(start - 3), "," | ";" | "—" | "“"));
    start > 1
        && (opens || nth)
        && s.lower(start - 1) == "the"
        && (s.lower(start - 2) == "in" || opens && matches!(s.lower(start - 2), "for" | "during"))
        && (s.word(end) == "," || nth && matches!(s.word(end), "." | ";" | ""))
}

fn ranked(scene: &Scene, m: &Mention) -> Option<Phrase> {
    let np = m.modifies.as_ref().or(m.counted.as_ref())?;
    let s = scene.sentence;
    let clause = scene.clause_of(m.tokens.start)?;
    let copula = clause.main_verb().is_some_and(|v| s.tag(v) == Tag::Aux && v < m.tokens.start);
    if let (true, Some(subject)) = (copula, clause.subject) {
        let head = scene.chunks[subject].head;
        let complement = clause.object.is_some_and(|o| scene.chunks[o].tokens.contains(&m.tokens.start));
        if complement && s.tag(head) != Tag::Pron {
            return Some(phrase::full(scene, subject, true));
        }
    }
    let from = np.tokens.start.max(m.end).min(np.head);
    Some(phrase::of_tokens(s, from, np.tokens.end.max(np.head + 1), np.head))
}

/// "a 45-year-old man", "Smith, 45," and "boys aged 12".
fn bearer_of_age(scene: &Scene, m: &Mention) -> Option<Phrase> {
    if m.modifies.is_some() {
        return modified(scene, m);
    }
    let s = scene.sentence;
    // "a 22-year-old", "16- and 17-year-olds": who is that old
    if m.end > m.tokens.end && matches!(s.lower(m.end - 1), "old" | "olds") && s.word(m.end - 2) == "-" {
        return Some(of_age(scene, m.tokens.start, m.end));
    }
    let mut before = m.tokens.start.checked_sub(1)?;
    if s.word(before) == "-" && before > 0 && matches!(s.lower(before - 1), "under" | "over") {
        // "under-18s"
        return Some(of_age(scene, before - 1, m.end));
    }
    if matches!(s.lower(before), "aged" | "age" | "ages") {
        before = before.checked_sub(1)?;
    }
    if s.word(before) == "," {
        before = before.checked_sub(1)?;
    }
    (before + 1 < m.tokens.start)
        .then(|| scene.chunk_of(before))
        .flatten()
        .map(|c| phrase::full(scene, c, false))
}

/// The tokens `from..to` as a phrase that is one word, of somebody of that age.
fn of_age(scene: &Scene, from: usize, to: usize) -> Phrase {
    let span = scene.sentence.span_of(from, to);
    let head = span.of(scene.sentence.lowered).trim_end_matches('s').to_owned();
    Phrase { span, head, resolved: None }
}

/// The whole of a share or amount: "46 percent of likely voters", "two litres of water", "one in five adults".
fn whole(scene: &Scene, i: usize) -> Option<Phrase> {
    let m = &scene.mentions[i];
    let share = match m.kind {
        Kind::Percentage | Kind::Ratio | Kind::Measurement => true,
        Kind::Count | Kind::Multiple => m.counted.is_none(),
        _ => false,
    };
    let end = restated_end(scene, i);
    let of = match scene.sentence.lower(end) {
        "of" => share && scene.sentence.lower(scene.start(i)) != "within",
        "off" => matches!(m.kind, Kind::Percentage | Kind::Money),
        _ => false,
    };
    if !of {
        return None;
    }
    // "owns 23% of Du Pont" says something of the owner.
    let clause = scene.clause_of(m.tokens.start)?;
    let own = scene.chunk_of(m.tokens.start);
    let subject = clause.subject.filter(|&c| scene.sentence.lower(scene.chunks[c].head) != "there");
    let object = clause.verb.is_some() && subject.is_some() && subject != own;
    let says = clause.main_verb().is_some_and(|v| {
        cue::REPORTING_VERBS.get(scene.sentence.lower(v)).is_some_and(|f| f & cue::SAY != 0)
            && v + 1 >= scene.start_of(m)
    });
    // "…, about 70 per cent of the index": an aside says it of the whole.
    let before = scene.start_of(m).checked_sub(1).map_or("", |t| scene.sentence.lower(t));
    let aside = matches!(before, "," | "–" | "—" | "(" | "including");
    if object
        && scene.sentence.lower(end) == "of"
        && !says
        && !aside
        && m.kind != Kind::Measurement
        && clause.main_verb().is_some_and(|v| v < m.tokens.start)
    {
        return None;
    }
    let at = scene.chunk_of(end + 1)?;
    (scene.sentence.tag(scene.chunks[at].head) != Tag::Num).then(|| phrase::full(scene, at, false))
}

/// One past mention `i` and what says it again in parentheses: "8 miles (13 km)".
fn restated_end(scene: &Scene, i: usize) -> usize {
    let (s, mut end) = (scene.sentence, scene.mentions[i].end);
    for k in i + 1..scene.mentions.len() {
        if !scene.restates(k) || s.word(scene.mentions[k].end) != ")" {
            break;
        }
        end = scene.mentions[k].end + 1;
    }
    end
}

/// Where things are counted: the things themselves if they are definite or the subject.
fn counted(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let np = m.counted.as_ref()?;
    let from = np.tokens.start.max(m.end).min(np.head);
    let own = || Some(phrase::of_tokens(s, from, np.tokens.end.max(np.head + 1), np.head));
    let chunk = scene.chunk_of(m.tokens.start)?;
    let first = scene.chunks[chunk].tokens.start;
    let definite = first < m.tokens.start
        && (matches!(s.lower(first), "the" | "these" | "those" | "both" | "all")
            || s.tag(first) == Tag::Possessive);
    if definite && scene.chunks[chunk].tokens.contains(&np.head) {
        // "the bank's nearly 900 clerks": of the bank
        return phrase::possessor(scene, chunk)
            .filter(|p| s.token_at(p.span.end) < m.tokens.start)
            .or_else(own);
    }
    let clause = scene.clause_of(m.tokens.start)?;
    let subject = clause.subject.or_else(|| scene.parent(clause).and_then(|p| p.subject));
    let with = first > 0 && s.lower(first - 1) == "with";
    let crossing =
        with && scene.syntax.clauses.iter().any(|c| c.link == Link::Participle && c.subject == Some(chunk));
    if crossing || clause.subject == Some(chunk) || subject.is_none() && label(scene, i).is_none() {
        return own();
    }
    None
}

/// The subject of the clause, unless a noun nearer by is what the figure belongs to.
fn of_clause(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let start = scene.start(i);
    let own = scene.chunk_of(m.tokens.start);
    let beside = measured(scene, i).or_else(|| money_in(scene, i)).or_else(|| absolute(scene, i));
    if let Some(noun) = beside.or_else(|| gapped(scene, i)) {
        return Some(noun);
    }
    let clause = scene.clause_of(m.tokens.start)?;
    // "doubled its dividend"
    if let (true, Some(object)) = (clause.main_verb() == Some(m.tokens.start), clause.object) {
        return Some(phrase::full(scene, object, false));
    }
    if let Some(noun) = receiver(scene, clause, i) {
        return Some(noun);
    }
    if let Some(object) = changed_object(scene, clause, i, own) {
        return Some(phrase::full(scene, object, false));
    }
    if let Some(object) = priced_object(scene, clause, i) {
        return Some(object);
    }
    let labelled = clause.verb.is_none() || s.word(start.wrapping_sub(1)) == ":";
    if let Some(label) = label(scene, i).filter(|_| labelled) {
        return Some(label);
    }
    let mut at = Some(clause);
    while let Some(c) = at {
        if let Some(subject) = c.subject.filter(|&x| s.lower(scene.chunks[x].head) != "there") {
            if Some(subject) == own {
                let earlier = || {
                    scene.mentions[..i]
                        .iter()
                        .enumerate()
                        .rev()
                        .find_map(|(o, _)| whole(scene, o))
                        .filter(|_| m.counted.is_none())
                };
                let own = || phrase::full(scene, subject, true);
                return among(scene, start).or_else(earlier).or_else(|| named(scene, subject, own));
            }
            if let Some(noun) = inside_subject(scene, c, start) {
                return Some(noun);
            }
            return named(scene, subject, || subject_phrase(scene, c, subject));
        }
        at = scene.parent(c).filter(|_| !matches!(c.link, Link::Main));
    }
    label(scene, i).or_else(|| {
        let np = m.counted.as_ref()?;
        Some(phrase::of_tokens(s, np.tokens.start.max(m.end).min(np.head), np.tokens.end, np.head))
    })
}

/// The subject in chunk `at`, unless it is nothing but digits ("41 died and 120 were hurt"): then the noun left out.
fn named(scene: &Scene, at: usize, subject: impl FnOnce() -> Phrase) -> Option<Phrase> {
    let s = scene.sentence;
    let chunk = &scene.chunks[at];
    let figure = scene.figure_in(&chunk.tokens).filter(|m| m.counted.is_none());
    let digits = s.kind(chunk.head) == TokenKind::Number && !chunk.tokens.clone().any(|t| s.tag(t).is_noun());
    let digits = digits && figure.is_some_and(|m| s.lower(m.end) != "of");
    if !digits {
        return Some(subject());
    }
    let code = figure.and_then(|m| m.unit.as_ref()).map(|u| &u.code)?;
    let alike = |m: &&Mention| m.unit.as_ref().is_some_and(|u| u.code == *code);
    let own = scene.mentions.partition_point(|m| m.tokens.start < chunk.tokens.start);
    let near = &scene.mentions[own.saturating_sub(8)..scene.mentions.len().min(own + 8)];
    let noun = near.iter().filter(alike).find_map(|m| m.counted.as_ref())?;
    Some(phrase::of_tokens(s, noun.tokens.start, noun.tokens.end, noun.head))
}

/// The subject with what belongs to it; of an amount ("10 mm of rain") what it is an amount of.
fn subject_phrase(scene: &Scene, clause: &Clause, subject: usize) -> Phrase {
    let tokens = &scene.chunks[subject].tokens;
    let amount =
        scene.figure_in(tokens).filter(|m| m.counted.is_none() && scene.sentence.lower(m.end) == "of");
    let of = amount.and_then(|m| scene.chunk_of(m.end + 1)).map(|c| phrase::full(scene, c, false));
    of.unwrap_or_else(|| phrase::full(scene, subject, is_before_verb(scene, clause, subject)))
}

fn is_before_verb(scene: &Scene, clause: &Clause, chunk: usize) -> bool {
    let end = scene.chunks[chunk].tokens.end;
    clause.link != Link::Participle && clause.verb.as_ref().is_none_or(|v| v.tokens.start >= end)
}
