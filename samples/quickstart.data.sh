#!/usr/bin/env bash
# Makes samples/data/orders.csv: 100,000 rows, the same bytes every time. With a number: so many rows to standard output.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

orders() {
    LC_ALL=C awk -v rows="$1" '
        # The minimal standard generator (Park and Miller 1988): every product stays below 2^53, so any awk agrees.
        function chance(n) { seed = (seed * 16807) % 2147483647; return seed % n }
        function digits(n, width,   text) { text = sprintf("%.0f", n); while (length(text) < width) text = "0" text; return text }
        BEGIN {
            seed = 20260101
            letters = split("a b c d e f g h i j k l m n o p q r s t u v w x y z", letter, " ")
            foreigners = split("ä é ø ß ł ñ č 日 本 Ж я Ω", foreign, " ")
            print "id,n,price,name,ts"
            for (id = 1; id <= rows; id++) {
                n = chance(1000)
                price = chance(100000)
                name = ""
                for (i = 0; i < 12; i++) name = name (chance(20) ? letter[1 + chance(letters)] : foreign[1 + chance(foreigners)])
                # Every hundredth name needs quotes.
                if (id % 100 == 0) name = "\"" name ", " letter[1 + chance(letters)] "\""
                # Whole days since 2024-01-01, months of 28 days: every date is a real one.
                day = chance(336)
                ts = "2024-" digits(1 + int(day / 28), 2) "-" digits(1 + day % 28, 2) " " \
                     digits(chance(24), 2) ":" digits(chance(60), 2) ":" digits(chance(60), 2)
                printf "%.0f,%.0f,%s.%s,%s,%s\n", id, n, int(price / 100), digits(price % 100, 2), name, ts
            }
        }'
}

if [ $# -gt 0 ]; then orders "$1"; exit; fi
[ ! -f data/orders.csv ] || exit 0
mkdir -p data
# Written aside and renamed, so that a broken run leaves no half file behind.
orders 100000 >data/orders.csv.part
mv data/orders.csv.part data/orders.csv
