//! What a case expects of a figure, and in what a figure differs from it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::FromStr as _;

use factfigures::figure::{Change, ChangeRole, Direction, Interval, Kind, Modality, Quantity};
use factfigures::{Extraction, Figure};
use rust_decimal::Decimal;
use serde::Deserialize;

/// The attributes of a figure that a case may state.
#[derive(Clone, Default, Deserialize, Debug)]
#[serde(default)]
pub struct Expected {
    pub kind: Option<String>,
    /// The exact value. With `value` absent and a bound or parts stated, the figure must have none.
    value: Option<String>,
    /// The lower bound; empty where there must be none.
    lower: Option<String>,
    /// The upper bound; empty where there must be none.
    upper: Option<String>,
    lower_open: Option<bool>,
    upper_open: Option<bool>,
    parts: Option<Vec<String>>,
    comparator: Option<String>,
    /// The unit's code; empty where there must be none.
    unit: Option<String>,
    /// The exact text of the number.
    number: Option<String>,
    /// The exact text of the whole figure.
    span: Option<String>,
    /// Head of what is counted.
    counted: Option<String>,
    /// Head of the subject.
    subject: Option<String>,
    /// Text of the source; empty where there must be none.
    source: Option<String>,
    /// `BY`, `FROM`, `TO`, or empty where there must be no change.
    role: Option<String>,
    direction: Option<String>,
    modality: Option<String>,
    /// Text of the time; empty where there must be none.
    time: Option<String>,
    /// Attributes that there are not.
    #[serde(flatten)]
    unknown: BTreeMap<String, toml::Value>,
}

impl Expected {
    /// Every attribute of `self`, and those of `case` that `self` leaves open.
    pub fn over(&self, case: &Expected) -> Expected {
        let unknown: Vec<&String> = self.unknown.keys().chain(case.unknown.keys()).collect();
        assert!(unknown.is_empty(), "the corpus knows no attribute {unknown:?}");
        macro_rules! either {
            ($($field:ident),*) => {
                Expected {
                    $($field: self.$field.clone().or_else(|| case.$field.clone()),)*
                    unknown: BTreeMap::new(),
                }
            };
        }
        either!(
            kind, value, lower, upper, lower_open, upper_open, parts, comparator, unit, number, span,
            counted, subject, source, role, direction, modality, time
        )
    }

    /// In what the figure differs; empty where it is as expected.
    pub fn differences(&self, figure: &Figure, found: &Extraction, text: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut check = |name: &str, expected: &Option<String>, got: String| {
            if expected.as_ref().is_some_and(|e| *e != got) {
                wrong.push(format!("{name} is {got:?}, not {:?}", expected.as_deref().unwrap_or("")));
            }
        };
        let q = &figure.quantity;
        let comparator = self.comparator.clone().unwrap_or_else(|| "EXACT".into());
        check("kind", &self.kind, figure.kind.as_str().into());
        check("comparator", &Some(comparator), q.comparator.as_str().into());
        check("unit", &self.unit, q.unit.as_ref().map_or(String::new(), |u| u.code.clone().into_owned()));
        check("number", &self.number, figure.number.of(text).into());
        check("span", &self.span, figure.span.of(text).into());
        check("counted", &self.counted, figure.thing().map_or(String::new(), |p| p.head.clone()));
        check("subject", &self.subject, figure.subject.as_ref().map_or(String::new(), |p| p.head.clone()));
        let source = figure.attribution.as_ref().map_or("", |a| a.source.span.of(text));
        check("source", &self.source, source.into());
        check("role", &self.role, figure.change.map_or("", role_name).into());
        check("direction", &self.direction, figure.change.map_or("", direction_name).into());
        check("modality", &self.modality, modality_name(figure.modality).into());
        let time = figure.time.and_then(|t| found.times.get(t)).map_or("", |t| t.span.of(text));
        check("time", &self.time, time.into());
        wrong.extend(self.quantity_differences(figure.kind, q));
        wrong
    }

