//! The noun beside a figure that it belongs to, whatever the clause says.

use crate::chunk::is_genitive;
use crate::clause::Clause;
use crate::cue;
use crate::figure::{Kind, Phrase};
use crate::lexicon::subjects;
use crate::mention::Mention;
use crate::phrase;
use crate::scene::Scene;
use crate::tag::Tag;

/// "gusts of 240 km/h", "a margin of error of 3 points": the noun that "of" hangs on.
pub(super) fn measured(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let mut of = scene.start(i).checked_sub(1)?;
    if of > 3 && s.starts_with(of - 2, "plus or minus") {
        of -= 3;
    }
    if s.lower(of) != "of" {
        return None;
    }
    let mut at = scene.chunk_of(of.checked_sub(1)?)?;
    let chunk = &scene.chunks[at];
    let noun = s.lower(chunk.head);
    let share = matches!(scene.figure_in(&chunk.tokens), Some(m) if m.end == of && is_share(m));
    let summary = subjects::SUMMARIES.contains(noun);
    let counts = scene.mentions[i].counted.as_ref();
    let leads = scene.clause_of(of).is_some_and(|c| c.subject == Some(at));
    if let Some(np) = counts.filter(|_| share || summary && leads) {
        // "half of 1,400 tenders", "a total of 12 tenders were rigged"
        let from = np.tokens.start.max(scene.mentions[i].end).min(np.head);
        return Some(phrase::of_tokens(s, from, np.tokens.end, np.head));
    }
    if share {
        return None;
    }
    if cue::CHANGE_NOUNS.contains_key(noun) || summary {
        // "12% below the average of 71"
        let compared = matches!(
            s.lower(chunk.tokens.start.wrapping_sub(1)),
            "below" | "above" | "under" | "over" | "than"
        );
        return (compared || leads).then(|| phrase::full(scene, at, false));
    }
    while at > 0 && scene.chunks[at - 1].tokens.end + 1 == scene.chunks[at].tokens.start {
        if s.lower(scene.chunks[at].tokens.start - 1) != "of" {
            break;
        }
        at -= 1;
    }
    let mut phrase = phrase::full(scene, at, false);
    phrase.span.end = phrase.span.end.min(s.tokens[of - 1].span.end);
    Some(phrase)
}

fn is_share(m: &Mention) -> bool {
    matches!(m.kind, Kind::Ratio | Kind::Percentage | Kind::Multiple)
}

/// "Among likely voters, 46 percent …"
pub(super) fn among(scene: &Scene, start: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let at = (0..start).rev().find(|&i| s.lower(i) == "among")?;
    scene.chunk_of(at + 1).map(|c| phrase::full(scene, c, false))
}

/// "Of the 212 on board, 19 died", "Among women, 46 percent agreed, while 5 percent …": the group that a bare figure
/// before a verb is part of.
pub(super) fn group(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let start = scene.start(i);
    let bare = m.modifies.is_none()
        && m.counted.as_ref().is_none_or(|np| np.tokens.start > m.end || np.head < start)
        && matches!(m.kind, Kind::Count | Kind::Percentage | Kind::Ratio);
    let subject =
        matches!(s.lower(start.checked_sub(1)?), "," | "and" | "but" | "while" | "whereas" | "only" | ";")
            && (s.tag(m.end).is_finite()
                || matches!(s.tag(m.end), Tag::Modal | Tag::Adv | Tag::Verb | Tag::VerbParticiple));
    if !bare || !subject {
        return None;
    }
    let opens = |&t: &usize| {
        matches!(s.lower(t), "of" | "among")
            && (t == 0 || matches!(s.word(t - 1), "," | ";" | ":" | "“" | "\"" | "—" | "–"))
            && s.tag(t + 1) != Tag::Name
    };
    let at = (start.saturating_sub(60)..start).rev().find(opens)?;
    let comma = (at + 1..start).any(|t| s.word(t) == ",");
    let chunk = &scene.chunks[scene.chunk_of(at + 1).filter(|_| comma)?];
    let from = scene.figure_in(&chunk.tokens).map_or(chunk.tokens.start, |o| o.end.min(chunk.head));
    (s.tag(chunk.head) != Tag::Num).then(|| phrase::with_tail(scene, from, chunk.tokens.end, chunk.head))
}

/// "a tower 80 metres tall", "piers up to 60 ft high": the noun before a measure with its adjective.
pub(super) fn tall(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let start = scene.start(i);
    if m.kind != Kind::Measurement || !subjects::DIMENSIONS.contains(s.lower(m.end)) {
        return None;
    }
    let at = scene.chunk_of(start.checked_sub(1)?)?;
    let chunk = &scene.chunks[at];
    let noun = chunk.tokens.end == start && s.tag(chunk.head).is_noun() && !scene.in_time(chunk.head);
    let from = scene.figure_in(&chunk.tokens).map_or(chunk.tokens.start, |o| o.end.min(chunk.head));
    noun.then(|| phrase::of_tokens(s, from, chunk.tokens.end, chunk.head))
}

