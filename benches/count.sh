#!/bin/sh
# Counts the instructions of a calendar's answers under callgrind and writes the table to benches/COUNTS.md.
# The counts are the same in every run of one build, so a bar on them is no matter of luck.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
cargo build --release --bench calendar_counts --message-format=json 2>/dev/null |
    sed -n 's/.*"executable":"\([^"]*calendar_counts[^"]*\)".*/\1/p' | tail -1 >"$target/calendar_counts.path"
program=$(cat "$target/calendar_counts.path")
asked=500
out=$target/callgrind.counts

# The instructions of one function with all that it calls.
count() {
    rm -f "$out"
    valgrind --tool=callgrind --callgrind-out-file="$out" --toggle-collect="*::$1" "$program" "$2" "$3" >/dev/null 2>&1
    sed -n 's/^totals: *\([0-9]*\).*/\1/p' "$out" | head -1
}

{
    echo "# Instructions for an answer"
    echo
    echo "Written by \`benches/count.sh\`: callgrind, the mean of $asked questions, $(rustc --version)."
    echo "The last two columns go through \`DateTime<Utc>\`, the others through \`Timestamp\`."
    echo "plain: Mon-Fri 9-17 in New York, ten dated holidays a year for a century. rules: the same by ten rules, from 1900 to"
    echo "2200. nasty: five intervals a day, one over midnight, forty exceptions a year. union: plain in New York, Berlin, Tokyo."
    echo
    echo "| calendar | span | is_open | between | add | sub | between, chrono | add, chrono |"
    echo "|---|---|---|---|---|---|---|---|"
    for case in plain rules nasty union; do
        for days in 1 365 3652 36000; do
            row="| $case | $days days "
            for function in count_is_open count_between count_add count_sub count_between_utc count_add_utc; do
                row="$row| $(($(count $function $case $days) / asked)) "
            done
            echo "$row|"
        done
    done
    echo
    echo "| calendar | instructions to build | bytes |"
    echo "|---|---|---|"
    for case in plain rules nasty; do
        echo "| $case | $(count count_build $case 1) | $("$program" $case 1 | sed -n 's/ bytes//p') |"
    done
    echo "| two of plain in one | $(count count_combine plain 1) | $("$program" union 1 | sed -n 's/ bytes//p') (three) |"
} >benches/COUNTS.md.new
mv benches/COUNTS.md.new benches/COUNTS.md
cat benches/COUNTS.md
