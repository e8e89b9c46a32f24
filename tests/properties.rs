//! What holds for any text.

use factfigures::document::Region;
use factfigures::figure::Interval;
use factfigures::{Document, Extraction, Figure, Span, extract};
use proptest::prelude::*;

/// Words, digits, symbols and units of which the soup is made.
const INGREDIENTS: &[&str] = &[
    "0",
    "1",
    "2",
    "7",
    "12",
    "45",
    "100",
    "1,000",
    "6,700",
    "1 000",
    "1,23,456",
    "3.5",
    ".5",
    "10 1/2",
    "½",
    "2½",
    "3-2",
    "52-48",
    "5-10",
    "3:07:35",
    "9/11",
    "2024",
    "2012-13",
    "1990s",
    "5th",
    "22nd",
    "-4",
    "−7",
    "+9",
    "±3",
    "２４",
    "٣",
    "१२",
    "²",
    "one",
    "two",
    "three",
    "five",
    "a",
    "dozen",
    "dozens",
    "hundred",
    "hundreds",
    "thousand",
    "million",
    "billion",
    "bn",
    "m",
    "k",
    "lakh",
    "crore",
    "half",
    "quarter",
    "third",
    "two-thirds",
    "first",
    "second",
    "twice",
    "once",
    "doubled",
    "tripled",
    "halved",
    "fold",
    "times",
    "as",
    "much",
    "many",
    "of",
    "the",
    "in",
    "per",
    "each",
    "and",
    "or",
    "to",
    "from",
    "between",
    "up",
    "down",
    "by",
    "at",
    "least",
    "most",
    "more",
    "less",
    "than",
    "about",
    "nearly",
    "some",
    "over",
    "under",
    "plus",
    "odd",
    "not",
    "no",
    "rose",
    "fell",
    "lost",
    "said",
    "police",
    "according",
    "he",
    "it",
    "may",
    "May",
    "March",
    "June",
    "Monday",
    "people",
    "homes",
    "shells",
    "percent",
    "per cent",
    "%",
    "points",
    "basis",
    "point",
    "dollars",
    "cents",
    "euros",
    "pounds",
    "pence",
    "Rs",
    "USD",
    "$",
    "US$",
    "€",
    "£",
    "¥",
    "₹",
    "°",
    "°C",
    "F",
    "C",
    "km",
    "mm",
    "miles",
    "mph",
    "kg",
    "tons",
    "feet",
    "foot",
    "inches",
    "4oz",
    "9lb",
    "days",
    "day",
    "years",
    "year",
    "year-old",
    "old",
    "aged",
    "weeks",
    "minutes",
    "hour",
    "gallon",
    "barrel",
    "share",
    "a.m.",
    "p.m.",
    "Mr.",
    "U.S.",
    "No.",
    "F-16",
    "G7",
    "COVID-19",
    "iPhone",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "-",
    "–",
    "—",
    "/",
    "~",
    "*",
    "x",
    "\n",
    "\n\n",
    "\t",
    "\u{a0}",
    "\u{2009}",
    "\u{fffc}",
    "\u{200b}",
    "é",
    "ß",
    "İ",
    "😀",
    "中",
    "e\u{301}",
];

/// Ingredients in any order, with or without spaces between.
fn soup() -> impl Strategy<Value = String> {
    let ingredient = prop::sample::select(INGREDIENTS);
    prop::collection::vec((ingredient, prop::bool::weighted(0.8)), 0..40).prop_map(|words| {
        words.iter().map(|(word, space)| format!("{word}{}", if *space { " " } else { "" })).collect()
    })
}

/// Plain sentences, whose figures do not hang on their neighbours.
fn sentence() -> impl Strategy<Value = String> {
    let number = prop::sample::select(
        &["3", "about 40", "more than 6,700", "twelve", "half a million", "2.5 million"][..],
    );
    let shape = prop::sample::select(
        &[
            "The ship carried # containers.",
            "Police arrested # protesters on the square.",
            "The loan was worth $# last year.",
            "Prices rose # percent, the bank said.",
            "The road is # km long.",
            "The minister declined to comment.",
            "No one was hurt.",
        ][..],
    );
    (shape, number).prop_map(|(shape, number): (&str, &str)| shape.replace('#', number))
}

fn read(text: &str) -> Extraction {
    extract(&Document::new(text))
}

fn is_sound(span: Span, text: &str) -> bool {
    let range = span.range();
    range.start < range.end && text.get(range).is_some()
}

