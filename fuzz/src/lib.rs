//! What must hold for whatever the targets read.

use factfigures::{Extraction, Span};

/// Panics where an answer points outside its text, out of order, or at nothing.
pub fn check(found: &Extraction, text: &str) {
    for figure in &found.figures {
        for span in [figure.span, figure.number, figure.sentence] {
            sound(span, text);
        }
        assert!(figure.sentence.contains(figure.number), "{figure:?}");
        let unit = figure.quantity.unit.as_ref().and_then(|unit| unit.span);
        let phrases = [&figure.counted, &figure.subject].into_iter().flatten().map(|phrase| phrase.span);
        let said = figure.attribution.iter().flat_map(|said| [said.source.span, said.cue]);
        unit.into_iter()
            .chain(phrases)
            .chain(said)
            .chain(figure.change.map(|change| change.cue))
            .for_each(|span| sound(span, text));
        assert!(figure.time.is_none_or(|time| time < found.times.len()), "{figure:?}");
        assert!(figure.relations.iter().all(|tie| tie.figure < found.figures.len()), "{figure:?}");
        if let Some(interval) = figure.quantity.interval {
            let (lower, upper, value) = (interval.lower, interval.upper, figure.quantity.value);
            assert!(lower.is_none_or(|lower| upper.is_none_or(|upper| lower <= upper)), "{figure:?}");
            assert!(
                value.is_none_or(|v| lower.is_none_or(|l| l <= v) && upper.is_none_or(|u| v <= u)),
                "{figure:?}"
            );
        }
    }
    for time in &found.times {
        sound(time.span, text);
        assert!(time.start.is_none_or(|start| time.end.is_none_or(|end| start <= end)), "{time:?}");
    }
    for pair in found.figures.windows(2) {
        assert!(pair[0].number.end <= pair[1].number.start, "read twice: {pair:?}");
    }
    assert!(found.times.is_sorted_by_key(|time| time.span.start));
}

fn sound(span: Span, text: &str) {
    let range = span.range();
    assert!(range.start < range.end && text.get(range).is_some(), "{span:?}");
}
