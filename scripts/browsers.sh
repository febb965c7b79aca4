#!/bin/sh
# Installs the browsers of the tests from Debian's packages where that is possible; says so where it is not.
set -u
packages=""
command -v chromium >/dev/null 2>&1 || packages="$packages chromium"
command -v firefox-esr >/dev/null 2>&1 || packages="$packages firefox-esr"
command -v WebKitWebDriver >/dev/null 2>&1 || packages="$packages webkit2gtk-driver"
command -v Xvfb >/dev/null 2>&1 || packages="$packages xvfb"
[ -z "$packages" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing$packages for the browser tests ..." >&2
  # shellcheck disable=SC2086 # several words
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } \
    >/dev/null 2>&1 && exit 0
fi
echo "Not here and could not be installed:$packages. Their tests are skipped." >&2
echo "hint: install them (as root: apt-get install$packages) and run make test again" >&2
exit 0