/// What must hold for one figure of a text.
fn check_figure(figure: &Figure, found: &Extraction, text: &str) -> Result<(), TestCaseError> {
    prop_assert!(is_sound(figure.span, text), "span {:?} of {text:?}", figure.span);
    prop_assert!(is_sound(figure.number, text), "number {:?} of {text:?}", figure.number);
    prop_assert!(is_sound(figure.sentence, text), "sentence {:?} of {text:?}", figure.sentence);
    prop_assert!(figure.span.overlaps(figure.number), "{figure:?} of {text:?}");
    prop_assert!(figure.sentence.contains(figure.number), "{figure:?} of {text:?}");
    let unit = figure.quantity.unit.as_ref().and_then(|u| u.span);
    let phrases = [&figure.counted, &figure.subject].into_iter().flatten().map(|p| p.span);
    let change = figure.change.map(|c| c.cue);
    let said = figure.attribution.iter().flat_map(|a| [a.source.span, a.cue]);
    for span in unit.into_iter().chain(phrases).chain(change).chain(said) {
        prop_assert!(is_sound(span, text), "{span:?} of {text:?}");
    }
    prop_assert!(figure.time.is_none_or(|t| t < found.times.len()), "time of {text:?}");
    for relation in &figure.relations {
        prop_assert!(relation.figure < found.figures.len(), "relation of {text:?}");
    }
    if let (Some(value), Some(interval)) = (figure.quantity.value, figure.quantity.interval) {
        prop_assert!(touches(interval, value), "{interval:?} without {value} in {text:?}");
    }
    if let Some(Interval { lower: Some(lower), upper: Some(upper), .. }) = figure.quantity.interval {
        prop_assert!(lower <= upper, "[{lower}, {upper}] in {text:?}");
    }
    Ok(())
}

/// Whether the value lies in the interval, or is the bound that a comparator leaves out.
fn touches(interval: Interval, value: rust_decimal::Decimal) -> bool {
    interval.lower.is_none_or(|l| l <= value) && interval.upper.is_none_or(|u| value <= u)
}

/// What must hold for any text.
fn check(text: &str) -> Result<(), TestCaseError> {
    let found = read(text);
    for figure in &found.figures {
        check_figure(figure, &found, text)?;
    }
    for time in &found.times {
        prop_assert!(is_sound(time.span, text), "time {:?} of {text:?}", time.span);
        if let (Some(start), Some(end)) = (time.start, time.end) {
            prop_assert!(start <= end, "{time:?} of {text:?}");
        }
    }
    prop_assert!(found.figures.is_sorted_by_key(|f| f.number.start), "order in {text:?}");
    prop_assert!(found.times.is_sorted_by_key(|t| t.span.start), "order in {text:?}");
    for pair in found.figures.windows(2) {
        prop_assert!(pair[0].number.end <= pair[1].number.start, "{text:?} is read twice");
    }
    prop_assert_eq!(&found, &read(text), "two answers to {:?}", text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_printable_text_is_read(text in "\\PC{0,200}") {
        check(&text)?;
    }

    #[test]
    fn any_soup_of_numbers_is_read(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn digits_and_marks_are_read(text in "[0-9.,:/$%°½ \\-–]{0,80}") {
        check(&text)?;
    }

    #[test]
    fn any_region_and_date_are_read(text in soup(), region in "[A-Z]{2}", year in 1i16..=9999, month in 1i8..=12) {
        let document = Document {
            text: &text,
            publish_date: jiff::civil::Date::new(year, month, 1).ok(),
            region: Region::parse(&region).expect("a region"),
        };
        extract(&document);
    }

    /// What follows in a paragraph of its own changes nothing before it.
    #[test]
    fn figures_are_local(first in prop::collection::vec(sentence(), 1..4), second in prop::collection::vec(sentence(), 1..4)) {
        let alone = first.join(" ");
        let both = format!("{alone}\n\n{}", second.join(" "));
        let (alone, both) = (read(&alone), read(&both));
        let kept = both.figures.len().min(alone.figures.len());
        prop_assert_eq!(alone.figures.len(), kept);
        for (one, other) in alone.figures.iter().zip(&both.figures) {
            prop_assert_eq!(
                (one.kind, one.span, one.number, &one.quantity, &one.subject, one.change),
                (other.kind, other.span, other.number, &other.quantity, &other.subject, other.change)
            );
        }
    }
}

/// Long runs that made other extractors hang or fail.
#[test]
fn long_runs_are_read() {
    for text in [
        "9".repeat(20_000),
        "9,".repeat(10_000),
        "1 ".repeat(10_000),
        "1-".repeat(10_000),
        "1.".repeat(10_000),
        "one ".repeat(5_000),
        "million ".repeat(5_000),
        "one hundred and ".repeat(3_000),
        "$".repeat(10_000),
        "(((((".repeat(4_000),
        "“".repeat(10_000),
        "1/2/2024 ".repeat(60),
        "half of ".repeat(4_000),
        "between 5 and ".repeat(3_000),
        "a".repeat(50_000),
        "\u{301}".repeat(10_000),
        "1\u{301}".repeat(5_000),
        "U.S.".repeat(5_000),
        "year-old-".repeat(4_000),
        "according to ".repeat(4_000),
    ] {
        let found = read(&text);
        for figure in &found.figures {
            check_figure(figure, &found, &text).expect("sound figures");
        }
    }
}
