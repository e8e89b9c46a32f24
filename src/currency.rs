//! The currencies: what their names and symbols mean in which region.
//!
//! The tables come from `data/currencies.toml`, one block a currency; `build.rs` compiles and checks them.

use crate::document::Region;
use crate::unit::Doubt;

include!(concat!(env!("OUT_DIR"), "/currencies.rs"));

/// A currency.
#[derive(Debug, PartialEq, Eq)]
pub struct Currency {
    /// Its ISO 4217 code, historic ones included; the ticker of a crypto-currency.
    pub code: &'static str,
    /// "US dollar".
    pub name: &'static str,
    /// "US dollars".
    pub plural: &'static str,
    /// No longer in use.
    pub historic: bool,
    /// Issued by no state.
    pub crypto: bool,
    /// How it is written before or after amounts, the explicit ones first.
    pub symbols: &'static [&'static str],
    /// Its subdivision, singular: "cent"; empty if there is none.
    pub minor_name: &'static str,
    /// What a subdivision is worth in it: "0.01"; empty if there is none.
    pub minor_factor: &'static str,
}

/// One of the meanings of a name or symbol.
#[derive(Debug)]
pub struct CurrencySense {
    /// The currency meant.
    pub currency: &'static Currency,
    /// Whether its subdivision is meant: cents, pence.
    pub minor: bool,
    /// Regions whose texts mean this currency by the word; empty = what all others mean.
    pub regions: &'static [&'static str],
    /// The word names this currency by itself, whatever the region: "US$", "Hong Kong dollar".
    pub explicit: bool,
    /// How careful a reader must be before it takes the word for a currency: "won", "R".
    pub doubt: Doubt,
}

/// Senses of a symbol or code exactly as written: "$", "US$", "¢", "USD".
///
/// ```
/// use factfigures::currency;
/// assert_eq!(currency::by_symbol("HK$")[0].currency.code, "HKD");
/// assert!(currency::by_symbol("$").len() > 10);
/// ```
pub fn by_symbol(written: &str) -> &'static [CurrencySense] {
    SYMBOLS.get(written).copied().unwrap_or_default()
}

/// Senses of a word or phrase: lower case, words separated by single spaces.
pub fn by_name(lower: &str) -> &'static [CurrencySense] {
    NAMES.get(lower).copied().unwrap_or_default()
}

/// How many words the longest name of a currency has that begins with this word; 0 if none does.
pub(crate) fn longest_name(first: &str) -> usize {
    NAME_STARTS.get(first).copied().unwrap_or(0)
}

/// The currency of a code in capitals.
pub fn by_code(code: &str) -> Option<&'static Currency> {
    CURRENCIES.binary_search_by(|currency| currency.code.cmp(code)).ok().map(|at| &CURRENCIES[at])
}

/// Every currency, sorted by code.
pub fn all() -> &'static [Currency] {
    &CURRENCIES
}

/// The sense that texts of a region mean: the region's own, else the one that all others mean.
///
/// ```
/// use factfigures::{currency, document::Region};
/// let pick = |region| currency::pick(currency::by_symbol("$"), region).unwrap().currency.code;
/// assert_eq!(pick(Region::US), "USD");
/// assert_eq!(pick(Region::parse("AU").unwrap()), "AUD");
/// assert_eq!(pick(Region::parse("FR").unwrap()), "USD");
/// ```
pub fn pick(senses: &[CurrencySense], region: Region) -> Option<&CurrencySense> {
    let code = region.as_str();
    let own = senses.iter().find(|sense| sense.regions.contains(&code));
    own.or_else(|| senses.iter().find(|sense| sense.regions.is_empty())).or(senses.first())
}
