//! `factfigures units`

use std::fmt::Write;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use factfigures::error::Error;
use factfigures::proto::v1::{Dimension, ListUnitsResponse, UnitInfo};
use factfigures::wire;

/// How `factfigures units` runs.
#[derive(Args, Debug)]
pub struct Options {
    /// Only units of this dimension, such as length or money
    #[arg(long, value_name = "DIMENSION", value_parser = dimension)]
    pub dimension: Option<Dimension>,

    /// Form of the output
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

/// Form of the output.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// A table
    Text,
    /// One ListUnitsResponse
    Json,
}

/// Reads the name of a dimension: `length`, `flow-rate`, `FLOW_RATE` or `DIMENSION_FLOW_RATE`.
fn dimension(given: &str) -> Result<Dimension, String> {
    let name = given.to_ascii_uppercase().replace('-', "_");
    let name = name.strip_prefix("DIMENSION_").unwrap_or(&name);
    Dimension::from_str_name(&format!("DIMENSION_{name}"))
        .filter(|&d| d != Dimension::Unspecified)
        .ok_or_else(|| {
            let names: Vec<_> = (1..).map_while(|i| Dimension::try_from(i).ok()).map(label).collect();
            format!("expected one of {}", names.join(", "))
        })
}

fn label(dimension: Dimension) -> String {
    dimension.as_str_name().trim_start_matches("DIMENSION_").to_ascii_lowercase().replace('_', "-")
}

/// Prints the units.
pub fn run(options: &Options) -> Result<ExitCode, Error> {
    let units: Vec<_> = wire::all_units()
        .iter()
        .filter(|unit| options.dimension.is_none_or(|d| unit.dimension() == d))
        .cloned()
        .collect();
    let out = match options.format {
        Format::Text => table(&units),
        Format::Json => {
            let total_size = units.len() as i32;
            let response = ListUnitsResponse { units, total_size, ..Default::default() };
            let json = serde_json::to_string_pretty(&response);
            json.map_err(|e| Error::other(format!("writing JSON: {e}")))? + "\n"
        }
    };
    super::extract::write_out(out.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn table(units: &[UnitInfo]) -> String {
    let width = |of: fn(&UnitInfo) -> String| units.iter().map(|u| of(u).chars().count()).max().unwrap_or(0);
    let code = width(|u| u.code.clone());
    let name = width(|u| u.name.clone());
    let measures = width(|u| label(u.dimension()));
    let mut out = String::new();
    for unit in units {
        let dimension = label(unit.dimension());
        let line = format!("{:code$}  {:name$}  {dimension:measures$}  {}", unit.code, unit.name, base(unit));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// What one is in base units: "1000 m"; for temperatures "(x + 459.67) × 5/9 K".
fn base(unit: &UnitInfo) -> String {
    match (unit.base_code.as_str(), unit.offset.as_str()) {
        ("", _) => String::new(),
        (base, "") => format!("{} {base}", unit.factor),
        (base, offset) => format!("(x + {offset}) × {} {base}", unit.factor),
    }
}
