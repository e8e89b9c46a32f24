//! The lexicons against independent authorities: UCUM for units, ISO 4217 for currencies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use factfigures::document::{Document, Region};
use factfigures::{currency, extract, unit};
use iso_currency::{Currency as Iso, Flag, IntoEnumIterator as _};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn region(code: &str) -> Region {
    Region::parse(code).expect("a region code")
}

/// Whether a code stands for something that UCUM leaves to annotations in braces, which it reads as 1.
fn annotated(code: &str) -> bool {
    code.contains('{')
}

#[test]
fn every_unit_code_is_ucum() {
    let wrong = |code: &&str| octofhir_ucum::validate(&oracle_code(code)).is_err();
    let wrong: Vec<&str> = unit::all().iter().map(|unit| unit.code).filter(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// UCUM gives these no prefix although the trade does: the test multiplies instead.
fn oracle_code(code: &str) -> String {
    match code {
        "M[Btu]" => "10*6.[Btu]".to_owned(),
        "k[Btu]" => "10*3.[Btu]".to_owned(),
        "k[psi]" => "10*3.[psi]".to_owned(),
        _ => code.to_owned(),
    }
}

#[test]
fn every_factor_is_that_of_ucum() {
    let mut wrong = Vec::new();
    for unit in unit::all().iter().filter(|unit| !unit.base.is_empty()) {
        if annotated(unit.code) || annotated(unit.base) {
            continue;
        }
        let (ours, base) = unit::normalize(Decimal::from(1), unit).expect("in range");
        let ours: f64 = ours.to_string().parse().expect("a decimal is a float");
        let (from, to) = (oracle_code(unit.code), oracle_code(base.code));
        match octofhir_ucum::convert(1.0, &from, &to) {
            Ok(theirs) if (ours - theirs).abs() <= 1e-9 * theirs.abs() => (),
            theirs => wrong.push(format!("1 {} is {ours} {} here, {theirs:?} in UCUM", unit.code, base.code)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_base_of_a_base_is_itself() {
    for unit in unit::all().iter().filter(|unit| !unit.base.is_empty()) {
        let base = unit::by_code(unit.base).expect("checked by the build");
        assert_eq!((base.base, base.factor), (base.code, "1"), "{}", unit.code);
    }
}

#[test]
fn there_are_enough_units() {
    assert!(unit::all().len() >= 300, "{}", unit::all().len());
    assert!(unit::all().is_sorted_by(|a, b| a.code < b.code));
}

#[test]
fn every_current_iso_currency_is_known_with_its_minor_unit() {
    for iso in Iso::iter() {
        if iso.flags().iter().any(|flag| matches!(flag, Flag::Fund | Flag::Special)) {
            continue;
        }
        let ours = currency::by_code(iso.code())
            .unwrap_or_else(|| panic!("{} ({}) is missing", iso.code(), iso.name()));
        // Two countries count in fifths; ISO writes that with two digits.
        let digits = match ours.minor_factor {
            "" => None,
            "0.2" => Some(2),
            factor => Some(u16::try_from(decimal(factor).scale()).expect("few digits")),
        };
        // Subdivisions that are still spoken of, though no longer paid with.
        let unused = ["ISK", "JPY", "KRW", "VND"].contains(&iso.code());
        if let (Some(digits), Some(exponent), false) = (digits, iso.exponent(), unused) {
            assert_eq!(digits, exponent, "{}", iso.code());
        }
    }
}

#[test]
fn a_current_currency_is_in_iso_4217() {
    for ours in currency::all().iter().filter(|ours| !ours.historic && !ours.crypto) {
        assert!(Iso::from_code(ours.code).is_some(), "{}", ours.code);
    }
}

#[test]
fn there_are_enough_currencies() {
    let count = |test: fn(&currency::Currency) -> bool| currency::all().iter().filter(|c| test(c)).count();
    assert!(count(|c| c.historic) >= 40);
    assert!(count(|c| c.crypto) >= 20);
    assert!(count(|c| !c.historic && !c.crypto) >= 150);
    assert!(currency::all().is_sorted_by(|a, b| a.code < b.code));
}

#[test]
fn every_lookup_key_leads_back() {
    for unit in unit::all() {
        assert!(unit::by_code(unit.code).is_some_and(|found| found == unit), "{}", unit.code);
        let named = unit::by_name(&unit.name.to_lowercase());
        assert!(named.iter().any(|sense| sense.unit == unit), "{}", unit.name);
        for symbol in unit.symbols {
            assert!(unit::by_symbol(symbol).iter().any(|sense| sense.unit == unit), "{symbol}");
        }
    }
    for currency in currency::all() {
        assert!(currency::by_code(currency.code).is_some_and(|found| found == currency));
        let explicit = currency::by_symbol(currency.code).iter().find(|sense| sense.explicit);
        assert_eq!(explicit.map(|sense| sense.currency.code), Some(currency.code));
        for symbol in currency.symbols {
            assert!(currency::by_symbol(symbol).iter().any(|sense| sense.currency == currency), "{symbol}");
        }
    }
}

#[test]
fn a_unit_word_means_what_its_region_means() {
    for (word, code, expected) in [
        ("gallons", "US", "[gal_us]"),
        ("gallons", "GB", "[gal_br]"),
        ("gallons", "AU", "[gal_br]"),
        ("gallons", "FR", "[gal_us]"),
        ("imperial gallons", "US", "[gal_br]"),
        ("tons", "US", "[ston_av]"),
        ("tons", "GB", "[lton_av]"),
        ("tons", "AU", "t"),
        ("metric tons", "US", "t"),
        ("miles per gallon", "US", "[mi_i]/[gal_us]"),
        ("miles per gallon", "GB", "[mi_i]/[gal_br]"),
        ("degrees", "US", "[degF]"),
        ("degrees", "GB", "Cel"),
        ("hundredweight", "US", "[scwt_av]"),
        ("hundredweight", "GB", "[lcwt_av]"),
        ("ounces", "US", "[oz_av]"),
        ("acres", "US", "[acr_us]"),
        ("acres", "GB", "[acr_br]"),
        ("pints", "IE", "[pt_br]"),
    ] {
        let sense = unit::pick(unit::by_name(word), region(code));
        assert_eq!(sense.map(|sense| sense.unit.code), Some(expected), "{word} in {code}");
    }
}

#[test]
fn a_currency_word_means_what_its_region_means() {
    for (word, code, expected) in [
        ("dollars", "US", "USD"),
        ("dollars", "AU", "AUD"),
        ("dollars", "DE", "USD"),
        ("us dollars", "AU", "USD"),
        ("hong kong dollars", "US", "HKD"),
        ("pounds", "GB", "GBP"),
        ("pounds", "EG", "EGP"),
        ("francs", "US", "CHF"),
        ("francs", "FR", "FRF"),
        ("francs", "SN", "XOF"),
        ("finnish markka", "US", "FIM"),
        ("pesos", "US", "MXN"),
        ("pesos", "PH", "PHP"),
        ("rupees", "US", "INR"),
        ("rupees", "PK", "PKR"),
        ("yen", "US", "JPY"),
        ("lira", "US", "TRY"),
        ("lira", "IT", "ITL"),
        ("won", "US", "KRW"),
        ("marks", "US", "DEM"),
        ("reais", "US", "BRL"),
        ("riyals", "US", "SAR"),
        ("riyals", "QA", "QAR"),
        ("dinars", "US", "KWD"),
        ("dinars", "RS", "RSD"),
        ("shillings", "US", "KES"),
        ("shillings", "UG", "UGX"),
        ("crowns", "US", "CZK"),
        ("kronor", "US", "SEK"),
        ("kroner", "DK", "DKK"),
        ("bitcoins", "US", "BTC"),
        ("quid", "US", "GBP"),
        ("loonies", "US", "CAD"),
        ("cents", "US", "USD"),
        ("cents", "IE", "EUR"),
        ("pence", "US", "GBP"),
        ("penny", "US", "USD"),
        ("penny", "GB", "GBP"),
    ] {
        let sense = currency::pick(currency::by_name(word), region(code));
        assert_eq!(sense.map(|sense| sense.currency.code), Some(expected), "{word} in {code}");
    }
    for (symbol, code, expected) in [
        ("$", "US", "USD"),
        ("$", "CA", "CAD"),
        ("$", "MX", "MXN"),
        ("$", "PL", "USD"),
        ("US$", "CA", "USD"),
        ("£", "GB", "GBP"),
        ("£", "LB", "LBP"),
        ("¥", "JP", "JPY"),
        ("¥", "CN", "CNY"),
        ("Rs", "US", "INR"),
        ("Rs", "PK", "PKR"),
        ("kr", "SE", "SEK"),
        ("kr", "NO", "NOK"),
        ("¢", "US", "USD"),
        ("R$", "US", "BRL"),
        ("NT$", "US", "TWD"),
    ] {
        let sense = currency::pick(currency::by_symbol(symbol), region(code));
        assert_eq!(sense.map(|sense| sense.currency.code), Some(expected), "{symbol} in {code}");
    }
}

#[test]
fn cents_and_pence_are_minor_units() {
    for (word, code, factor) in
        [("cents", "USD", "0.01"), ("pence", "GBP", "0.01"), ("satoshis", "BTC", "0.00000001")]
    {
        let sense = currency::pick(currency::by_name(word), Region::US).expect("known");
        assert!(sense.minor);
        assert_eq!((sense.currency.code, sense.currency.minor_factor), (code, factor));
    }
    assert!(currency::by_name("dollars").iter().all(|sense| !sense.minor));
}

#[test]
fn values_normalize_exactly() {
    for (value, code, expected, base) in [
        ("5", "km", "5000", "m"),
        ("1", "[mi_i]", "1609.344", "m"),
        ("10", "[lb_av]", "4535.9237", "g"),
        ("32", "[degF]", "273.15", "K"),
        ("-40", "[degF]", "233.15", "K"),
        ("-40", "Cel", "233.15", "K"),
        ("90", "km/h", "25", "m/s"),
        ("1.5", "GBy", "12000000000", "bit"),
        ("2", "kW.h", "7200000", "J"),
        ("3", "har", "30000", "m2"),
        ("12", "%", "0.12", "1"),
        ("25", "{basis_point}", "0.25", "{percentage_point}"),
        ("2", "{decade}", "631152000", "s"),
        ("7200", "{revolution}/min", "120", "Hz"),
    ] {
        let unit = unit::by_code(code).unwrap_or_else(|| panic!("no unit {code}"));
        let (normal, to) = unit::normalize(decimal(value), unit).expect("in range");
        assert_eq!((normal.to_string().as_str(), to.code), (expected, base), "{value} {code}");
    }
    let light_year = unit::by_code("[ly]").expect("known");
    assert_eq!(unit::normalize(Decimal::MAX, light_year), None);
    assert_eq!(unit::normalize(Decimal::from(90), unit::by_code("dB").expect("known")), None);
}

#[test]
fn long_names_fit_the_announced_length() {
    let words = |text: &str| text.split(' ').count();
    assert!(unit::all().iter().all(|unit| words(unit.plural) <= unit::MAX_NAME_WORDS));
    assert!(
        unit::all()
            .iter()
            .flat_map(|unit| unit.symbols)
            .all(|symbol| words(symbol) <= unit::MAX_SYMBOL_WORDS)
    );
    assert!(currency::all().iter().all(|currency| words(currency.plural) <= currency::MAX_NAME_WORDS));
}

/// A block's own test: a sentence and the figure it must give.
#[derive(serde::Deserialize)]
struct BlockTest {
    text: String,
    value: String,
    code: String,
    region: Option<String>,
}

/// The tests of every block of a data file.
fn block_tests(path: &Path, array: &str) -> Vec<BlockTest> {
    let text = std::fs::read_to_string(path).expect("a data file");
    let table: toml::Table = text.parse().expect("TOML");
    let blocks = table[array].as_array().expect("an array of blocks");
    let tests = blocks.iter().flat_map(|block| block["tests"].as_array().expect("tests").clone());
    tests.map(|test| test.try_into().expect("a test")).collect()
}

/// Every test of every block, with its file.
fn all_block_tests() -> Vec<(PathBuf, BlockTest)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let units = std::fs::read_dir(data.join("units")).expect("data/units");
    let mut files: Vec<(PathBuf, &str)> =
        units.map(|entry| (entry.expect("an entry").path(), "unit")).collect();
    files.retain(|(path, _)| path.extension().is_some_and(|extension| extension == "toml"));
    files.push((data.join("currencies.toml"), "currency"));
    files.sort();
    let tests = |(path, array): (PathBuf, &str)| {
        block_tests(&path, array).into_iter().map(move |test| (path.clone(), test)).collect::<Vec<_>>()
    };
    files.into_iter().flat_map(tests).collect()
}

#[test]
fn no_two_blocks_test_the_same_sentence() {
    let mut seen = BTreeSet::new();
    for (path, test) in all_block_tests() {
        assert!(seen.insert(test.text.clone()), "{}: {:?}", path.display(), test.text);
    }
}

/// The codes that some run of words of a sentence may mean in its region.
fn meant(test: &BlockTest) -> BTreeSet<&'static str> {
    let region = region(test.region.as_deref().unwrap_or("US"));
    let number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '-');
    let without_numbers: String = test.text.chars().map(|c| if number(c) { ' ' } else { c }).collect();
    let most = unit::MAX_NAME_WORDS.max(currency::MAX_NAME_WORDS);
    let mut codes = BTreeSet::new();
    for text in [&without_numbers, &test.text] {
        let words: Vec<&str> = text.split_whitespace().collect();
        for start in 0..words.len() {
            for end in start + 1..=words.len().min(start + most) {
                let run = words[start..end].join(" ");
                codes.extend(codes_of(&run, region));
                codes.extend(codes_of(run.trim_end_matches('.'), region));
            }
        }
    }
    codes
}

/// The codes of a name or symbol: every unit that the region allows, the currency that it means.
fn codes_of(written: &str, region: Region) -> Vec<&'static str> {
    let lower = written.to_lowercase();
    let here = |sense: &&unit::Sense| sense.regions.is_empty() || sense.regions.contains(&region.as_str());
    let units = unit::by_symbol(written).iter().chain(unit::by_name(&lower)).filter(here);
    let only = unit::pick(unit::by_name(&lower), region).into_iter();
    let money = [currency::by_symbol(written), currency::by_name(&lower)];
    let money = money.into_iter().filter_map(|senses| currency::pick(senses, region));
    let units = units.chain(only).map(|sense| sense.unit.code);
    units.chain(money.map(|sense| sense.currency.code)).collect()
}

#[test]
fn every_block_finds_its_code_among_the_words_of_its_sentences() {
    let listed = |code: &str| unit::by_code(code).is_some() || currency::by_code(code).is_some();
    let mut lost = Vec::new();
    for (path, test) in all_block_tests() {
        // "1" is written by no word, and compounds are put together by the grammar.
        if test.code != "1" && listed(&test.code) && !meant(&test).contains(test.code.as_str()) {
            lost.push(format!("{}: {:?} has no {}", path.display(), test.text, test.code));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]

fn every_block_reads_its_own_sentences() {
    let mut failures = Vec::new();
    let tests = all_block_tests();
    let total = tests.len();
    for (path, test) in tests {
        let mut document = Document::new(&test.text);
        if let Some(code) = &test.region {
            document.region = region(code);
        }
        let found = extract(&document).figures;
        let read: Vec<String> = found
            .iter()
            .map(|figure| {
                let value =
                    figure.quantity.value.map_or_else(String::new, |value| value.normalize().to_string());
                format!("{value} {}", figure.quantity.unit.as_ref().map_or("", |unit| &unit.code))
            })
            .collect();
        let expected = format!("{} {}", decimal(&test.value).normalize(), test.code);
        if !read.contains(&expected) {
            failures.push(format!(
                "{}: {:?}: expected {expected:?}, read {read:?}",
                path.display(),
                test.text
            ));
        }
    }
    assert!(failures.is_empty(), "{} of {total} fail:\n{}", failures.len(), failures.join("\n"));
}
