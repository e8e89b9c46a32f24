# Chores. `just` lists them.

target := env("CARGO_TARGET_DIR", "target")
eval := "../shared/eval/run.sh"

_list:
    @just --list --unsorted

# Run all tests
test:
    cargo test --workspace

# What CI checks of form: rustfmt, clippy, the domain without the server
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo check --lib --no-default-features

# Build the program
build:
    cargo build --release

# Run the service
serve *flags: build
    {{target}}/release/factfigures serve {{flags}}

# Score the program on the evaluation sets, or on the named ones
eval *sets: build
    {{eval}} {{target}}/release/factfigures {{sets}}

articles := "../shared/eval/data/attribution/docs.jsonl ../shared/eval/data/timex/docs.jsonl"

# Cross-check 500 pairs of unrelated articles: every conflict is a false alarm
false-conflicts:
    cargo run --release -p factfigures-tools -- check-articles --pairs 500 {{articles}}

# Cross-check each article with itself and print what is found
check-inside:
    cargo run --release -p factfigures-tools -- check-articles --inside {{articles}}

# Pin the contract as it is now; read the diff before you commit it
bless-contract:
    BLESS=1 cargo test --test contract

# Check licences, advisories and sources of all dependencies (needs cargo-deny)
deny:
    cargo deny check

# Everything CI does
ci:
    .ci/run
