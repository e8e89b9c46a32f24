//! The words that the context readers look up, compiled from `data/en` by `build/context.rs`.

use crate::figure::{Direction, Modality};

/// What a verb says about movement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChangeVerb {
    /// `None` where an adverb beside it says which way ("closed up").
    pub direction: Option<Direction>,
    /// Whether it only says so of its object ("boosted profit").
    pub object: bool,
}

/// Bits of [`REPORTING_VERBS`]: takes a clause or quotation.
pub(crate) const SAY: u8 = 1;
/// Its object may carry the figure.
pub(crate) const GIVE: u8 = 2;
/// Object, then "at" or "as".
pub(crate) const PUT: u8 = 4;
/// Speaks through an infinitive.
pub(crate) const WANT: u8 = 8;
/// Speech beside a quotation only.
pub(crate) const QUOTE: u8 = 16;

/// Bits of [`SOURCE_NOUNS`]: a text that speaks.
pub(crate) const DOCUMENT: u8 = 1;
/// Speaks in "in a poll".
pub(crate) const SURVEY: u8 = 2;
/// "Her claim that …".
pub(crate) const CLAIM: u8 = 4;

include!(concat!(env!("OUT_DIR"), "/context.rs"));
