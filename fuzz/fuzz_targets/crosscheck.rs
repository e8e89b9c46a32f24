//! Documents, set apart by "|", are compared: what a finding names is there, and two runs find the same.
#![no_main]

use factfigures::crosscheck::{Checked, Item, Options, check};
use factfigures::{Document, Extraction, extract};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let documents: Vec<Document> = text.split('|').take(5).map(Document::new).collect();
    let extractions: Vec<Extraction> = documents.iter().map(extract).collect();
    let checked: Vec<Checked> = documents
        .iter()
        .zip(&extractions)
        .map(|(document, extraction)| Checked { document: *document, extraction })
        .collect();
    let options = Options { not_comparable: true };
    let findings = check(&checked, options);
    for finding in &findings {
        assert!(finding.sides.len() >= 2, "{finding:?}");
        assert!((0.0..=1.0).contains(&finding.similarity), "{finding:?}");
        assert!(!finding.explanation.is_empty(), "{finding:?}");
        for side in &finding.sides {
            let extraction = &extractions[side.document];
            assert!(match side.item {
                Item::Figure(i) => i < extraction.figures.len(),
                Item::Time(i) => i < extraction.times.len(),
            });
        }
    }
    assert_eq!(findings, check(&checked, options));
});
