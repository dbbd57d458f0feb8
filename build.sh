#!/usr/bin/env bash
# The one door: ./build.sh [build | test [PROJECT [TEST]] | soak [SEEDS] | bench [ARGS] | gates [ARGS] | docs | ahead | publish | clean]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. eng/sdk.sh

# Debug for tests: released blocks are poisoned there. CHUNNEL_CONFIGURATION=Release tests what ships.
configuration=${CHUNNEL_CONFIGURATION:-Debug}

usage() {
    cat <<'EOF'
./build.sh                        build everything (CHUNNEL_CONFIGURATION=Debug, or Release)
./build.sh test                   build and run all tests; the last line is "N passed, N failed"
./build.sh test Config            only the test projects whose name contains "Config"
./build.sh test Config Hocon      of those, only the tests whose full name contains "Hocon"
./build.sh soak [SEEDS]           hours of it: the cluster simulator over a million worlds, or as many as are given, as it ships;
                                  2,000 deaths of real nodes (CHUNNEL_KILLS); 100,000 schedules of the control log
                                  (CHUNNEL_SCHEDULES)
./build.sh bench [NAME ...] [--rows N] [--runs N] [--results DIR]
                                  the figures with their yardsticks, into bench/results; "formats": the parts alone
./build.sh gates [NAME]           the measurements behind docs/adr/
./build.sh docs                   write the generated pages again (docs/connectors/, docs/sql-functions.md)
./build.sh ahead                  write src/Chunnel.Cli/compiled-ahead.txt again: what the benches make the program compile
./build.sh publish                the program for linux-x64, ready to run, into artifacts/publish
./build.sh publish self-contained  the same with .NET inside and compiled with it: starts in about half
                                  the time, takes some minutes to make
./build.sh clean                  forget everything that was built
EOF
}

build() {
    need_sdk
    dotnet build Chunnel.slnx -c "$configuration" -v quiet -nologo "-clp:NoSummary;ErrorsOnly"
}

# Knows which methods a program compiles while it runs, and has them compiled ahead: docs/adr/0112.
ahead_tool=$PWD/artifacts/bin/Chunnel.Ahead/release/Chunnel.Ahead.dll

# publish [self-contained [FOLDER [without-list]]]
publish() {
    need_sdk
    local self_contained=false folder=${2:-artifacts/publish} tool= listens=false
    if [ "${1:-}" = self-contained ]; then
        self_contained=true
        dotnet build eng/Chunnel.Ahead -c Release -v quiet -nologo "-clp:NoSummary;ErrorsOnly"
        # The hook that hears what is compiled must be told: docs/adr/0116.
        if [ "${3:-}" = without-list ]; then listens=true; else tool=$ahead_tool; fi
    fi
    rm -rf "$folder"
    # Its own working folder: a restore for one platform must not disturb the one that builds use.
    # Not trimmed: connectors, drivers and plug-ins are found by name at run time.
    dotnet publish src/Chunnel.Cli -c Release -r linux-x64 --self-contained "$self_contained" -o "$folder" \
        -p:ArtifactsPath="$PWD/artifacts/publishing" \
        -p:PublishReadyToRun=true -p:PublishReadyToRunComposite="$self_contained" -p:PublishSingleFile=true -p:PublishTrimmed=false \
        -p:DebugType=embedded -p:GenerateDocumentationFile=false -p:AheadTool="$tool" -p:EventSourceSupport="$listens" -v quiet -nologo
    echo "$folder/chunnel"
}

# Published as the program is, so that what they say of starting is true of it.
gates() {
    need_sdk
    dotnet publish bench/Chunnel.Gates -c Release -r linux-x64 --self-contained false -o artifacts/gates \
        -p:ArtifactsPath="$PWD/artifacts/publishing" -p:PublishReadyToRun=true -v quiet -nologo
    exec artifacts/gates/Chunnel.Gates "$@"
}

# What users run is measured: the published program, from outside. Made again only when it is older than the code: it takes minutes.
bench() {
    local program=artifacts/bench-program
    if [ ! -x "$program/chunnel" ] || [ -n "$(find src Directory.*.props -newer "$program/chunnel" \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name 'compiled-*.txt' \) -print -quit)" ]; then
        publish self-contained "$program"
    fi
    exec dotnet run -c Release --project bench/Chunnel.Bench -- "$@"
}

# What the benches make a program compile that was published without the list.
ahead() {
    need_sdk
    local program=artifacts/ahead-program runs=$PWD/artifacts/ahead
    publish self-contained "$program" without-list
    rm -rf "$runs"
    mkdir -p "$runs"
    CHUNNEL_AHEAD=$runs DOTNET_STARTUP_HOOKS=$ahead_tool dotnet run -c Release --project bench/Chunnel.Bench -- \
        start server pg csv-to-csv csv-to-json json-to-csv csv-to-parquet parquet-to-csv --rows 20000 --runs 1 --program "$program/chunnel"
    LC_ALL=C sort -u "$runs"/*.txt > src/Chunnel.Cli/compiled-ahead.txt
    wc -l src/Chunnel.Cli/compiled-ahead.txt
}

# soak [SEEDS]
soak() {
    need_sdk
    . eng/test.sh
    need_tools
    build
    dotnet build test/Chunnel.Control.Tests -c Release -v quiet -nologo "-clp:NoSummary;ErrorsOnly"
    local failed=0
    CHUNNEL_SEEDS=${1:-1000000} artifacts/bin/Chunnel.Control.Tests/release/Chunnel.Control.Tests -noColor -showliveoutput -method '*Whatever_happens*' || failed=1
    test_limit=${CHUNNEL_TEST_LIMIT:-28800}
    CHUNNEL_KILLS=${CHUNNEL_KILLS:-2000} run_tests "$configuration" JobTests JobTests.Kill || failed=1
    CHUNNEL_SCHEDULES=${CHUNNEL_SCHEDULES:-100000} run_tests "$configuration" Engine.Tests ProtocolTests || failed=1
    return "$failed"
}

docs() {
    need_sdk
    dotnet build test/Chunnel.RepoTests -c "$configuration" -v quiet -nologo "-clp:NoSummary;ErrorsOnly"
    . eng/test.sh
    CHUNNEL_WRITE_DOCS=1 run_tests "$configuration" Chunnel.RepoTests ReferenceTests
}

clean() {
    rm -rf artifacts samples/data samples/out
}

task=${1:-build}
[ $# -eq 0 ] || shift
case $task in
    build) build ;;
    test) need_sdk; . eng/test.sh; need_tools; build; run_tests "$configuration" "$@" ;;
    bench) bench "$@" ;;
    soak) soak "$@" ;;
    gates) gates "$@" ;;
    docs) docs ;;
    ahead) ahead ;;
    publish) publish "$@" ;;
    clean) clean ;;
    help | -h | --help) usage ;;
    *) echo "build.sh: '$task' is none of its tasks." >&2; usage >&2; exit 64 ;;
esac
