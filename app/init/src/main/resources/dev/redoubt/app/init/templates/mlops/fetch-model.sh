#!/bin/sh
# Fetches the model of model.lock from MODEL_SOURCE, and keeps it only when size and digest fit.
set -eu
cd "$(dirname "$0")"
NAME= BYTES= SHA256=
. ./model.lock
: "${MODEL_SOURCE:?set it to an address of $NAME: https://… or file://…}"
case $MODEL_SOURCE in https://* | file://*) ;; *) echo 'fetch-model.sh: MODEL_SOURCE must be https or file' >&2; exit 2 ;; esac
mkdir -p models
part=models/.$NAME.part
trap 'rm -f "$part"' EXIT INT TERM
# One byte more than expected is enough to know that it is another file.
curl -fsS --proto '=https,file' --max-filesize "$BYTES" -o "$part" "$MODEL_SOURCE"
size=$(wc -c <"$part" | tr -d ' ')
digest=$(sha256sum "$part" | cut -d' ' -f1)
if [ "$size" != "$BYTES" ] || [ "$digest" != "$SHA256" ]; then
  echo "fetch-model.sh: this is another file: $size bytes, SHA-256 $digest; nothing was kept" >&2
  exit 1
fi
mv "$part" "models/$NAME"
echo "models/$NAME fits model.lock"
