//! What a text claims: figures, with everything that makes them checkable.
//!
//! A [`Figure`] is what is *claimed* (500000, approximately, of what, says who, when); the
//! [`Mention`](crate::mention::Mention) it comes from is what is *written* ("nearly half a million").

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::Span;

/// Everything read from one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The figures, in text order.
    pub figures: Vec<Figure>,
    /// The calendar and clock expressions, in text order.
    pub times: Vec<TimeExpression>,
}

/// The twelve kinds of figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// "about 6,700 containers".
    Count,
    /// "his fifth term".
    Ordinal,
    /// "$50 billion".
    Money,
    /// "12%", "0.5 percentage points".
    Percentage,
    /// "152mm", "a magnitude-6.1 quake".
    Measurement,
    /// "a two-day trip".
    Duration,
    /// "a 45-year-old man".
    Age,
    /// "$3.20 a gallon".
    Rate,
    /// "one in five", "3-to-1".
    Ratio,
    /// "a 3-2 win".
    Score,
    /// "doubled", "three times as many".
    Multiple,
    /// "the Dow fell to 13,176".
    Number,
}

impl Kind {
    /// Every kind, in the order of the specification.
    pub const ALL: [Kind; 12] = [
        Kind::Count,
        Kind::Ordinal,
        Kind::Money,
        Kind::Percentage,
        Kind::Measurement,
        Kind::Duration,
        Kind::Age,
        Kind::Rate,
        Kind::Ratio,
        Kind::Score,
        Kind::Multiple,
        Kind::Number,
    ];

    /// The kind's name in the API without its prefix, for example `PERCENTAGE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Count => "COUNT",
            Kind::Ordinal => "ORDINAL",
            Kind::Money => "MONEY",
            Kind::Percentage => "PERCENTAGE",
            Kind::Measurement => "MEASUREMENT",
            Kind::Duration => "DURATION",
            Kind::Age => "AGE",
            Kind::Rate => "RATE",
            Kind::Ratio => "RATIO",
            Kind::Score => "SCORE",
            Kind::Multiple => "MULTIPLE",
            Kind::Number => "NUMBER",
        }
    }
}

/// How the wording bounds the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Comparator {
    /// No cue.
    #[default]
    Exact,
    /// "about", "some", "nearly".
    Approximately,
    /// "less than", "under".
    LessThan,
    /// "up to", "no more than".
    AtMost,
    /// "more than", "over".
    MoreThan,
    /// "at least", "200-plus".
    AtLeast,
    /// A range.
    Between,
    /// "hundreds", "in his 40s".
    Vague,
}

impl Comparator {
    /// The comparator's name in the API without its prefix, for example `MORE_THAN`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Comparator::Exact => "EXACT",
            Comparator::Approximately => "APPROXIMATELY",
            Comparator::LessThan => "LESS_THAN",
            Comparator::AtMost => "AT_MOST",
            Comparator::MoreThan => "MORE_THAN",
            Comparator::AtLeast => "AT_LEAST",
            Comparator::Between => "BETWEEN",
            Comparator::Vague => "VAGUE",
        }
    }
}

/// One number that the text states about the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What kind of figure it is.
    pub kind: Kind,
    /// Comparator, number and unit words where they are contiguous.
    pub span: Span,
    /// The number with its scale words.
    pub number: Span,
    /// Value, interval, comparator and unit.
    pub quantity: Quantity,
    /// The same in the dimension's base unit; `None` for money, counts and whatever has no base unit.
    pub normalized: Option<Quantity>,
    /// The noun phrase that is counted, where it stands with the number.
    pub counted: Option<Phrase>,
    /// What is counted where it is left out beside the number: the noun of another figure of the sentence ("40 clerks,
    /// nor even 30"), or the times of "twice".
    pub understood: Option<Phrase>,
    /// The noun phrase that the figure says something about.
    pub subject: Option<Phrase>,
    /// Direction and role in a change.
    pub change: Option<Change>,
    /// Who says it.
    pub attribution: Option<Attribution>,
    /// How far the text stands behind it.
    pub modality: Modality,
    /// Index into [`Extraction::times`] of the time at which it holds.
    pub time: Option<usize>,
    /// The sentence it stands in.
    pub sentence: Span,
    /// Ties to other figures of the document.
    pub relations: Vec<Relation>,
    /// The name of the rule that read it, for `--explain` and bug reports.
    pub rule: &'static str,
    /// Choices between readings that were made on the way, for `--explain`; for example
    /// `"pound: currency (region GB)"`.
    pub choices: Vec<Cow<'static, str>>,
}

impl Figure {
    /// The noun phrase that is counted, with the number or understood.
    pub fn thing(&self) -> Option<&Phrase> {
        self.counted.as_ref().or(self.understood.as_ref())
    }
}

