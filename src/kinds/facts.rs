//! What a sentence speaks of, looked up once for all its items.

use crate::lexicon::topics::TOPICS;
use crate::sentence::Sentence;

/// The topics of a sentence that decide between readings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts {
    /// First token that names a stock index or another index.
    pub index: Option<usize>,
    /// Percentages.
    pub percent: bool,
    /// Polls and candidates.
    pub poll: bool,
    /// Parties and politicians.
    pub politics: bool,
    /// Leads and margins.
    pub lead: bool,
    /// Games.
    pub sport: bool,
    /// Temperatures.
    pub weather: bool,
    /// Angles and directions.
    pub angle: bool,
    /// Votes.
    pub vote: bool,
}

/// Looks at every word once.
pub(crate) fn read(s: &Sentence) -> Facts {
    let mut f = Facts::default();
    for i in 0..s.len() {
        match TOPICS.get(s.lower(i)) {
            Some(&"index") => f.index = f.index.or(Some(i)),
            Some(&"percent") => f.percent = true,
            Some(&"poll") => f.poll = true,
            Some(&"politics") => f.politics = true,
            Some(&"lead") => f.lead = true,
            Some(&"sport") => f.sport = true,
            Some(&"weather") => f.weather = true,
            Some(&"angle") => f.angle = true,
            Some(&"vote") => f.vote = true,
            _ => {}
        }
    }
    f
}
