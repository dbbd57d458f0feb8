# Sourced by build.sh: runs the test programs, two at a time, and adds up what they report.

# A test program that hangs is a failure, not a wait without end.
test_limit=${CHUNNEL_TEST_LIMIT:-2700}

# need_tools: programs and servers that tests work with. Where they cannot be had, the tests that want them are skipped and counted as such.
need_tools() {
    local missing=()
    command -v lzop >/dev/null 2>&1 || missing+=(lzop)
    [ -x /usr/lib/postgresql/15/bin/initdb ] || missing+=(postgresql-15)
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        { apt-get update && apt-get install -y "${missing[@]}"; } >/dev/null 2>&1 && return 0
    fi
    echo "Not here: ${missing[*]} (Debian, Ubuntu: apt-get install ${missing[*]}). What needs them is skipped." >&2
}

# run_one PROGRAM REPORTS [TEST]: what it printed goes to REPORTS/NAME.log, its counts to REPORTS/NAME.xml.
run_one() {
    local program=$1 reports=$2 filter=${3:-} name code=0
    name=$(basename "$program")
    local arguments=(-noLogo -noColor -result-xml "$reports/$name.xml")
    [ -z "$filter" ] || arguments+=(-method "*$filter*")
    timeout --kill-after=10 "$test_limit" "$program" "${arguments[@]}" >"$reports/$name.log" 2>&1 </dev/null || code=$?
    echo "$code" >"$reports/$name.code"
}

# count ATTRIBUTE REPORT: the number that the report's <assembly> element carries.
count() {
    sed -n "s/.*<assembly [^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1
}

# run_tests CONFIGURATION [PROJECT [TEST]]
run_tests() {
    local configuration project=${2:-} filter=${3:-} reports=artifacts/test-reports
    configuration=$(echo "$1" | tr '[:upper:]' '[:lower:]')
    local passed=0 failed=0 skipped=0 programs=() folder name

    for folder in test/*/; do
        name=$(basename "$folder")
        [ -f "$folder$name.csproj" ] || continue
        case $name in *"$project"*) programs+=("artifacts/bin/$name/$configuration/$name") ;; esac
    done

    rm -rf "$reports"
    mkdir -p "$reports"
    local running=0 program
    for program in ${programs[@]+"${programs[@]}"}; do
        if [ "$running" -ge 2 ]; then wait -n || true; running=$((running - 1)); fi
        run_one "$program" "$reports" "$filter" &
        running=$((running + 1))
    done
    wait

    for program in ${programs[@]+"${programs[@]}"}; do
        name=$(basename "$program")
        local report="$reports/$name.xml" code ok=0 bad=0 left=0 errors=0 seconds="?"
        code=$(cat "$reports/$name.code" 2>/dev/null || echo 1)
        if [ -s "$report" ] && grep -q '<assembly ' "$report"; then
            ok=$(count passed "$report") bad=$(count failed "$report") left=$(count skipped "$report") errors=$(count errors "$report")
            seconds=$(sed -n 's/.*<assembly [^>]* time="\([0-9.]*\)".*/\1/p' "$report" | head -n 1)
        fi
        # A program that broke off, ran out of time or could not clean up failed once more than its tests say.
        bad=$((bad + errors))
        if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ] && ! ran_nothing "$report" "$filter"; then bad=1; fi
        if [ "$bad" -gt 0 ]; then
            cat "$reports/$name.log"
            [ "$code" -ne 124 ] || echo "$name was stopped after $test_limit s."
        fi
        printf '%-36s %5d passed %3d failed %3d skipped %8s s\n' "$name" "$ok" "$bad" "$left" "$seconds"
        passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
    done

    if [ $((passed + failed)) -eq 0 ]; then echo "No test ran." >&2; failed=1; fi
    # Once more at the end, where a reader looks first.
    grep -hF '[FAIL]' "$reports"/*.log || true
    local line="$passed passed, $failed failed"
    [ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
    echo "$line"
    [ "$failed" -eq 0 ]
}

# With a filter, a program in which no test matched ends with an error of its own: that is no failure.
ran_nothing() {
    [ -n "$2" ] && [ -s "$1" ] && [ "$(count total "$1")" = 0 ]
}
