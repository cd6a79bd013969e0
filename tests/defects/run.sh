#!/usr/bin/env bash
# The tests of the tests: breaks the code on purpose, one defect at a time, and tells which laws notice.
#
#   tests/defects/run.sh                 every defect here
#   tests/defects/run.sh NAME...         only these
#   tests/defects/run.sh --table         every defect, and the table in README.md beside this is written anew
#   tests/defects/run.sh --sound NAME... the laws have just been seen to hold without a defect
#
# It works on a copy with a target folder of its own. It ends with status 1 if a defect goes unnoticed, does not apply to the code
# any more, or does not compile.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
table=/dev/null
if [ "${1:-}" = --table ]; then table="$here/README.md"; shift; fi
sound_already=0
if [ "${1:-}" = --sound ]; then sound_already=1; shift; fi
names=("$@")
if ((${#names[@]} == 0)); then
    for patch in "$here"/*.patch; do names+=("$(basename "$patch" .patch)"); done
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
export CARGO_TARGET_DIR="$scratch/target" CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never PROPTEST_MAX_SHRINK_ITERS=0
cd "$scratch/tree"
git init --quiet

# laws: the names of the laws that fail, one a line; or NOTHING and why. What is reached is no law, and takes longest.
laws() {
    local status=0
    timeout 600 cargo test --locked --quiet --test laws -- --skip rare_rows >"$scratch/out" 2>&1 || status=$?
    case "$status" in
        0) ;;
        101) if grep -q '^running ' "$scratch/out"; then
                 sed -n -E 's/^    laws::([a-z_]+)::([a-z_]+)$/\2/p' "$scratch/out" | sort -u
             else
                 echo 'NOTHING: it does not compile'
             fi ;;
        124) echo '(the tests do not end)' ;;
        *) echo "(the tests end with status $status)" ;;
    esac
}

if ((!sound_already)) && { ! sound="$(laws)" || [ -n "$sound" ]; }; then
    printf 'FAULT: without a defect there fails: %s\n' "$sound"
    exit 1
fi

failed=0
{
    echo '# Defects on purpose, and the laws that notice'
    echo
    echo 'Made by `tests/defects/run.sh --table`; each defect is the patch of its name.'
    echo
    echo '| defect | what it does | laws that fail |'
    echo '|---|---|---|'
} >"$scratch/table"
for name in "${names[@]}"; do
    patch="$here/$name.patch"
    why="$(head -n 1 "$patch")"
    if ! git apply "$patch" 2>"$scratch/err"; then
        printf 'FAULT: %s does not apply: %s\n' "$name" "$(cat "$scratch/err")"
        failed=1
        continue
    fi
    found="$(laws | paste -s -d ' ')"
    git apply --reverse "$patch"
    case "$found" in
        '' | NOTHING*) printf 'FAULT: %s goes unnoticed %s\n' "$name" "$found"; failed=1 ;;
        *) printf '%s: %s\n' "$name" "$found" ;;
    esac
    printf '| `%s` | %s | %s |\n' "$name" "$why" "$(sed -E 's/[a-z_]+_[a-z_]+/`&`/g; s/ /, /g' <<<"$found")" >>"$scratch/table"
done
cat "$scratch/table" >"$table"
exit "$failed"
