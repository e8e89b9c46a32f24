//! Enumerations whose values have the same names on both sides.

use crate::figure;
use crate::proto::v1;

macro_rules! same_names {
    ($($(#[$doc:meta])* $function:ident: $enum:ident { $($name:ident)* })*) => {
        $(
            $(#[$doc])*
            pub fn $function(value: figure::$enum) -> v1::$enum {
                match value {
                    $(figure::$enum::$name => v1::$enum::$name,)*
                }
            }
        )*
    };
}

same_names! {
    /// The contract's value for a kind of figure.
    kind: Kind {
        Count Ordinal Money Percentage Measurement Duration Age Rate Ratio Score Multiple Number
    }
    /// The contract's value for a comparator.
    comparator: Comparator { Exact Approximately LessThan AtMost MoreThan AtLeast Between Vague }
    /// The contract's value for a direction of change.
    direction: Direction { Increase Decrease Unchanged }
    /// The contract's value for a part in a change.
    change_role: ChangeRole { By From To }
    /// The contract's value for a modality.
    modality: Modality { Asserted Negated Possible Projected Conditional Disputed }
    /// The contract's value for a tie between figures.
    relation_type: RelationType { Change Conversion PartOf Same }
    /// The contract's value for a type of time expression.
    time_type: TimeType { Date Time Duration Set }
    /// The contract's value for what a unit measures.
    dimension: Dimension {
        Acceleration Activity AmountOfSubstance Angle Area CatalyticActivity Concentration Count Current Data
        DataRate Density Dimensionless Dose Energy EnergyDensity FlowRate Force Fraction Frequency FuelEconomy
        Illuminance Length Level Luminance LuminousFlux LuminousIntensity Magnetic Mass MassFlow Money
        Potential Power Pressure Radioactivity Rate Resistance Speed Temperature Time Torque Viscosity Volume
        Capacitance Charge Conductance Inductance Other
    }
}
