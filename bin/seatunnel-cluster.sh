#!/usr/bin/env bash
# SeaTunnel's node, answered by Chunnel. -d runs it in the background with its console output in logs/.
set -euo pipefail
home=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/..
rest=()
daemon=false
for argument in "$@"; do
    case $argument in
        -d|--daemon) daemon=true ;;
        -D*) ;; # options of a Java machine mean nothing here
        *) rest+=("$argument") ;;
    esac
done
if $daemon; then
    mkdir -p "$home/logs"
    nohup "$home/chunnel" seatunnel-cluster "${rest[@]}" >>"$home/logs/seatunnel-server.out" 2>&1 </dev/null &
    exit 0
fi
exec "$home/chunnel" seatunnel-cluster "${rest[@]}"
