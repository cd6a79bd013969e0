#!/usr/bin/env bash
# Mutation testing: every mutant that cargo-mutants makes of some rooms, against the tests.
#
#   cargo install --locked cargo-mutants    # the list is cargo-mutants' own
#   tests/mutants/run.sh escalation         # one room or several, by their folders in src/
#
# With the laws, which take longer, and in an hour a room: OWED_MUTANTS_LONGEST=60 tests/mutants/run.sh policy
# OWED_MUTANTS_CASES says how many stories a property tells, and OWED_MUTANTS_BY names the binaries that look: "calendar calendar_facts rulebook".
# OWED_MUTANTS_SHARD=0/8 takes every eighth mutant, from the first on.
# What an earlier run has caught is not looked at again where OWED_MUTANTS_TOLD names the file that holds what it printed.
#
# Built one by one, thousands of mutants take days. Here they are woven into one copy of the crate, in which each function asks the environment
# which mutant it is, so that the crate and its tests are compiled once. It prints a line for each mutant: caught (and by which test), endless (the
# tests do not end), or SURVIVES; and those that cannot be woven (APART), which cargo-mutants itself tries: `cargo mutants --file FILE --re NAME`.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$scratch/tool}"
cargo run --quiet --release --manifest-path "$here/Cargo.toml" -- "$scratch" "$@"
