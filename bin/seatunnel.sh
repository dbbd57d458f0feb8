#!/usr/bin/env bash
# SeaTunnel's command, answered by Chunnel.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../chunnel" seatunnel "$@"
