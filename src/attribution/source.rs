//! Sources named in the figure's own sentence.

use super::Source;
use super::beside::before_mark;
use super::governing::governing;
use super::quotation::Voice;
use super::wide::{self, Wide};
use crate::clause::Link;
use crate::scene::Scene;

/// The sources that speak for a whole sentence or the part of it before a semicolon.
#[derive(Debug)]
pub(super) struct Sources {
    wide: Vec<Wide>,
    /// For every mention the first one of those that say the same.
    firsts: Vec<usize>,
}

impl Sources {
    /// Looks through the sentence once.
    pub fn of(scene: &Scene) -> Sources {
        let wide = if scene.mentions.is_empty() { Vec::new() } else { wide::read(scene) };
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
        let within = |found: &Source| voice.inside(scene.sentence.token_at(found.cue.start));
        // "but added: “…”": the speaker is known.
        let s = scene.sentence;
        let announced =
            voice.quotation(token).and_then(|q| before_mark(s, q.start)).is_some_and(|t| s.word(t) == ":");
        // Who says something within a quotation says nothing outside of it; within it only who is named takes the
        // word from the speaker.
        let heard = |found: &Source| match (quoted, within(found)) {
            (false, within) => !within,
            (true, true) => found.phrase.head.starts_with(char::is_uppercase),
            (true, false) => voice.speaker.is_none() || !announced,
        };
        governing(scene, self.firsts[i], voice)
            .filter(heard)
            .filter(|found| !self.cites(scene, token, found))
            .or_else(|| {
                let speaks = |w: &&Wide| w.scope.contains(&token) && !w.own.contains(&token);
                self.wide.iter().find(speaks).map(|w| w.source.clone())
            })
    }

    /// "A reports that 40 left, according to B": whether one further on is where what is reported comes from.
    fn cites(&self, scene: &Scene, token: usize, found: &Source) -> bool {
        let s = scene.sentence;
        let cue = s.token_at(found.cue.start);
        let reported = s.lower(cue + 1) == "that"
            || scene.clause_of(cue + 1).is_some_and(|c| c.link == Link::Complement);
        cue < token
            && reported
            && self.wide.iter().any(|w| w.origin && w.own.start > token && w.scope.contains(&token))
    }
}
