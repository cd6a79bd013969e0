#!/bin/sh
# Counts the instructions of a calendar's answers under callgrind, holds them against the bars, and writes benches/COUNTS.md.
# The counts are the same in every run of one build, so a bar on them is no matter of luck. It takes some minutes.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
built() {
    cargo build --release --bench "$1" --message-format=json 2>/dev/null |
        sed -n "s/.*\"executable\":\"\\([^\"]*$1[^\"]*\\)\".*/\\1/p" | tail -1
}
program=$(built calendar_counts)
slowest=$(built calendar_slowest)
asked=500
out=$target/callgrind.counts
rows=$target/counts.rows
made=$target/counts.made

# The instructions of one function with all that it calls.
count() {
    rm -f "$out"
    valgrind --tool=callgrind --callgrind-out-file="$out" --toggle-collect="*::$1" "$program" "$2" "$3" >/dev/null 2>&1
    sed -n 's/^totals: *\([0-9]*\).*/\1/p' "$out" | head -1
}

for case in plain rules nasty union; do
    for days in 1 365 3652 36000; do
        row="$case $days"
        for function in is_open between add sub between_utc add_utc sub_utc; do
            row="$row $(($(count count_$function $case $days) / asked))"
        done
        echo "$row"
    done
done >"$rows"
for case in plain nasty; do
    echo "$case-from-JSON $(count count_read $case 1) -"
done >"$made.read"
for case in plain rules nasty; do
    echo "$case $(count count_build $case 1) $("$program" $case 1 | sed -n 's/ bytes//p')"
done >"$made"
echo "two-of-plain-combined $(count count_combine plain 1) $("$program" two 1 | sed -n 's/ bytes//p')" >>"$made"

{
    echo "# Instructions for an answer"
    echo
    echo "Written by \`benches/count.sh\`: callgrind, the mean of $asked questions from 2000 to 2012, $(rustc --version | cut -d' ' -f1-2)."
    echo
    echo "- plain: Mon-Fri 9-17 in New York, ten dated holidays a year for a century. rules: the same by ten rules, from 1900 to 2200."
    echo "- nasty: five intervals a day, one over midnight, forty exceptions a year. union: plain in New York, Berlin and Tokyo."
    echo "- \"chrono\": from \`DateTime<Utc>\` and back to it. The others take and give a \`Timestamp\`."
    echo
    echo "| calendar | days | is_open | between | add | sub | between, chrono | add, chrono | sub, chrono |"
    echo "|---|---|---|---|---|---|---|---|---|"
    sed 's/ / | /g; s/^/| /; s/$/ |/' "$rows"
    echo
    echo "| made | instructions | bytes |"
    echo "|---|---|---|"
    cat "$made" "$made.read" | sed 's/ / | /g; s/^/| /; s/$/ |/'
    echo
    echo "## The bars"
    echo
    echo "| what | bar | the worst above | met |"
    echo "|---|---|---|---|"
    awk '
        function bar(what, limit, worst) { printf "| %s | %s | %s | %s |\n", what, limit, worst, worst <= limit ? "yes" : "NO" }
        function most(column, pattern,   line, value, found) {
            for (line = 1; line <= n; line++) if (row[line] ~ pattern) { split(row[line], part, " "); value = part[column]; if (value > found) found = value }
            return found
        }
        function growth(pattern,   line, column, one, found) {
            for (line = 1; line <= n; line++) if (row[line] ~ pattern) { split(row[line], part, " ")
                for (column = 3; column <= 9; column++) if (part[2] == 1) one[column] = part[column]
                    else if (part[2] == 3652 && part[column] / one[column] > found) found = part[column] / one[column] }
            return sprintf("%.2f", found) + 0
        }
        FNR == NR { row[++n] = $0; next }
        { made[$1] = $2; bytes[$1] = $3 }
        END {
            plain = "^(plain|rules) "
            bar("is_open", 120, most(3, plain)); bar("between", 240, most(4, plain))
            bar("add", 320, most(5, plain)); bar("sub", 320, most(6, plain))
            bar("nasty: is_open", 150, most(3, "^nasty ")); bar("nasty: between", 300, most(4, "^nasty "))
            bar("nasty: add", 400, most(5, "^nasty ")); bar("nasty: sub", 400, most(6, "^nasty "))
            bar("ten years over a day, the worst column", 1.5, growth("."))
            bar("the same for a union of three zones", 1.5, growth("^union "))
            bar("build plain, instructions", 12000000, made["plain"]); bar("build plain, bytes", 114688, bytes["plain"])
            bar("build nasty, instructions", 40000000, made["nasty"]); bar("build nasty, bytes", 1572864, bytes["nasty"])
            bar("between, chrono", 240, most(7, plain)); bar("add, chrono", 320, most(8, plain)); bar("sub, chrono", 320, most(9, plain))
        }' "$rows" "$made"
    echo
    cat benches/counts-notes.md
    echo
    "$slowest"
} >benches/COUNTS.md.new
mv benches/COUNTS.md.new benches/COUNTS.md
cat benches/COUNTS.md
