//! No text is slow to read: sentences are short whatever the text is, and what is found grows as the text does.
//! How long it takes is measured by `cargo bench`.

mod hostile;

use factfigures::document::Document;
use factfigures::{extract, extract_while, segment};

/// No sentence is longer, whatever the text is.
const LONGEST: usize = 2004;

#[test]
fn sentences_are_short_and_complete() {
    for (name, text) in hostile::texts(100_000) {
        let sentences: Vec<_> = segment::split(&text).collect();
        let longest = sentences.iter().map(|s| s.span.of(&text).len()).max();
        assert!(longest.is_some_and(|bytes| bytes <= LONGEST), "{name}: {longest:?}");
        let solid = |text: &str| text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
        let kept: usize = sentences.iter().map(|s| solid(s.span.of(&text))).sum();
        assert_eq!(kept, solid(&text), "{name}");
    }
}

#[test]
fn what_is_found_grows_with_the_text() {
    for ((name, once), (_, twice)) in hostile::texts(3_000).zip(hostile::texts(6_000)) {
        let count = |text: &str| {
            let mut sentences = 0;
            let found = extract_while(&Document::new(text), |_| {
                sentences += 1;
                true
            });
            let found = found.expect("nobody stops it");
            let relations: usize = found.figures.iter().map(|figure| figure.relations.len()).sum();
            [sentences, found.figures.len(), found.times.len(), relations]
        };
        for (once, twice) in count(&once).into_iter().zip(count(&twice)) {
            assert!(twice <= 2 * once + 40, "{name}: {once} becomes {twice}");
        }
    }
}

#[test]
fn a_megabyte_without_a_figure_is_passed() {
    for piece in ["\n", " ", "\"", "(", "x", "é", "...", "!\u{201d}"] {
        let text = piece.repeat(1_000_000 / piece.len());
        assert!(extract(&Document::new(&text)).figures.is_empty(), "{piece:?}");
    }
}
