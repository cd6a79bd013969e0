#!/usr/bin/env bash
# Fuzzes both targets on a stable toolchain, each for as many seconds as it is told (1800): tests/fuzz/run.sh [SECONDS] [commands|documents]
#
# It needs g++. What is found stands in artifacts/, and becomes a test of its own before it is mended.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
seconds="${1:-1800}"
targets=("${2:-commands}")
[[ $# -lt 2 ]] && targets=(commands documents)

flags="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
flags+=" -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
RUSTFLAGS="$flags" cargo build --release --target x86_64-unknown-linux-gnu

mkdir -p artifacts corpus/commands corpus/documents
# Where documents are concerned, what is pinned is where to begin; of commands, anything is.
cp ../forms/*.json ../forms/*.jsonl corpus/documents/
head -c 3000 /dev/zero >corpus/commands/zeros
for target in "${targets[@]}"; do
    longest=4096
    [[ $target == documents ]] && longest=65536
    "$CARGO_TARGET_DIR/x86_64-unknown-linux-gnu/release/$target" -max_total_time="$seconds" -max_len="$longest" -timeout=20 \
        -artifact_prefix=artifacts/ -print_final_stats=1 "corpus/$target"
done
