//! What the caller hands in.

use jiff::civil::Date;

/// A text with what is needed to understand it. Nothing else is consulted: no clock, no locale.
#[derive(Clone, Copy, Debug)]
pub struct Document<'t> {
    /// Plain text.
    pub text: &'t str,
    /// Anchors "Tuesday" and "last year"; without it they stay unresolved.
    pub publish_date: Option<Date>,
    /// What "$", "pound", "billion" and 3/4/2024 mean.
    pub region: Region,
}

impl<'t> Document<'t> {
    /// A document of United States text without a publication date.
    pub fn new(text: &'t str) -> Document<'t> {
        Document { text, publish_date: None, region: Region::US }
    }
}

/// A CLDR region: two letters of ISO 3166-1, or three digits of UN M.49.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Region([u8; 3]);

impl Region {
    /// The United States, the region of a text that states none.
    pub const US: Region = Region(*b"US ");
    /// The United Kingdom.
    pub const GB: Region = Region(*b"GB ");

    /// Reads a region code, letters in either case; `None` if it is not of that form.
    ///
    /// ```
    /// use factfigures::document::Region;
    /// assert_eq!(Region::parse("au").unwrap().as_str(), "AU");
    /// assert!(Region::parse("Australia").is_none());
    /// ```
    pub fn parse(code: &str) -> Option<Region> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Region([a.to_ascii_uppercase(), b.to_ascii_uppercase(), b' ']))
            }
            [a, b, c] if [a, b, c].iter().all(|d| d.is_ascii_digit()) => Some(Region([*a, *b, *c])),
            _ => None,
        }
    }

    /// The code in capitals.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("US").trim_end()
    }

    /// Whether dates are written month first there (3/4 = March 4).
    pub fn month_first(&self) -> bool {
        matches!(self.as_str(), "US" | "PH" | "FM" | "MH" | "PW" | "PR" | "GU" | "AS" | "VI" | "MP" | "UM")
    }
}
