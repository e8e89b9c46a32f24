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

# Learn the model of contradictions anew, and measure it: data/en/conflicts.md
train-conflicts:
    cargo run --release -p factfigures-tools -- train-conflicts --pairs tests/corpus/reports/*.jsonl \
        --corpus tests/corpus/crosscheck/*.toml --out data/en/conflicts.trees

# Cross-check each article with itself and print what is found
check-inside:
    cargo run --release -p factfigures-tools -- check-articles --inside {{articles}}

# Pin the contract as it is now; read the diff before you commit it
bless-contract:
    BLESS=1 cargo test --test contract

# Check licences and sources of all dependencies, and advisories where their database is there
deny:
    .ci/supply-chain

# Write what the program is made of to factfigures.cdx.json (CycloneDX; needs cargo-cyclonedx)
sbom:
    cargo cyclonedx --quiet --format json --spec-version 1.5 --describe binaries --no-build-deps
    mv factfigures_bin.cdx.json factfigures.cdx.json
    rm tools/*.cdx.json

# Run every client under examples/
examples:
    .ci/examples

# Check every file of deploy/ by the tool that reads it
deploy:
    .ci/deploy

# Kill 20 replicas under load and restart all of them 20 times: no call may fail (5 minutes)
replicas:
    .ci/replicas --kills 20 --restarts 20

# Read 20,000 documents on two Spark workers, one of which is killed
spark:
    .ci/spark

# Fuzz every target, or the named ones, for 10 minutes each
fuzz *targets:
    SECONDS_EACH=600 .ci/fuzz {{targets}}

# Everything CI does
ci:
    .ci/run
