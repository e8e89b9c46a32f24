//! Sources named in the figure's own sentence.

use super::Source;
use super::governing::governing;
use super::quotation::Voice;
use super::wide::{self, Wide};
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
