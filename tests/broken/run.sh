#!/usr/bin/env bash
# The tests of the tests: breaks the code on purpose, one mistake at a time, and tells which laws notice.
#
#   tests/broken/run.sh                  the twelve that say which examples they pass and which law catches them
#   tests/broken/run.sh NAME...          only these
#   tests/broken/run.sh --all            every one, and every law that notices it
#   tests/broken/run.sh --table          the twelve, and their table in README.md beside this is written anew
#   tests/broken/run.sh --sound NAME...  the laws have just been seen to hold without a mistake
#   tests/broken/run.sh --laws NAME...   the laws only, and no examples
#
# A patch begins with what its mistake does, in a line. It may go on with `Passes:` (examples that whoever makes the mistake might look at, and that
# pass: their binaries and names) and with `Law:` (laws that have to notice).
#
# It works on a copy with a target folder of its own. It ends with status 1 if a mistake goes unnoticed, is caught by no law that it names, fails an
# example that it should pass, does not apply to the code any more, or does not compile.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
all=0 table=0 sound_already=0 examples=1
while [[ "${1:-}" == --* ]]; do
    case "$1" in
        --all) all=1 ;;
        --table) table=1 ;;
        --sound) sound_already=1 ;;
        --laws) examples=0 ;;
        *) printf 'what is %s?\n' "$1" >&2; exit 2 ;;
    esac
    shift
done
names=("$@")
if ((${#names[@]} == 0)); then
    for patch in "$here"/*.patch; do
        if ((all)) || grep -q '^Passes: ' "$patch"; then names+=("$(basename "$patch" .patch)"); fi
    done
fi

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
cd "$root"
mkdir "$scratch/tree"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$scratch/tree"
# What has been built of the dependencies serves here too; what was built of this crate must not.
built="${CARGO_TARGET_DIR:-$root/target}/debug"
if [ -d "$built" ]; then
    mkdir -p "$scratch/target/debug"
    cp -a "$built"/{build,deps,.fingerprint} "$scratch/target/debug/"
    find "$scratch/target/debug" -depth \( -name 'owed-*' -o -name 'libowed-*' \) -exec rm -rf {} +
fi
# A mistake changes a function or two: what it does not touch is not compiled again, and it is compiled more often than it is run.
export CARGO_TARGET_DIR="$scratch/target" CARGO_INCREMENTAL=1 CARGO_TERM_COLOR=never PROPTEST_MAX_SHRINK_ITERS=0
quickly=(--config profile.dev.package.owed.opt-level=0)
cd "$scratch/tree"
git init --quiet

# failing: the tests that fail, one a line, where they were run; or NOTHING and why.
failing() {
    local status=0 binaries=() argument
    for argument in "$@"; do
        [ "$argument" != -- ] || break
        binaries+=("$argument")
    done
    if ! cargo "${quickly[@]}" test --locked --quiet --no-run "${binaries[@]}" >"$scratch/out" 2>&1; then
        echo 'NOTHING: it does not compile'
        return
    fi
    timeout 600 cargo "${quickly[@]}" test --locked --quiet --no-fail-fast "$@" >"$scratch/out" 2>&1 || status=$?
    case "$status" in
        0) ;;
        101) sed -n -E 's/^    ([a-z0-9_]+(::[a-z0-9_]+)*)$/\1/p' "$scratch/out" | sort -u ;;
        124) echo '(the tests do not end)' ;;
        *) echo "(the tests end with status $status)" ;;
    esac
}

# laws [NAME...]: those of these that fail, or of all. What is reached is no law, and takes longest.
laws() {
    failing --test laws -- --skip rare_rows "$@" | sed -E 's/^laws::[a-z_]+:://' | sort -u
}

fault() {
    printf 'FAULT: %s\n' "$*"
    failed=1
}

code() {
    sed -E 's/[a-z0-9_]+_[a-z0-9_]+/`&`/g'
}

if ((!sound_already)) && { ! sound="$(laws)" || [ -n "$sound" ]; }; then
    printf 'FAULT: without a mistake there fails: %s\n' "$sound"
    exit 1
fi

failed=0
rows=()
for name in "${names[@]}"; do
    patch="$here/$name.patch"
    why="$(head -n 1 "$patch")"
    if ! git apply "$patch" 2>"$scratch/err"; then
        fault "$name does not apply: $(cat "$scratch/err")"
        continue
    fi
    mapfile -t named < <(sed -n 's/^Law: //p' "$patch" | sed 's/ /\n/g')
    if ((all)); then named=(); fi
    found="$(laws "${named[@]}" | paste -s -d ' ')"
    case "$found" in
        '' | NOTHING*) fault "$name goes unnoticed $found" ;;
        *) printf '%s: %s\n' "$name" "$found" ;;
    esac
    for law in "${named[@]}"; do
        [[ " $found " == *" $law "* ]] || fault "$name is not noticed by $law"
    done
    mapfile -t passes < <(sed -n 's/^Passes: //p' "$patch" | sed 's/, /\n/g')
    if ((examples && ${#passes[@]} > 0)); then
        # Every example there is, so that what passes is known and not only said.
        failing --test rules --test alone >"$scratch/examples"
        ran="$(sed -n -E 's/^running ([0-9]+) tests?$/\1/p' "$scratch/out" | awk "{ all += \$1 } END { print all + 0 }")"
        fails="$(wc -l <"$scratch/examples")"
        ((ran > 500)) || fault "$name: only $ran examples were run"
        printf '    %d of %d examples pass, and these do not: %s\n' $((ran - fails)) "$ran" "$(paste -s -d ' ' "$scratch/examples")"
        for example in "${passes[@]}"; do
            file="${example%%::*}" test="${example##*::}"
            grep -q -R "fn $test\b" tests/rules tests/alone || fault "$name: there is no example $example"
            ! grep -q -x -F "$example" "$scratch/examples" || fault "$name fails the example $example in $file"
        done
        rows+=("$(printf '| `%s` | %s | %d of %d, among them %s | %s |' "$name" "$why" $((ran - fails)) "$ran" \
            "$(printf '%s, ' "${passes[@]}" | sed 's/, $//' | code)" "$(sed -n 's/^Law: //p' "$patch" | sed 's/ /, /g' | code)")")
    fi
    git apply --reverse "$patch"
done
if ((table)); then
    {
        sed '/^<!-- the twelve -->$/q' "$here/README.md"
        echo
        echo '| variant | the mistake | examples that it passes | caught by |'
        echo '|---|---|---|---|'
        printf '%s\n' "${rows[@]}"
        echo
        sed -n '/^<!-- the end of them -->$/,$p' "$here/README.md"
    } >"$scratch/readme"
    cp "$scratch/readme" "$here/README.md"
fi
exit "$failed"
