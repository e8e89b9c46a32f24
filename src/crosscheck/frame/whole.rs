//! What is asked of a whole sentence once, whatever number of figures it has.

use std::cell::OnceCell;

use rust_decimal::Decimal;

use super::super::words::{self, Word, key, lowered};
use super::holds::periods;
use super::reader::head;
use super::{Stage, Stretch};
use crate::Span;
use crate::figure::{Figure, Kind};
use crate::lexicon::crosscheck::{AROUND, STAGES};

/// Within so many bytes from its start a sentence says where it holds: "In New South Wales unemployment rose".
const NAMES_OPEN: u32 = 40;

/// What is asked of a whole sentence once, whatever number of figures it has.
pub(super) struct Whole {
    /// The stretches in which figures stand, sorted.
    pub stretches: Vec<u32>,
    /// The stages that the sentence names, with their places.
    pub stages: Vec<(u32, Stage)>,
    /// The lengths of time that name a thing: "two-year".
    terms: Vec<(u32, Decimal)>,
    /// The list of words around figures that has the first word.
    pub opens: Option<&'static str>,
    /// The parts of a year that it names.
    pub periods: Vec<(Span, &'static str)>,
    /// Whether it speaks of another event than the text: "in a separate poll".
    pub separate: bool,
    /// Where a phrase ends that opens it: at the first comma, or behind the name in "In London shoplifting went up".
    pub opening: u32,
    /// Where percentages stand.
    percentages: Vec<u32>,
    /// Where words stand that say of a figure what it is measured by or when.
    pub marks: Vec<(Span, &'static str)>,
    pub stretch: OnceCell<Option<Stretch>>,
}

impl Whole {
    pub fn new(
        text: &str,
        sentence: Span,
        words: &[Word],
        marks: Vec<(Span, &'static str)>,
        group: &[Figure],
    ) -> Whole {
        let mut stretches: Vec<u32> = group.iter().filter_map(|f| part_of(text, words, f)).collect();
        stretches.sort_unstable();
        let stages = stages(text, words, group);
        let names_a_thing = |f: &&Figure| f.kind == Kind::Duration && f.span.of(text).contains('-');
        let terms = group.iter().filter(names_a_thing);
        let terms = terms.filter_map(|f| Some((f.number.start, f.quantity.value?))).collect();
        let percentages = group.iter().filter(|f| f.kind == Kind::Percentage);
        let percentages = percentages.map(|f| f.number.start).collect();
        Whole {
            stretches,
            stages,
            terms,
            opens: words::runs(text, sentence)
                .next()
                .and_then(|(word, _)| AROUND.get(&lowered(word.of(text))).copied()),
            periods: periods(text, sentence),
            separate: words.iter().any(|w| w.around == Some("separate")),
            opening: opening(text, sentence, words),
            percentages,
            marks,
            stretch: OnceCell::new(),
        }
    }
}

impl Whole {
    /// The first length of time beside a figure that names the thing it is said of.
    pub fn term(&self, beside: Span) -> Option<Decimal> {
        let inside = self.terms.iter().find(|(at, _)| (beside.start..beside.end).contains(at));
        inside.map(|(_, value)| *value)
    }

    /// Whether a word of a list stands in the sentence.
    pub fn says(&self, list: &str) -> bool {
        self.marks.iter().any(|(_, of)| *of == list)
    }

    pub fn priced(&self, beside: Span) -> bool {
        self.percentages.iter().any(|at| (beside.start..beside.end).contains(at))
    }
}

/// Where the phrase ends that opens a sentence; its start where there is none.
fn opening(text: &str, sentence: Span, words: &[Word]) -> u32 {
    let comma = sentence.of(text).find(", ").map_or(sentence.start, |at| sentence.start + at as u32);
    let placed = words.iter().take_while(|w| w.name && w.span.start < sentence.start + NAMES_OPEN);
    let name = placed.last().filter(|_| words.first().is_some_and(|w| w.placed)).map(|w| w.span.end);
    name.map_or(comma, |name| if comma == sentence.start { name } else { name.min(comma) })
}

/// "first round", "run-off": the stages that a sentence names.
fn stages(text: &str, words: &[Word], group: &[Figure]) -> Vec<(u32, Stage)> {
    let ordinals = group.iter().filter_map(|f| Some((f.number.start, stage_itself(f)?)));
    let is_runoff = |w: &&Word| {
        let word = w.span.of(text);
        let behind = || text.get(w.span.end as usize..).is_some_and(|t| t.starts_with("-off"));
        w.concept == Some("runoff") || word.eq_ignore_ascii_case("run") && behind()
    };
    let runoffs = words.iter().filter(is_runoff);
    ordinals.chain(runoffs.map(|w| (w.span.start, Stage { of: key("round"), number: 2 }))).collect()
}

/// The stage that an ordinal names.
pub(super) fn stage_itself(figure: &Figure) -> Option<Stage> {
    let head = head(figure).filter(|h| figure.kind == Kind::Ordinal && STAGES.contains_key(&lowered(h)))?;
    Some(Stage { of: key(head), number: u32::try_from(figure.quantity.value?).ok()? })
}

/// The stretch in which the figure stands: that of the nearest word with no break between.
pub(super) fn part_of(text: &str, words: &[Word], figure: &Figure) -> Option<u32> {
    let at = words.partition_point(|w| w.span.start < figure.number.start);
    let (before, after) = (at.checked_sub(1).map(|i| words[i]), words.get(at).copied());
    let breaks = |from: u32, to: u32| {
        let between = text.get(from as usize..to as usize).unwrap_or("");
        between.contains([',', ';', ':', '(', ')', '—', '–']) || between.contains(" and ")
    };
    let after = after.filter(|w| !breaks(figure.number.end, w.span.start));
    let before = before.filter(|w| !breaks(w.span.end, figure.number.start));
    after.or(before).map(|w| w.part)
}
