#!/bin/sh
# Compares with other libraries, which it takes from the registry, and writes benches/PEERS.md.
set -eu
cd "$(dirname "$0")/peers"
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/peers cargo run --locked --quiet --release >../PEERS.md.new
mv ../PEERS.md.new ../PEERS.md
cat ../PEERS.md
