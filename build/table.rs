//! Writes static tables as `src/table.rs` reads them.

#[path = "../src/table.rs"]
#[allow(dead_code)]
mod layout;

/// The source of a map from words to values, each given as Rust source.
pub fn map<'w>(entries: impl IntoIterator<Item = (&'w str, String)>) -> String {
    let entries: Vec<(&str, String)> = entries.into_iter().collect();
    let slots = layout::slots(entries.iter().map(|entry| entry.0));
    let list: String = entries.iter().map(|(word, value)| format!("({word:?}, {value}), ")).collect();
    let filter = layout::filter(entries.iter().map(|entry| entry.0));
    format!("crate::table::Map {{ slots: &{slots:?}, entries: &[{list}], filter: &{filter:?} }}")
}

/// The source of a set of words.
pub fn set<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    map(words.into_iter().map(|word| (word, "()".to_owned())))
}