/// "Leeds's 5 percent", "Derby's 20 shops": the owner right before a figure.
pub(super) fn owner(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let sign = scene.start(i).checked_sub(1).filter(|&t| s.tag(t) == Tag::Part && is_genitive(s.lower(t)))?;
    let tokens = &scene.chunks[scene.chunk_of(sign)?].tokens;
    // "half the firm's $9 million": of the firm
    let from = scene.figure_in(&(tokens.start..sign)).map_or(tokens.start, |m| m.end);
    (from < sign && !scene.in_time(sign - 1)).then(|| phrase::of_tokens(s, from, sign, sign - 1))
}

/// A figure in a prepositional phrase of the subject says something of the noun before it:
/// "customers with 3 accounts left".
pub(super) fn inside_subject(scene: &Scene, clause: &Clause, start: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let verb = clause.verb.as_ref()?;
    let subject = &scene.chunks[clause.subject?].tokens;
    if start > verb.tokens.start || start < subject.end || s.tag(start.checked_sub(1)?) != Tag::Adp {
        return None;
    }
    let noun = scene.chunk_of(start.checked_sub(2)?)?;
    Some(phrase::full(scene, noun, false)).filter(|_| scene.chunks[noun].tokens.end < start)
}

/// In a line without a verb: the noun phrase before the figure ("Ohio 17, Iowa 6").
pub(super) fn label(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let start = scene.start(i);
    let numeric = |t: &std::ops::Range<usize>| scene.figure_in(t).is_some();
    let before = scene.chunks.partition_point(|c| c.tokens.end <= start);
    let candidates = || {
        (0..before)
            .rev()
            .take(12)
            .filter(|&c| !numeric(&scene.chunks[c].tokens) && !scene.in_time(scene.chunks[c].head))
    };
    candidates().find(|&c| s.tag(scene.chunks[c].head).is_noun()).map(|c| phrase::full(scene, c, false))
}

/// "$1 billion in gains": money in the form of what.
pub(super) fn money_in(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let at = scene.chunk_of(m.end + 1).filter(|_| m.kind == Kind::Money && s.lower(m.end) == "in")?;
    let chunk = &scene.chunks[at];
    let bare = chunk.tokens.start == m.end + 1
        && s.tag(chunk.head) == Tag::Nouns
        && !matches!(s.tag(chunk.tokens.start), Tag::Det | Tag::Possessive | Tag::Num)
        && !scene.in_time(chunk.head);
    bare.then(|| phrase::full(scene, at, false))
}

/// "with exports down 5%", "wages up 0.4%", "with lead at 12 ppb": a noun phrase with its figure and no verb.
pub(super) fn absolute(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let link = scene.start(i).checked_sub(1)?;
    let at = scene.chunk_of(link.checked_sub(1)?)?;
    let chunk = &scene.chunks[at];
    let before = chunk.tokens.start.checked_sub(1).map_or("", |b| s.lower(b));
    let named = chunk.tokens.end == link
        && s.tag(chunk.head).is_noun()
        && !scene.in_time(chunk.head)
        && scene.figure_in(&chunk.tokens).is_none();
    let moved = matches!(s.lower(link), "up" | "down")
        && (matches!(before, "" | "with" | "and" | "," | ";" | ":" | "as")
            || before_is_list(scene, chunk.tokens.start));
    let with = before == "with" && matches!(s.lower(link), "at" | "up" | "down" | "around" | "near");
    (named && (moved || with)).then(|| phrase::full(scene, at, false))
}

/// "such as Acme up 5 percent".
fn before_is_list(scene: &Scene, start: usize) -> bool {
    start > 1 && scene.sentence.starts_with(start - 2, "such as")
}

/// "Groceries rose 3.4% and rents 7.9%", "Burlington by 2.6%": a noun phrase that borrows the verb of the one before.
pub(super) fn gapped(scene: &Scene, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let before = scene.mentions.get(i.checked_sub(1)?)?;
    let m = &scene.mentions[i];
    let start = scene.start(i);
    let linked = matches!(s.lower(start.checked_sub(1)?), "by" | "at" | "to" | "between");
    let comma = !linked && s.word(start - 1) == ",";
    let last = start.checked_sub(1 + usize::from(linked || comma))?;
    let at = scene.chunk_of(last)?;
    let tokens = scene.chunks[at].tokens.clone();
    let alike = before.kind == m.kind && m.counted.is_none() && m.modifies.is_none();
    let opens =
        tokens.start > before.end && matches!(s.lower(tokens.start - 1), "," | "and" | "but" | ";" | "while");
    let verbless = !(before.end..start).any(|t| s.tag(t).is_finite() || s.tag(t) == Tag::VerbIng);
    let closes = matches!(s.word(m.end), "," | "." | ";" | "" | "and") || s.tag(m.end) == Tag::Punct;
    (alike
        && opens
        && verbless
        && closes
        && tokens.end == last + 1
        && s.tag(scene.chunks[at].head).is_noun()
        && !scene.in_time(scene.chunks[at].head)
        && scene.figure_in(&tokens).is_none())
    .then(|| phrase::full(scene, at, false))
}
