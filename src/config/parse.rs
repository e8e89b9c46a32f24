//! How values are written.

use std::time::Duration;

/// Reads `250ms`, `10s`, `2m` or `1h`.
pub(super) fn duration(given: &str) -> Result<Duration, String> {
    let milliseconds = |unit: &str| match unit {
        "ms" => Some(1),
        "s" => Some(1_000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    number(given, milliseconds)
        .map(Duration::from_millis)
        .ok_or_else(|| "expected a number with ms, s, m or h, such as 500ms or 10s".to_owned())
}

/// Reads a duration that may not be nothing.
pub(super) fn some_time(given: &str) -> Result<Duration, String> {
    match duration(given)? {
        Duration::ZERO => Err("expected more than nothing, such as 10s".to_owned()),
        time => Ok(time),
    }
}

/// Reads `1048576`, `64KiB`, `1MiB` or `1GiB`.
pub(super) fn bytes(given: &str) -> Result<usize, String> {
    const LARGEST: u64 = 1 << 30;
    let factor = |unit: &str| match unit {
        "" => Some(1),
        "KiB" => Some(1 << 10),
        "MiB" => Some(1 << 20),
        "GiB" => Some(1 << 30),
        _ => None,
    };
    match number(given, factor) {
        Some(bytes @ 1..=LARGEST) => Ok(bytes as usize),
        _ => Err("expected a size from 1 to 1GiB, such as 1048576, 64KiB or 1MiB".to_owned()),
    }
}

/// A whole number and what its unit makes of it.
fn number(given: &str, factor: impl Fn(&str) -> Option<u64>) -> Option<u64> {
    let digits = given.len() - given.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = given.split_at(digits);
    let number: u32 = number.parse().ok()?;
    u64::from(number).checked_mul(factor(unit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(duration("0s"), Ok(Duration::ZERO));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("10h"), Ok(Duration::from_secs(36_000)));
        for bad in ["", "10", "s", "1.5s", "-1s", "10 s", "10d", "99999999999s", "é"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
        assert!(some_time("0ms").is_err());
    }

    #[test]
    fn sizes() {
        assert_eq!(bytes("1048576"), Ok(1 << 20));
        assert_eq!(bytes("64KiB"), Ok(64 << 10));
        assert_eq!(bytes("1GiB"), Ok(1 << 30));
        for bad in ["", "0", "0MiB", "1MB", "1.5MiB", "-1", "2GiB", "KiB", "4294967295GiB"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
    }
}
