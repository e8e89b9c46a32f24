//! What the lexicons have in common: reading blocks with their place, plurals, and writing tables.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::Spanned;

/// A block of a data file and where it stands, as `file:line`.
pub struct Placed<T> {
    pub block: T,
    pub place: String,
}

/// Reads a TOML file of which `pick` names the array of blocks.
pub fn read_blocks<F: DeserializeOwned, T>(
    path: &Path,
    pick: impl Fn(F) -> Vec<Spanned<T>>,
) -> Result<Vec<Placed<T>>, String> {
    let text = read(path)?;
    let file: F = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let place = |start: usize| {
        let line = text[..start].matches('\n').count() + 1;
        format!("{}:{line}", path.display())
    };
    Ok(pick(file)
        .into_iter()
        .map(|spanned| Placed { place: place(spanned.span().start), block: spanned.into_inner() })
        .collect())
}

/// Reads a TOML file that is one table.
pub fn read_table<T: DeserializeOwned>(path: &str) -> Result<BTreeMap<String, T>, String> {
    toml::from_str(&read(Path::new(path))?).map_err(|error| format!("{path}: {error}"))
}

/// Reads a file as text.
fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The TOML files of a folder, by name, so that the tables do not depend on the file system's order.
pub fn files(folder: &str) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    Ok(paths)
}

/// Words whose plural no rule gives; those that have none stand twice.
const IRREGULAR: &[(&str, &str)] = &[
    ("baht", "baht"),
    ("bolívar", "bolívares"),
    ("celsius", "celsius"),
    ("centigrade", "centigrade"),
    ("fahrenheit", "fahrenheit"),
    ("feet", "feet"),
    ("foot", "feet"),
    ("head", "head"),
    ("hertz", "hertz"),
    ("horsepower", "horsepower"),
    ("lek", "lek"),
    ("lux", "lux"),
    ("pence", "pence"),
    ("percent", "percent"),
    ("per cent", "per cent"),
    ("pct", "pct"),
    ("renminbi", "renminbi"),
    ("sterling", "sterling"),
    ("stone", "stone"),
    ("won", "won"),
    ("yen", "yen"),
    ("yuan", "yuan"),
    ("zloty", "zlotys"),
    ("złoty", "złotys"),
];

/// The plural of a unit or currency: "miles per hour", "square feet", "degrees Celsius". What is a plural
/// already stays as it is.
pub fn plural(name: &str) -> String {
    for join in [" per ", " of ", " a ", " an ", " to the ", " by ", " on ", "-force"] {
        if let Some(at) = name.find(join) {
            return plural(&name[..at]) + &name[at..];
        }
    }
    if let Some(scale) = name.strip_prefix("degree ") {
        return format!("degrees {scale}");
    }
    let start = name.rfind([' ', '-']).map_or(0, |at| at + 1);
    let last = &name[start..];
    for (one, many) in IRREGULAR {
        if last == *one || name == *one {
            return format!("{}{many}", &name[..name.len() - one.len()]);
        }
    }
    let singular_s = ["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    if last.ends_with('s') && !singular_s {
        return name.to_owned();
    }
    let vowel_y = ["ay", "ey", "oy", "uy"].iter().any(|end| last.ends_with(end));
    if last.ends_with('y') && !vowel_y {
        return format!("{}ies", &name[..name.len() - 1]);
    }
    let ending = if ["s", "x", "ch", "sh"].iter().any(|end| last.ends_with(end)) { "es" } else { "s" };
    format!("{name}{ending}")
}

/// Adds a name and its hyphenless form, both in lower case, to a list without repeating any.
pub fn add_name(list: &mut Vec<String>, name: &str) {
    for form in [name.to_lowercase(), name.to_lowercase().replace('-', " ")] {
        if !list.contains(&form) {
            list.push(form);
        }
    }
}

/// The doubt of an entry, as the name of a variant of `unit::Doubt`.
pub fn doubt(entry: &str, glued: &[String], context: &[String]) -> &'static str {
    let among = |list: &[String]| list.iter().any(|doubted| doubted == entry);
    match () {
        () if among(glued) => "Glued",
        () if among(context) => "Context",
        () => "None",
    }
}

/// Most words in any key of a table.
pub fn most_words<V>(table: &BTreeMap<String, V>) -> usize {
    table.keys().map(|key| key.split(' ').count()).max().unwrap_or(1)
}

/// Writes a static map from the first words of names to the number of words in the longest name.
pub fn write_starts<V>(out: &mut String, names: &BTreeMap<String, V>) {
    let mut starts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.keys() {
        let longest = starts.entry(name.split(' ').next().unwrap_or(name)).or_default();
        *longest = name.split(' ').count().max(*longest);
    }
    let map = crate::table::map(starts.into_iter().map(|(word, words)| (word, words.to_string())));
    writeln!(out, "static NAME_STARTS: crate::table::Map<usize> = {map};").expect("a string takes any text");
}

/// Writes a static map from words to slices of senses, each given as Rust source.
pub fn write_map(out: &mut String, name: &str, sense: &str, words: &BTreeMap<String, Vec<String>>) {
    let map = crate::table::map(
        words.iter().map(|(key, senses)| (key.as_str(), format!("&[{}]", senses.join(", ")))),
    );
    writeln!(out, "static {name}: crate::table::Map<&'static [{sense}]> = {map};")
        .expect("a string takes any text");
}

/// Writes a generated file where `include!` finds it.
pub fn write_out(name: &str, source: &str) -> Result<(), String> {
    let folder = std::env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
    let path = Path::new(&folder).join(name);
    std::fs::write(&path, source).map_err(|error| format!("{}: {error}", path.display()))
}
