#!/usr/bin/env bash
# Builds the tests' MongoDB-compatible server into bin/ (git-ignored). Needs Go 1.22 or newer; about a minute the first
# time, nothing when the binary is newer than its sources.
set -euo pipefail
cd "$(dirname "$0")"

binary=bin/ferretdb
if [ -x "$binary" ] && [ ! main.go -nt "$binary" ] && [ ! go.mod -nt "$binary" ] && [ ! go.sum -nt "$binary" ]; then
  exit 0
fi
if ! command -v go >/dev/null; then
  echo 'Go is missing: install Go 1.22 or newer (https://go.dev/dl), or set MONGODB_URL to a server of your own.' >&2
  exit 1
fi
mkdir -p bin
# Written beside, then renamed: a build that was cut short leaves no half binary.
CGO_ENABLED=0 nice go build -trimpath -o "$binary.new" .
mv "$binary.new" "$binary"
