#!/usr/bin/env bash
# What a suite needs beside Node: install-tools.sh hapi|postgres|browser ...
# Installs Debian packages when run as root; elsewhere says what is missing and fails.
set -euo pipefail

has() { command -v "$1" >/dev/null; }

has_hapi() { [ -n "${HAPI_BASE_URL:-}" ] || { has javac && has mvn; }; }
# Its suite has replicas behind a proxy, too.
has_postgres() { { has postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; } && has nginx; }
has_browser() { has chromium || has google-chrome; }

packages_of() {
  case $1 in
    hapi) echo default-jdk-headless maven ;;
    postgres) echo postgresql nginx-light ;;
    browser) echo chromium ;;
    *) echo "unknown suite: $1" >&2; return 1 ;;
  esac
}

missing=()
for suite in "$@"; do
  packages=$(packages_of "$suite")
  # shellcheck disable=SC2206 # names without blanks or wildcards
  "has_$suite" || missing+=($packages)
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
  echo "please install, by the names of Debian's packages: ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
