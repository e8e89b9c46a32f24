//! Compiles `data/en/time.toml` into the static tables of `src/time/words.rs`.
//!
//! Each section becomes one variant of `Word`; a word that stands in two sections fails the build.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::table;

const PATH: &str = "data/en/time.toml";

/// Writes `time.rs` into `out`.
pub fn compile(out: &Path) {
    println!("cargo:rerun-if-changed={PATH}");
    let text = std::fs::read_to_string(PATH).unwrap_or_else(|e| panic!("{PATH}: {e}"));
    let table: toml::Table = text.parse().unwrap_or_else(|e| panic!("{PATH}: {e}"));
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    let mut holidays: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (section, entries) in &table {
        let entries = entries.as_table().unwrap_or_else(|| panic!("{PATH} [{section}]: expected a table"));
        for (word, value) in entries {
            if section == "holiday" {
                let (first, rest) = word.split_once(' ').unwrap_or((word, ""));
                holidays.entry(first.into()).or_default().push((rest.into(), rule(word, value)));
            } else if words.insert(word.clone(), variant(section, word, value)).is_some() {
                panic!("{PATH} [{section}]: {word:?} stands in another section too");
            }
        }
    }
    std::fs::write(out.join("time.rs"), code(&words, &mut holidays)).expect("OUT_DIR is writable");
}

fn code(words: &BTreeMap<String, String>, holidays: &mut BTreeMap<String, Vec<(String, String)>>) -> String {
    let mut lists: BTreeMap<&str, String> = BTreeMap::new();
    for (first, names) in holidays {
        // the longest name first, so that it is the one that is read
        names.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        let mut list = String::from("&[");
        for (rest, rule) in names {
            let _ = write!(list, "({rest:?}, {rule}), ");
        }
        lists.insert(first, list + "]");
    }
    let all: BTreeSet<&str> = words.keys().map(String::as_str).chain(lists.keys().copied()).collect();
    let map = table::map(all.into_iter().map(|word| {
        let holidays = lists.get(word).map_or("&[]", String::as_str);
        let meaning = words.get(word).map_or("None".into(), |variant| format!("Some({variant})"));
        (word, format!("Entry {{ word: {meaning}, holidays: {holidays} }}"))
    }));
    format!("static ENTRIES: crate::table::Map<Entry> = {map};\n")
}

/// The variant of `Word` that a line stands for.
fn variant(section: &str, word: &str, value: &toml::Value) -> String {
    let bad = || -> ! { panic!("{PATH} [{section}]: {word:?} has a value of the wrong type") };
    let number = || value.as_integer().unwrap_or_else(|| bad());
    let name = || value.as_str().unwrap_or_else(|| bad());
    match section {
        "month" => format!("Word::Month({})", number()),
        "month_short" => format!("Word::MonthShort({})", number()),
        "weekday" => format!("Word::Weekday({})", number()),
        "weekday_short" => format!("Word::WeekdayShort({})", number()),
        "weekdays" => format!("Word::Weekdays({})", number()),
        "unit" => format!("Word::Unit(Unit::{})", name()),
        "units" => format!("Word::Units(Unit::{})", name()),
        "season" => format!("Word::Season(Season::{})", name()),
        "seasons" => format!("Word::Seasons(Season::{})", name()),
        "part" => format!("Word::Part(Part::{})", name()),
        "parts" => format!("Word::Parts(Part::{})", name()),
        "day" => format!("Word::Day({})", number()),
        "tonight" => "Word::Tonight".into(),
        "hour" => format!("Word::Hour({})", number()),
        "meridiem" => format!("Word::Meridiem({})", number()),
        "zone" => "Word::Zone".into(),
        "cardinal" => format!("Word::Cardinal({})", number()),
        "ordinal" => format!("Word::Ordinal({})", number()),
        "decade" => format!("Word::Decade({})", number()),
        "direction" => format!("Word::Direction(Direction::{})", name()),
        "edge" => "Word::Edge".into(),
        "part_of" => "Word::PartOf".into(),
        "adjective" => "Word::Adjective".into(),
        "each" => "Word::Each".into(),
        "shift" => format!("Word::Shift({})", number()),
        "reference" => format!("Word::Reference({:?})", name()),
        "frequency" => format!("Word::Frequency({:?})", name()),
        "other" => format!("Word::{}", name()),
        _ => panic!("{PATH}: unknown section [{section}]"),
    }
}

/// The rule of a holiday.
fn rule(word: &str, value: &toml::Value) -> String {
    let bad = || -> ! { panic!("{PATH} [holiday]: {word:?} has an unknown rule") };
    let text = value.as_str().unwrap_or_else(|| bad());
    let number = |s: &str| s.parse::<i32>().unwrap_or_else(|_| bad());
    if let Some((month, day)) = text.split_once('-').filter(|(month, _)| !month.contains(' ')) {
        return format!("Holiday::Fixed({}, {})", number(month), number(day));
    }
    match text.split(' ').collect::<Vec<_>>()[..] {
        ["nth", n, weekday, month] => {
            format!("Holiday::Nth({}, {}, {}, 0)", number(n), number(weekday), number(month))
        }
        ["nth", n, weekday, month, after] => {
            let (n, weekday, month, after) = (number(n), number(weekday), number(month), number(after));
            format!("Holiday::Nth({n}, {weekday}, {month}, {after})")
        }
        ["easter", days] => format!("Holiday::Easter({})", number(days)),
        ["moving"] => "Holiday::Moving".into(),
        _ => bad(),
    }
}
