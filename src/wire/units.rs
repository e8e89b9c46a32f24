//! The units and currencies that the service knows, by page.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::{decimal, dimension};
use crate::currency::{self, Currency};
use crate::error::{Error, Violation};
use crate::proto::v1;
use crate::unit::{self, UnitDef};

const DEFAULT_PAGE: usize = 100;
const LARGEST_PAGE: usize = 1000;

static ALL: LazyLock<Vec<v1::UnitInfo>> = LazyLock::new(|| {
    let mut all = catalogue();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all
});

/// Every unit and currency, ordered by code.
pub fn all_units() -> &'static [v1::UnitInfo] {
    &ALL
}

/// The page that a request asks for. The error lists every violation.
pub fn list_units(request: &v1::ListUnitsRequest) -> Result<v1::ListUnitsResponse, Error> {
    let mut violations = Vec::new();
    let page_size = match usize::try_from(request.page_size) {
        Ok(0) => DEFAULT_PAGE,
        Ok(size) => size.min(LARGEST_PAGE),
        Err(_) => {
            let problem = format!("is {}; expected 0 for the default of 100, or more", request.page_size);
            violations.push(Violation::new("page_size", problem));
            DEFAULT_PAGE
        }
    };
    if v1::Dimension::try_from(request.dimension).is_err() {
        let problem = format!("{} is unknown; expected a value of Dimension", request.dimension);
        violations.push(Violation::new("dimension", problem));
    }
    let start = start_of_page(&request.page_token, request.dimension).unwrap_or_else(|problem| {
        violations.push(Violation::new("page_token", problem));
        0
    });
    if !violations.is_empty() {
        return Err(Error::invalid(violations));
    }

    let matching =
        || all_units().iter().filter(|u| request.dimension == 0 || u.dimension == request.dimension);
    let total = matching().count();
    let end = start.saturating_add(page_size).min(total);
    Ok(v1::ListUnitsResponse {
        units: matching().take(end).skip(start).cloned().collect(),
        next_page_token: if end < total { page_token(end, request.dimension) } else { String::new() },
        total_size: total as i32,
    })
}

/// Where a page starts, bound to the filter by a check that keeps out tokens of other lists.
fn page_token(start: usize, dimension: i32) -> String {
    let start = start as u32;
    format!("{start:08x}{:08x}", check(start, dimension))
}

fn start_of_page(token: &str, dimension: i32) -> Result<usize, &'static str> {
    const PROBLEM: &str = "is none of ours; expected the next_page_token of a call with the same filter";
    if token.is_empty() {
        return Ok(0);
    }
    let bits = u64::from_str_radix(token, 16).ok().filter(|_| token.len() == 16).ok_or(PROBLEM)?;
    let start = (bits >> 32) as u32;
    if bits as u32 == check(start, dimension) { Ok(start as usize) } else { Err(PROBLEM) }
}

fn check(start: u32, dimension: i32) -> u32 {
    (start ^ (dimension as u32).rotate_left(16) ^ 0x5bd1_e995).wrapping_mul(0x9e37_79b1)
}

fn catalogue() -> Vec<v1::UnitInfo> {
    unit::all().iter().map(unit_info).chain(currency::all().iter().map(currency_info)).collect()
}

fn unit_info(unit: &UnitDef) -> v1::UnitInfo {
    v1::UnitInfo {
        code: unit.code.to_owned(),
        name: unit.name.to_owned(),
        plural: unit.plural.to_owned(),
        dimension: dimension(unit.dimension).into(),
        symbols: unit.symbols.iter().map(|&symbol| symbol.to_owned()).collect(),
        base_code: unit.base.to_owned(),
        factor: plain(unit.factor),
        offset: plain(unit.offset),
    }
}

fn currency_info(currency: &Currency) -> v1::UnitInfo {
    v1::UnitInfo {
        code: currency.code.to_owned(),
        name: currency.name.to_owned(),
        plural: currency.plural.to_owned(),
        dimension: v1::Dimension::Money.into(),
        symbols: currency.symbols.iter().map(|&symbol| symbol.to_owned()).collect(),
        ..Default::default()
    }
}

/// A number of the lexicon as the contract writes decimals. A quotient ("5/9") or nothing stays as it is.
fn plain(written: &str) -> String {
    Decimal::from_str_exact(written).map_or_else(|_| written.to_owned(), decimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_bound_to_its_filter() {
        let token = page_token(100, 23);
        assert_eq!(start_of_page(&token, 23), Ok(100));
        assert!(start_of_page(&token, 22).is_err());
        for bad in ["x", "0", "00000000000000000", "+000000000000000", "é0000000000000000", &token[1..]] {
            assert!(start_of_page(bad, 23).is_err(), "{bad}");
        }
    }
}