/// A value with its bounds and unit.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Quantity {
    /// The exact value; `None` for ranges, scores and vague magnitudes.
    pub value: Option<Decimal>,
    /// Every value the wording allows.
    pub interval: Option<Interval>,
    /// The numbers of a ratio or score, in the text's order.
    pub parts: Vec<Decimal>,
    /// How the wording bounds the value.
    pub comparator: Comparator,
    /// The unit; `None` where the text states none.
    pub unit: Option<Unit>,
    /// Significant digits of the number as written; 0 where that has no meaning.
    pub significant_digits: u32,
}

/// A range of values; a missing bound is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Interval {
    /// The lower bound.
    pub lower: Option<Decimal>,
    /// The upper bound.
    pub upper: Option<Decimal>,
    /// Whether the lower bound itself is left out.
    pub lower_open: bool,
    /// Whether the upper bound itself is left out.
    pub upper_open: bool,
}

/// A unit as claimed.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// UCUM (`km`, `[mi_i]/h`, `%`, `{container}`) or ISO 4217 (`USD`, `USD/[gal_us]`).
    pub code: Cow<'static, str>,
    /// In words: "kilometre", "US dollar per gallon".
    pub name: Cow<'static, str>,
    /// What it measures.
    pub dimension: Dimension,
    /// The unit's words in the text, where there are any.
    pub span: Option<Span>,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Dimension {
    Acceleration,
    Activity,
    AmountOfSubstance,
    Angle,
    Area,
    CatalyticActivity,
    Concentration,
    Count,
    Current,
    Data,
    DataRate,
    Density,
    Dimensionless,
    Dose,
    Energy,
    EnergyDensity,
    FlowRate,
    Force,
    Fraction,
    Frequency,
    FuelEconomy,
    Illuminance,
    Length,
    Level,
    Luminance,
    LuminousFlux,
    LuminousIntensity,
    Magnetic,
    Mass,
    MassFlow,
    Money,
    Potential,
    Power,
    Pressure,
    Radioactivity,
    Rate,
    Resistance,
    Speed,
    Temperature,
    Time,
    Torque,
    Viscosity,
    Volume,
    Capacitance,
    Charge,
    Conductance,
    Inductance,
    Other,
}

/// A phrase of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// Where it stands.
    pub span: Span,
    /// The head noun's lemma; for a name the word that identifies it.
    pub head: String,
    /// The name that a pronoun stands for, where that is unambiguous.
    pub resolved: Option<String>,
}

/// Which way a quantity moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Increase,
    /// Down.
    Decrease,
    /// Said to stay the same.
    Unchanged,
}

/// The part a figure plays in a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeRole {
    /// The amount of the change.
    By,
    /// The value before it.
    From,
    /// The value after it.
    To,
}

/// A figure's place in a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which way.
    pub direction: Direction,
    /// Amount, before or after.
    pub role: ChangeRole,
    /// The words that say so: "fell", "drop", "up".
    pub cue: Span,
}

/// Who says a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The source phrase.
    pub source: Phrase,
    /// The reporting words: "said", "according to".
    pub cue: Span,
    /// Whether the figure stands inside quotation marks.
    pub quoted: bool,
}

/// How far the text stands behind a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Modality {
    /// Stated as fact.
    #[default]
    Asserted,
    /// "did not kill 12".
    Negated,
    /// "may", "could", "alleged".
    Possible,
    /// "will", "expects", "plans".
    Projected,
    /// "if".
    Conditional,
    /// "denies that".
    Disputed,
}

/// A tie from one figure to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What ties them.
    pub relation: RelationType,
    /// Index into [`Extraction::figures`].
    pub figure: usize,
}

/// What ties two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationType {
    /// The BY, FROM and TO of one change.
    Change,
    /// "10 miles (16 km)".
    Conversion,
    /// "Of the 212 on board, 19 died": from 19 to 212.
    PartOf,
    /// "12 … the dozen".
    Same,
}

/// What a time expression denotes, as TIMEX3 types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeType {
    /// "June 12", "last year".
    Date,
    /// "9 a.m. on Monday".
    Time,
    /// "the past two weeks".
    Duration,
    /// "every Monday".
    Set,
}

/// A calendar or clock expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// Its TIMEX3 type.
    pub time_type: TimeType,
    /// Its TIMEX3 value: `2024-06-12`, `2024-Q3`, `P2W`, `XXXX-WXX-2`, `PAST_REF`.
    pub timex: String,
    /// First day covered, where known.
    pub start: Option<Date>,
    /// Last day covered, where known.
    pub end: Option<Date>,
}
