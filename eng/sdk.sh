# Sourced by build.sh and chunnel: one line when the .NET 10 SDK is not here, and the switches both doors want.

need_sdk() {
    if command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
        return
    fi
    echo "The .NET 10 SDK is missing. Debian/Ubuntu: apt-get install dotnet-sdk-10.0 | Fedora: dnf install dotnet-sdk-10.0 | macOS: brew install dotnet-sdk | else: https://dot.net/download" >&2
    exit 69
}

export DOTNET_NOLOGO=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1
export DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A build server that outlives the build keeps a CI machine busy for nothing; at a desk it saves seconds.
if [ -n "${CI:-}" ]; then export MSBUILDDISABLENODEREUSE=1; fi
# One compiler that stays warm for all projects of a build: without it a clean build takes four times as long. It ends by itself.
export UseSharedCompilation=true
