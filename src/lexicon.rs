//! The word lists of `data/en`, compiled by `build/words.rs`.

include!(concat!(env!("OUT_DIR"), "/words.rs"));
