#!/bin/sh
# What both pipelines run: `sh ci.sh preview dev` or `sh ci.sh up dev`, with the name of the stack. They bring the
# credentials in the environment:
#   HW_ACCESS_KEY, HW_SECRET_KEY  of the cloud
#   PGUSER, PGPASSWORD            of the database that keeps the state
#   PULUMI_CONFIG_PASSPHRASE      that encrypts the secrets in it
set -eu

# Not secret; another value in the environment wins.
export HW_REGION_NAME="${HW_REGION_NAME:-cn-north-4}"
export HW_APIG_INSTANCE_ID="${HW_APIG_INSTANCE_ID:-0123456789abcdef0123456789abcdef}"
state="${STATE:-postgres://db.example.com:5432/pulumi?sslmode=verify-full}"

npx pulumi login "$state"
npx pulumi stack select --create "$2"
case "$1" in
  preview)
    # For the page of the change, also where the preview fails: then the next command says so, and fails, too.
    npx pulumi preview --json --non-interactive >preview.json || :
    npx pulumi-apig report preview.json >"report-$2.md" || :
    tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}" <"report-$2.md"
    npx pulumi preview --diff --non-interactive
    ;;
  up) npx pulumi up --yes --skip-preview --non-interactive ;;
esac
