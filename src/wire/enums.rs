//! Enumerations whose values have the same names on both sides.

use crate::crosscheck;
use crate::figure;
use crate::proto::v1;

macro_rules! same_names {
    ($($(#[$doc:meta])* $function:ident: $module:ident::$enum:ident { $($name:ident)* })*) => {
        $(
            $(#[$doc])*
            pub fn $function(value: $module::$enum) -> v1::$enum {
                match value {
                    $($module::$enum::$name => v1::$enum::$name,)*
                }
            }
        )*
    };
}

same_names! {
    /// The contract's value for a kind of figure.
    kind: figure::Kind {
        Count Ordinal Money Percentage Measurement Duration Age Rate Ratio Score Multiple Number
    }
    /// The contract's value for a comparator.
    comparator: figure::Comparator { Exact Approximately LessThan AtMost MoreThan AtLeast Between Vague }
    /// The contract's value for a direction of change.
    direction: figure::Direction { Increase Decrease Unchanged }
    /// The contract's value for a part in a change.
    change_role: figure::ChangeRole { By From To }
    /// The contract's value for a modality.
    modality: figure::Modality { Asserted Negated Possible Projected Conditional Disputed }
    /// The contract's value for a tie between figures.
    relation_type: figure::RelationType { Change Conversion PartOf Same }
    /// The contract's value for a type of time expression.
    time_type: figure::TimeType { Date Time Duration Set }
    /// The contract's value for what a unit measures.
    dimension: figure::Dimension {
        Acceleration Activity AmountOfSubstance Angle Area CatalyticActivity Concentration Count Current Data
        DataRate Density Dimensionless Dose Energy EnergyDensity FlowRate Force Fraction Frequency FuelEconomy
        Illuminance Length Level Luminance LuminousFlux LuminousIntensity Magnetic Mass MassFlow Money
        Potential Power Pressure Radioactivity Rate Resistance Speed Temperature Time Torque Viscosity Volume
        Capacitance Charge Conductance Inductance Other
    }
    /// The contract's value for a verdict.
    verdict: crosscheck::Verdict { Conflict Consistent Agree NotComparable }
    /// The contract's value for a reason.
    reason: crosscheck::Reason {
        ScaleSlip UnitSlip ConversionError ChangeArithmetic TotalArithmetic TimeArithmetic Denied DifferentValue
        BoundContradicted DifferentRank Conversion Rounding WithinBounds Vague SameValue DifferentTime DifferentSubject
        DifferentUnit DifferentRole DifferentModality DifferentSource
    }
}
