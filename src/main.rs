//! The `factfigures` program: parse the command line, run one command, exit.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let outcome = match cli::Cli::parse().command {
        cli::Command::Serve(config) => cli::serve::run(&config),
        cli::Command::Extract(options) => cli::extract::run(&options),
        cli::Command::Check(options) => Ok(cli::check::run(&options)),
        cli::Command::Units(options) => cli::units::run(&options),
    };
    match outcome {
        Ok(code) => code,
        // Who reads us has enough: `factfigures extract … | head`.
        Err(e) if e.is_broken_pipe() => ExitCode::SUCCESS,
        Err(e) => {
            cli::complain(&e.to_string());
            ExitCode::FAILURE
        }
    }
}
