#!/usr/bin/env bash
# SeaTunnel's list of plug-ins and their options, answered by Chunnel.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../chunnel" seatunnel-connector "$@"
