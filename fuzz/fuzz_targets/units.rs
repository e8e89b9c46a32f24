//! Numbers, units and what joins them, in any order: each byte picks a word, its highest bits say how it is joined.
#![no_main]

use std::sync::LazyLock;

use factfigures::wire::all_units;
use factfigures::{Document, extract};
use libfuzzer_sys::fuzz_target;

const JOINTS: &[&str] = &[
    "1", "2.5", "1,000", "½", "-", "–", "/", " per ", " a ", " an ", "²", "^2", "·", "(", ")", " to ",
    " and ", "by", "x", "$", "£", "US$", "€", "%", "million", "k", "dozen", "about", "square", "cubic",
    "each", "of", "+", "±", ".", ",", "'", "\"", "°", "half",
];

/// Every name and symbol of the lexicon.
static UNITS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let names = |unit: &'static factfigures::proto::v1::UnitInfo| {
        [&unit.name, &unit.plural, &unit.code].into_iter().chain(&unit.symbols).map(String::as_str)
    };
    all_units().iter().flat_map(names).collect()
});

fuzz_target!(|bytes: &[u8]| {
    let mut text = String::from("It was ");
    for pick in bytes.chunks(2).take(200) {
        let (first, second) = (pick[0], pick.get(1).copied().unwrap_or_default());
        if first & 0x80 == 0 {
            text.push_str(JOINTS[usize::from(second) % JOINTS.len()]);
        } else {
            let number = usize::from(first & 0x3F) << 8 | usize::from(second);
            text.push_str(UNITS[number % UNITS.len()]);
        }
        if first & 0x40 == 0 {
            text.push(' ');
        }
    }
    let found = extract(&Document::new(&text));
    factfigures_fuzz::check(&found, &text);
    for unit in found.figures.iter().filter_map(|figure| figure.quantity.unit.as_ref()) {
        assert!(!unit.code.is_empty() && !unit.name.is_empty(), "{unit:?} in {text:?}");
    }
});
