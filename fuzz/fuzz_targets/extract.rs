//! Any text is read, twice alike.
#![no_main]

use factfigures::{Document, extract};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let found = extract(&Document::new(text));
    factfigures_fuzz::check(&found, text);
    assert_eq!(found, extract(&Document::new(text)));
});
