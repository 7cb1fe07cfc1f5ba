#!/usr/bin/env bash
# Makes the pictures of the README from the sample data. Needs chromium, libreoffice-calc, poppler-utils and pngquant (Debian packages).
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")"
here=$PWD
sinho=$here/../../sinho
work=$(mktemp -d) && chmod 755 "$work" # PostgreSQL of root runs as postgres
port=${PORT:-5871}
stop() {
    [[ -z ${server:-} ]] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT

for tool in chromium soffice pdftoppm pngquant; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install chromium libreoffice-calc poppler-utils pngquant" >&2; exit 1; }
done
"$sinho" demo --no-serve --data "$work/data" </dev/null
mkdir "$work/out"
"$sinho" schedule add monthly --units LC,LC.03529 --every month --from 2026-07-01 --due 5 --folder "$work/out" --data "$work/data" </dev/null
# Near the end of the sample, so that the board shows months done and months to come.
SINHO_CLOCK=2026-10-20T02:00:00Z "$sinho" serve --data "$work/data" --urls "http://127.0.0.1:$port" </dev/null >"$work/serve.txt" 2>&1 &
server=$!
for _ in {1..120}; do
    link=$(grep -o "http://127.0.0.1:$port/dat-mat-khau?ma=[0-9a-f]*" "$work/serve.txt" || true)
    [[ -n $link ]] && break
    sleep 1
done
sleep 30 # the tick makes the months due
dotnet run make.cs -- "$link" "$here" </dev/null

report=$(echo "$work"/data/bao-cao/*.xlsx)
(cd "$work" && soffice --headless --convert-to 'pdf:calc_pdf_Export:{"PageRange":{"type":"string","value":"1"}}' "$report" >/dev/null)
pdftoppm -r 80 -png -singlefile -f 1 -l 1 "$work"/*.pdf "$here/bao-cao-in"
pngquant --force --skip-if-larger --ext .png 64 "$here"/*.png || [[ $? == 98 ]]
