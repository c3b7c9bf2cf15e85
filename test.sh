#!/usr/bin/env bash
# Tests everything on a machine that has the .NET 10 SDK and Node 20 or later: the page's own tests and build,
# the solution, the relay's conversations, and the whole system in real browsers (one is found or installed).
#
#   ./test.sh                 everything
#   ./test.sh --no-e2e        what needs no browser
#   ./test.sh --filter TEXT   only the .NET tests whose full name contains TEXT
#
# Ends with the line 'N passed, N failed', and non-zero where anything failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

e2e=yes filter=
while (($#)); do
  case $1 in
    --no-e2e) e2e=no ;;
    --filter) filter=${2:?"--filter needs a text"}; shift ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 # the counts below are read from English words
page=Signaling.DemoClient results=$PWD/TestResults playwright=Signaling.E2E/bin/Debug/net10.0/.playwright/package
passed=0 failed=0 skipped=0 status=0

say() { printf '\n== %s\n' "$*"; }
stop() { echo "test.sh: $*" >&2; exit 1; }

summary() {
  local result=$?
  if ((result != 0 && failed == 0)); then failed=1; fi # what did not even get as far as a test
  if [[ -s $results/failures.log ]]; then say "What failed"; cat "$results/failures.log"; fi
  printf '\n%s passed, %s failed%s\n' "$passed" "$failed" "$( ((skipped == 0)) || echo ", $skipped skipped")"
}

prerequisites() {
  command -v dotnet >/dev/null || stop "the .NET 10 SDK is needed: https://dot.net/download"
  dotnet --version >/dev/null || stop "the .NET 10 SDK is needed (global.json says which): https://dot.net/download"
  command -v node >/dev/null && command -v npm >/dev/null || stop "Node 20 or later with npm is needed: https://nodejs.org"
  (($(node -p 'process.versions.node.split(".")[0]') >= 20)) || stop "Node 20 or later is needed, this is $(node --version): https://nodejs.org"
}

count() { passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)); }

# A failing step is noted and the run goes on: one run tells all that is broken.
attempt() { "$@" || { echo "test.sh: $* failed" >&2; return 1; }; }

node_modules() {
  [[ $page/node_modules/.package-lock.json -nt $page/package-lock.json ]] && return
  say "npm ci"
  (cd $page && npm ci --no-audit --no-fund)
}

test_page() {
  local report=$results/vitest.json
  say "The page: types, tests, build"
  rm -f "$report"
  (cd $page && attempt npm test -- --reporter=default --reporter=json --outputFile.json="$report") || status=1
  if [[ -f $report ]]; then
    # shellcheck disable=SC2046
    count $(node -p 'const r = require(process.argv[1]); [r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests].join(" ")' "$report")
  fi
  (cd $page && attempt npm run build) || status=1
}

has_own_browser() { node -e "process.exit(require('fs').existsSync(require('./$playwright').chromium.executablePath()) ? 0 : 1)"; }

root_on_debian() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; }

browser() {
  local name
  say "A browser"
  if [[ -n ${CHROMIUM:-} && $CHROMIUM != playwright ]]; then
    command -v "$CHROMIUM" >/dev/null || stop "CHROMIUM is $CHROMIUM, and there is no such program"
    echo "CHROMIUM: $CHROMIUM"
    return
  fi
  if [[ -z ${CHROMIUM:-} ]]; then
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
      if command -v $name; then return; fi
    done
  fi
  if has_own_browser; then
    echo "the one that Playwright installed"
  elif node $playwright/cli.js install chromium >"$results/playwright.log" 2>&1; then
    echo "installed Playwright's own"
    if root_on_debian; then node $playwright/cli.js install-deps chromium >>"$results/playwright.log" 2>&1; fi
  elif [[ -z ${CHROMIUM:-} ]] && root_on_debian; then
    echo "Playwright's own cannot be had here (TestResults/playwright.log): apt-get install chromium"
    { apt-get update -qq && apt-get install -y -qq chromium; } >"$results/apt.log" 2>&1 || { cat "$results/apt.log"; stop "no browser could be installed"; }
    command -v chromium || stop "apt-get installed no chromium"
  else
    cat "$results/playwright.log" >&2
    stop "no browser: install Chromium or Chrome, or set CHROMIUM to one"
  fi
}

# One test has Chromium meet Firefox. Where there is none and none can be had, it says that it was skipped.
firefox() {
  if [[ -n ${FIREFOX:-} ]] || command -v firefox || command -v firefox-esr; then return; fi
  if root_on_debian; then
    echo "apt-get install firefox-esr"
    { apt-get update -qq && apt-get install -y -qq firefox-esr; } >"$results/apt.log" 2>&1 || echo "no Firefox could be installed (TestResults/apt.log)"
  else
    echo "no Firefox: install one, or set FIREFOX to it, for the test in which it meets Chromium"
  fi
}

