#!/usr/bin/env bash
# Written by `kraftlift plan` for the migration orders-2026. Prepares in AWS what the migration needs.
# It looks before it changes: run it again, and it changes nothing. Read it before you run it.
set -euo pipefail
export AWS_PAGER=''

say() { printf '%s\n' "$*"; }

# What only a person can settle. The script goes on, and ends with 1.
open_points=0
ask() {
  printf 'TO DO: %s\n' "$*" >&2
  open_points=$((open_points + 1))
}


# Buckets: segments, and evidence under Object Lock
# None: both stores are directories.

# Target configuration: its brokers must take the largest batch, 3145728 bytes
ask 'set in the configuration of the target'\''s brokers: message.max.bytes=3145728 replica.fetch.max.bytes=3145728'

# SCRAM users: the same secrets at the target
# None: the source has no associated secrets, or did not tell.

# Security groups: workers and functions to the brokers
# Neither cluster is given by an ARN: let the workers' addresses reach the bootstrap servers.

if [ "$open_points" -gt 0 ]; then
  printf '%s\n' "$open_points points are open, see above" >&2
  exit 1
fi
say "everything is there"
