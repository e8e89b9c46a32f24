//! The object of a verb as what a figure says something about: what is changed, added to, put or sold.

use crate::clause::Clause;
use crate::cue;
use crate::figure::{Kind, Phrase};
use crate::lexicon::subjects;
use crate::phrase;
use crate::scene::Scene;
use crate::tag::Tag;

/// The object of a verb that changes, puts or values it: "raised its dividend to $1.20".
pub(super) fn changed_object(scene: &Scene, clause: &Clause, i: usize, own: Option<usize>) -> Option<usize> {
    let s = scene.sentence;
    let (start, m_end) = (scene.start(i), scene.mentions[i].end);
    let object = clause.object.filter(|o| Some(*o) != own)?;
    let verb = s.lower(clause.main_verb()?);
    let tokens = &scene.chunks[object].tokens;
    if tokens.end > start
        || is_stretch(s.lower(scene.chunks[object].head))
        || s.tag(scene.chunks[object].head) == Tag::Num
        || scene.figure_in(tokens).is_some()
    {
        return None;
    }
    let between = s.lower(start.checked_sub(1)?);
    let changes = cue::CHANGE_VERBS.contains_key(verb);
    let shifts = start == tokens.end
        && (m_end..m_end + 2).any(|t| cue::CHANGE_ADVERBS.contains_key(s.lower(t)))
        || is_moved(scene, object, start);
    let gives = start == tokens.end && subjects::GIFTS.contains(verb);
    let puts =
        cue::REPORTING_VERBS.get(verb).is_some_and(|f| f & cue::PUT != 0) && matches!(between, "at" | "as");
    let direct = start == tokens.end;
    let brings = subjects::BRINGS.contains(verb) && between == "to";
    (puts
        || gives
        || brings
        || shifts
        || changes && (direct || matches!(between, "to" | "from" | "by" | "at" | "," | "down" | "up")))
    .then_some(object)
}

/// "sells the phone for $900", "listed 24 bowls at ¥980": a price belongs to what is sold.
pub(super) fn priced_object(scene: &Scene, clause: &Clause, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let start = scene.start(i);
    let sells = subjects::TRADES.contains(s.lower(clause.main_verb()?));
    let priced = sells
        && matches!(m.kind, Kind::Money | Kind::Rate)
        && matches!(s.lower(start.checked_sub(1)?), "for" | "at");
    let object = clause.object.filter(|&o| priced && scene.chunks[o].tokens.end < start)?;
    let chunk = &scene.chunks[object];
    let counted = scene.figure_in(&chunk.tokens);
    match counted {
        Some(o) if chunk.head >= o.end => Some(phrase::of_tokens(s, o.end, chunk.tokens.end, chunk.head)),
        Some(_) => None,
        None => Some(phrase::full(scene, object, false)),
    }
}

/// "sent shares up 5%", "revised January down by 25,000", "showed her ahead by 3 points": whether adverbs of place lead
/// from an object to the figure at token `start`.
fn is_moved(scene: &Scene, object: usize, start: usize) -> bool {
    let s = scene.sentence;
    let chunk = &scene.chunks[object];
    let adverb = |t: usize| {
        matches!(s.lower(t), "ahead" | "behind" | "up" | "down" | "higher" | "lower" | "above" | "below")
    };
    let link = |t: usize| matches!(s.lower(t), "by" | "to" | "from" | "at") || s.tag(t) == Tag::Adv;
    let mut between = chunk.tokens.end..start;
    between.len() <= 4
        && between.clone().any(adverb)
        && between.all(|t| adverb(t) || link(t))
        && !scene.in_time(chunk.head)
}

/// "ended the session up 5%": a stretch of time is not what went up.
fn is_stretch(noun: &str) -> bool {
    matches!(noun, "day" | "week" | "month" | "quarter" | "year" | "session" | "season" | "decade" | "period")
}

/// "added $5 million to its reserves", "shaved 3 seconds off the record": what follows the preposition changes.
pub(super) fn receiver(scene: &Scene, clause: &Clause, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let verb = clause.main_verb()?;
    let moved = *subjects::MOVES.get(s.lower(verb))?;
    let amount =
        matches!(m.kind, Kind::Money | Kind::Percentage | Kind::Rate | Kind::Duration | Kind::Measurement)
            && m.modifies.is_none()
            && (verb + 1..scene.start(i))
                .all(|t| s.tag(t) == Tag::Adv || matches!(s.lower(t), "a" | "an" | "another"));
    let link = |t: &usize| match s.lower(*t) {
        "to" => moved == "to",
        "from" | "off" => moved == "from",
        _ => false,
    };
    let to = (m.end..m.end + 4).find(link).filter(|_| amount)?;
    let at = scene.chunk_of(to + 1)?;
    let chunk = &scene.chunks[at];
    let noun =
        s.tag(chunk.head).is_noun() && !scene.in_time(chunk.head) && scene.figure_in(&chunk.tokens).is_none();
    noun.then(|| phrase::full(scene, at, false))
}
