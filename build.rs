//! Compiles the lexicon into static tables, and the contract into messages, server and client.

#[path = "build/context.rs"]
mod context;
#[path = "build/currencies.rs"]
mod currencies;
#[path = "build/lemma.rs"]
mod lemma;
#[path = "build/lexicon.rs"]
mod lexicon;
#[cfg(feature = "server")]
#[path = "build/proto.rs"]
mod proto;
#[path = "build/table.rs"]
mod table;
#[path = "build/time.rs"]
mod time;
#[path = "build/units.rs"]
mod units;
#[path = "build/words.rs"]
mod words;

fn main() {
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=src/table.rs");
    context::compile(&out);
    lemma::compile(&out);
    time::compile(&out);
    words::compile(&out);
    for table in [units::build, currencies::build] {
        if let Err(message) = table() {
            eprintln!("{message}");
            std::process::exit(1);
        }
    }
    #[cfg(feature = "server")]
    proto::compile(&out);
}