# The tests of TURN need a coturn. Where there is none and none can be had, they say that they were skipped.
coturn() {
  if command -v turnserver; then return; fi
  if root_on_debian; then
    echo "apt-get install coturn"
    { apt-get update -qq && apt-get install -y -qq coturn; } >"$results/apt-coturn.log" 2>&1 || echo "no coturn could be installed (TestResults/apt-coturn.log)"
  else
    echo "no turnserver: install coturn for the tests in which browsers talk by TURN alone"
  fi
}

# A failure may stand thousands of lines above the end of a run: the last screen repeats its name and the beginning of its words.
failures() { awk -v of="$1" '/^failed /{ lines = 20; print of ": " $0; next } /^[^ ]/{ lines = 0 } lines-- > 0 && !/^  from /'; }

# The tests of several servers need a Redis between them. Where there is none and none can be had, they say that they were skipped.
redis() {
  if command -v redis-server; then return; fi
  if root_on_debian; then
    echo "apt-get install redis-server"
    # Debian starts it on its own port as soon as it is installed: nobody needs that one.
    { apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq redis-server; } >"$results/apt-redis.log" 2>&1 || echo "no redis-server could be installed (TestResults/apt-redis.log): THE TESTS OF SEVERAL SERVERS ARE SKIPPED"
  else
    echo "no redis-server: install it for the tests of several servers, WHICH ARE SKIPPED WITHOUT IT"
  fi
}

# One project after the other: browsers and a thousand peers at the same time would only measure the machine.
test_project() { # PROJECT [LABEL [OPTION...]]
  local log=$results/$1${2:+-${2//[^a-zA-Z]/-}}.log arguments=(--no-build --no-ansi --output Detailed)
  if [[ -n $filter ]]; then arguments+=(--filter-method "*$filter*" --ignore-exit-code 8); fi # 8: no test of that name here
  arguments+=("${@:3}")
  say "$1${2:+ ($2)}"
  attempt dotnet test --project "$1" "${arguments[@]}" | tee "$log" | sed -u '/^  from .*(net10.0|.*)$/d' || status=1
  failures "$1${2:+ ($2)}" <"$log" >>"$results/failures.log"
  # shellcheck disable=SC2046
  count $(sed -nE 's/^ +(succeeded|failed|skipped): ([0-9]+)$/\1 \2/p' "$log" |
    awk '{ n[$1] = $2 } END { print n["succeeded"] + 0, n["failed"] + 0, n["skipped"] + 0 }')
}

rm -f "$results/failures.log"
trap summary EXIT
# Two tests run the load balancers of docs/scaling.md. Where they are not and cannot be had, they say that they were skipped.
balancers() {
  if PATH=$PATH:/usr/sbin command -v nginx && PATH=$PATH:/usr/sbin command -v haproxy; then return; fi
  if root_on_debian; then
    echo "apt-get install nginx haproxy"
    { apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq nginx haproxy; } >"$results/apt-balancers.log" 2>&1 || echo "no nginx and haproxy could be installed (TestResults/apt-balancers.log)"
  else
    echo "no nginx and haproxy: install them for the tests of docs/scaling.md"
  fi
}

prerequisites
rm -rf "$results/e2e" # what is in there afterwards is of this run
mkdir -p "$results"
node_modules

say "dotnet build"
dotnet build Signaling.sln --nologo -v minimal -clp:NoSummary
if [[ -z $filter ]]; then test_page; fi # after the build: the library is tried against the relay

redis
for project in $(grep -l 'Include="xunit.v3"' ./*/*.csproj | xargs -n1 dirname | xargs -n1 basename); do
  if [[ $project == Signaling.E2E ]]; then
    if [[ $e2e == no ]]; then continue; fi
    browser
    firefox
    coturn
    balancers
  fi
  if [[ $project == Signaling.Server.Tests && $(uname) == Linux ]]; then # what is true of one wire is true of the other
    for wire in socket stream; do SIGNALING_WIRE=$wire test_project "$project" "$wire wire"; done
    # As on other systems: all that is said on a connection once more, on Kestrel's transport.
    SIGNALING_WIRE=kestrel test_project "$project" "Kestrel's transport" \
      --filter-namespace Signaling.Server.Tests.Sockets --filter-namespace 'Signaling.Server.Tests.Protocols.*'
  else
    test_project "$project"
  fi
done
((status == 0 && failed == 0))
