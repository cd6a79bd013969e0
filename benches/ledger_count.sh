#!/bin/sh
# Counts what a ledger's answers cost, in instructions under callgrind, and what a commitment costs, in bytes; holds them against
# the bars, and writes benches/LEDGER.md. The counts are the same in every run of one build.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
program=$(cargo build --release --bench ledger_counts --message-format=json 2>/dev/null |
    sed -n 's/.*"executable":"\([^"]*ledger_counts[^"]*\)".*/\1/p' | tail -1)
out=$target/callgrind.ledger

# count FUNCTION TIMES CASE SIZE: the instructions of one call, with all that it calls.
count() {
    rm -f "$out"
    valgrind --tool=callgrind --callgrind-out-file="$out" --toggle-collect="*::$1" "$program" "$3" "$4" >/dev/null 2>&1
    echo $(($(sed -n 's/^totals: *\([0-9]*\).*/\1/p' "$out" | head -1) / $2))
}

next10=$(count count_next_wake 100 open 10)
next10k=$(count count_next_wake 100 open 10000)
hand10=$(count count_handle 100 open 10)
hand10k=$(count count_handle 100 open 10000)
reply0=$(count count_handle 100 closed 0)
reply600=$(count count_handle 100 closed 600)
wake10=$(count count_wake 10 breached 10)
wake10k=$(count count_wake 10000 breached 10000)

reply1=$(count count_handle 100 reply-1 100)
reply6=$(count count_handle 100 reply-6 100)

# allocations CASE SIZE: how often memory was asked for.
allocations() {
    valgrind --leak-check=no "$program" "$1" "$2" 2>&1 | sed -n 's/.*total heap usage: \([0-9,]*\) allocs.*/\1/p' | tr -d ,
}
# asked CLOCKS: how often one reply asks for memory, what it takes to set it up left out.
asked() {
    echo $(((($(allocations "reply-$1" 2000) - $(allocations "reply-$1" 1000)) - ($(allocations "copy-$1" 2000) - $(allocations "copy-$1" 1000))) / 1000))
}

# in_use CASE SIZE: the bytes in use at the end.
in_use() {
    valgrind --leak-check=no "$program" "$1" "$2" 2>&1 | sed -n 's/.*in use at exit: \([0-9,]*\) bytes.*/\1/p' | tr -d ,
}
bytes() { echo $((($(in_use "$1" 2000) - $(in_use "$1" 1000)) / 1000)); }

{
    echo "# What a ledger costs"
    echo
    echo "Written by \`benches/ledger_count.sh\`: callgrind, $(rustc --version | cut -d' ' -f1-2). Each figure is that of one call."
    echo
    echo "| what | few | many | many over few | bar | met |"
    echo "|---|---|---|---|---|---|"
    awk -v OFS=' | ' '{ ratio = $3 / $2; print "| " $1, $2, $3, sprintf("%.2f", ratio), $4, ((ratio <= $4) ? "yes" : "NO") " |" }' <<T | sed 's/_/ /g'
next_wake,_10_and_10,000_open $next10 $next10k 4
a_hand-over_and_its_timers,_10_and_10,000_open $hand10 $hand10k 4
a_reply,_0_and_600_closed $reply0 $reply600 1.5
one_breach_of_all_at_once,_10_and_10,000 $wake10 $wake10k 4
T
    echo
    echo "| a reply on a ticket | instructions | allocations |"
    echo "|---|---|---|"
    echo "| on which one clock runs, and ends | $reply1 | $(asked 1) |"
    echo "| on which six run: one ends, one begins again | $reply6 | $(asked 6) |"
    echo
    echo "| a promise in a ticket, with its part of the record | bytes |"
    echo "|---|---|"
    echo "| open | $(bytes bytes-open) |"
    echo "| closed | $(bytes bytes-closed) |"
    echo "| \`Commitment\` itself, of that | $("$program" | sed -n 's/ bytes is.*//p') |"
} >benches/LEDGER.md.new
mv benches/LEDGER.md.new benches/LEDGER.md
cat benches/LEDGER.md
! grep -q '| NO |' benches/LEDGER.md
