//! Chores of the repository, one subcommand each.
#![forbid(unsafe_code)]

mod boost;
mod check_articles;
mod score_lemmas;
mod score_tagger;
mod train_conflicts;
mod train_tagger;
mod treebank;
mod wordnet;

use std::process::ExitCode;

const USAGE: &str = "\
usage: factfigures-tools COMMAND [OPTION…]
  train-tagger --train FILE… --dev FILE [--wordnet FOLDER] --out FILE
                       learns the tagger's weights and measures them
  train-conflicts --pairs FILE… [--corpus FILE…] [--test FILE…] [--out FILE]
                       learns which contradictions between two reports are some, and measures it
  score-lemmas FILE…   measures the base forms of nouns and verbs
  check-articles --pairs N FILE…
                       cross-checks N pairs of unrelated articles: every conflict is a false alarm
  check-articles --inside FILE…
                       cross-checks each article with itself and prints what is found";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((command, rest)) if command == "train-tagger" => train_tagger::run(rest),
        Some((command, rest)) if command == "train-conflicts" => train_conflicts::run(rest),
        Some((command, rest)) if command == "score-lemmas" => score_lemmas::run(rest),
        Some((command, rest)) if command == "check-articles" => check_articles::run(rest),
        _ => Err(USAGE.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
