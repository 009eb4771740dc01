#!/usr/bin/env bash
# What the programs do at the command line, against a service of their own.
# label: quick
set -euo pipefail
node tests/programs/commands.mjs
node tests/programs/pen.mjs
node tests/programs/report.mjs
exec node tests/programs/signing-page.mjs