    fn quantity_differences(&self, kind: Kind, q: &Quantity) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut check = |name: &str, expected: Option<&str>, got: Option<Decimal>| {
            let expected = expected.filter(|e| !e.is_empty()).map(decimal);
            let equal = match (expected, got) {
                (Some(e), Some(g)) if kind == Kind::Ratio => g.round_dp(e.scale()) == e,
                (e, g) => e == g,
            };
            if !equal {
                wrong.push(format!("{name} is {}, not {}", shown(got), shown(expected)));
            }
        };
        let bounded = self.lower.is_some() || self.upper.is_some();
        if self.value.is_some() || bounded || self.parts.is_some() {
            check("value", self.value.as_deref(), q.value);
        }
        let interval = q.interval.unwrap_or_default();
        if self.lower.is_some() {
            check("lower", self.lower.as_deref(), interval.lower);
        }
        if self.upper.is_some() {
            check("upper", self.upper.as_deref(), interval.upper);
        }
        if let Some(parts) = &self.parts {
            let parts: Vec<Decimal> = parts.iter().map(|p| decimal(p)).collect();
            if parts != q.parts {
                wrong.push(format!("parts are {:?}, not {parts:?}", q.parts));
            }
        }
        for (name, expected, got) in [
            ("lower_open", self.lower_open, interval.lower_open),
            ("upper_open", self.upper_open, interval.upper_open),
        ] {
            if expected.is_some_and(|e| e != got) {
                wrong.push(format!("{name} is {got}"));
            }
        }
        wrong
    }
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap_or_else(|_| panic!("the corpus states no number: {text:?}"))
}

fn shown(value: Option<Decimal>) -> String {
    value.map_or_else(|| "none".into(), |v| v.to_string())
}

fn role_name(change: Change) -> &'static str {
    match change.role {
        ChangeRole::By => "BY",
        ChangeRole::From => "FROM",
        ChangeRole::To => "TO",
    }
}

fn direction_name(change: Change) -> &'static str {
    match change.direction {
        Direction::Increase => "INCREASE",
        Direction::Decrease => "DECREASE",
        Direction::Unchanged => "UNCHANGED",
    }
}

fn modality_name(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "ASSERTED",
        Modality::Negated => "NEGATED",
        Modality::Possible => "POSSIBLE",
        Modality::Projected => "PROJECTED",
        Modality::Conditional => "CONDITIONAL",
        Modality::Disputed => "DISPUTED",
    }
}

/// A figure in one line, for the list of failures.
pub fn line(figure: &Figure, text: &str) -> String {
    let q = &figure.quantity;
    let mut line = format!("{} {:?}", figure.kind.as_str(), figure.number.of(text));
    if let Some(value) = q.value {
        let _ = write!(line, " = {value}");
    } else if let Some(Interval { lower, upper, .. }) = q.interval {
        let _ = write!(line, " = [{}, {}]", shown(lower), shown(upper));
    }
    if !q.parts.is_empty() {
        let _ = write!(line, " parts {:?}", q.parts.iter().map(Decimal::to_string).collect::<Vec<_>>());
    }
    let unit = q.unit.as_ref().map_or("no unit", |u| u.code.as_ref());
    let _ = write!(line, " {} {unit} (rule {})", q.comparator.as_str(), figure.rule);
    line
}

/// What a case states, in one line.
pub fn stated(expected: &Expected) -> String {
    let Expected { kind, value, lower, upper, parts, comparator, unit, .. } = expected;
    let text = |o: &Option<String>| o.clone().unwrap_or_default();
    let mut line = text(kind);
    if value.is_some() {
        let _ = write!(line, " = {}", text(value));
    } else if lower.is_some() || upper.is_some() {
        let _ = write!(line, " = [{}, {}]", text(lower), text(upper));
    }
    if let Some(parts) = parts {
        let _ = write!(line, " parts {parts:?}");
    }
    let _ = write!(line, " {} {}", comparator.as_deref().unwrap_or("EXACT"), text(unit));
    line
}
