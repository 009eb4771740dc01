#!/usr/bin/env bash
# What the programs do at the command line, against a service of their own.
# label: quick
set -euo pipefail
exec node tests/programs/commands.mjs
