#!/bin/sh
# Installs Debian's Chromium for the browser tests where that is possible; says so where it is not.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing chromium for the browser tests ..." >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
    >/dev/null 2>&1 && exit 0
fi
echo "chromium is not here and could not be installed: the browser tests are skipped." >&2
echo "hint: install the package chromium (as root: apt-get install chromium) and run make test again" >&2
exit 0
