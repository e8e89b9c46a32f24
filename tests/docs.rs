//! The documents tell the truth: the paths they name exist, and README's example is what comes out.

use std::fs;
use std::path::Path;

const DOCUMENTS: &[&str] = &["README.md", "DESIGN.md", "CONTRIBUTING.md", "CHANGELOG.md"];

/// Folders of the repository: what begins with one of them is a path.
const FOLDERS: &[&str] = &[
    ".ci", "benches", "build", "data", "deploy", "examples", "fuzz", "proto", "src", "tests", "tools", "web",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap_or_else(|e| panic!("{document}: {e}"))
}

/// The stretches of a text between two marks.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let pieces = text.split(open).skip(1);
    pieces.filter_map(|piece| piece.split_once(close).map(|(inside, _)| inside)).collect()
}

/// Everything between a pair of back quotes.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

fn is_path(words: &str) -> bool {
    let first = words.split('/').next().unwrap_or_default();
    let is_file = [".md", ".toml", ".rs"].iter().any(|end| words.ends_with(end));
    FOLDERS.contains(&first) || (is_file && !words.contains([' ', '<', '*']))
}

/// Whether a path exists whose parts fit, `*` and `<…>` standing for any name.
fn exists(folder: &Path, parts: &[&str]) -> bool {
    match parts {
        [] => true,
        [part, rest @ ..] if part.contains(['*', '<']) => fs::read_dir(folder)
            .is_ok_and(|entries| entries.flatten().any(|entry| exists(&entry.path(), rest))),
        [part, rest @ ..] => folder.join(part).exists() && exists(&folder.join(part), rest),
    }
}

#[test]
fn every_path_exists() {
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let text = read(document);
        let links = between(&text, "](", ")").into_iter().filter(|link| !link.contains("://"));
        for path in code(&text).filter(|words| is_path(words)).chain(links) {
            let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
            if !exists(root(), &parts) {
                missing.push(format!("{document} names {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "these do not exist:\n{}", missing.join("\n"));
}

#[test]
fn readme_fits_one_screen() {
    assert!(read("README.md").lines().count() <= 70);
}

#[test]
fn readme_names_the_library_as_it_is() {
    let readme = read("README.md");
    let example = between(&readme, "```rust\n", "```")[0];
    let text = between(example, "Document::new(\"", "\")")[0];
    let count = between(example, "figures.len(), ", ")")[0].parse::<usize>().expect("a number");
    assert_eq!(factfigures::extract(&factfigures::Document::new(text)).figures.len(), count);
}

/// README's example, through the program. What README leaves out is not looked at.
#[cfg(feature = "server")]
#[test]
fn readme_shows_what_comes_out() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    let readme = read("README.md");
    let sentence = between(&readme, "\n> ", "\n")[0];
    let shown: serde_json::Value =
        serde_json::from_str(between(&readme, "```json\n", "```")[0]).expect("README's JSON is JSON");
    let mut program = Command::new(env!("CARGO_BIN_EXE_factfigures"))
        .args(["extract", "--format", "json", "--publish-date", "2024-06-18"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = program.stdin.take().expect("its input");
    input.write_all(sentence.as_bytes()).expect("it reads");
    drop(input);
    let output = program.wait_with_output().expect("it ends");
    let got: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it writes JSON");
    let mut wrong = Vec::new();
    compare(&shown, &got, "", &mut wrong);
    assert!(wrong.is_empty(), "README's example differs:\n{}\nin whole:\n{got:#}", wrong.join("\n"));
}

/// Notes where `got` lacks or contradicts what is shown.
#[cfg(feature = "server")]
fn compare(shown: &serde_json::Value, got: &serde_json::Value, place: &str, wrong: &mut Vec<String>) {
    use serde_json::Value;
    match (shown, got) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                compare(value, &got[name], &format!("{place}.{name}"), wrong);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (i, (value, got)) in one.iter().zip(other).enumerate() {
                compare(value, got, &format!("{place}[{i}]"), wrong);
            }
        }
        _ if shown == got => {}
        _ => wrong.push(format!("{place} is {got}, not {shown}")),
    }
}
