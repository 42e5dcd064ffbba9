#!/usr/bin/env bash
# A real HAPI FHIR R4 JPA server on 127.0.0.1, in memory: it forgets everything when it stops.
#   run.sh start [port]    fetches and compiles on first use (about 330 MB from Maven Central); returns once it answers
#   run.sh stop [port]
#   run.sh status [port]   exit code 0 running, 3 stopped
# Needs a JDK 17 or later and Maven 3.8 or later. Jars, class files, pid and log live in ./state (HAPI_STATE).
# HAPI_PORT (18080) is the port when none is given, HAPI_HEAP (1g) the largest heap.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=${HAPI_STATE:-$here/state}
port=${2:-${HAPI_PORT:-18080}}
base=http://127.0.0.1:$port/fhir
pid_file=$state/server-$port.pid
log=$state/server-$port.log

running() { [ -f "$pid_file" ] && kill -0 "$(cat "$pid_file")" 2>/dev/null; }

# Jars and classes are made again when the pom or the class has changed.
prepare() {
  local stamp
  stamp=$state/built-$(cat "$here/pom.xml" "$here/HapiServer.java" | cksum | cut -d' ' -f1)
  [ -f "$stamp" ] && return
  rm -rf "${state:?}/lib" "$state/classes" "$state"/built-* "$state/classes.jsa"
  mkdir -p "$state/lib" "$state/classes"
  mvn --batch-mode --quiet --file "$here/pom.xml" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$state/lib"
  javac -nowarn -proc:none -d "$state/classes" -cp "$state/lib/*" "$here/HapiServer.java"
  jar --create --file "$state/lib/hapi-test-server.jar" -C "$state/classes" .
  touch "$stamp"
}

start() {
  if running; then echo "already running: $base"; return; fi
  mkdir -p "$state"
  prepare
  # The first clean stop writes a class-data archive; every later start reads it and takes half the time.
  local archive=(-XX:ArchiveClassesAtExit="$state/classes.jsa")
  [ -f "$state/classes.jsa" ] && archive=(-XX:SharedArchiveFile="$state/classes.jsa")
  rm -f "$log"
  local class_path
  class_path=$(find "$state/lib" -name '*.jar' | sort | paste -sd: -)
  nohup java -Xmx"${HAPI_HEAP:-1g}" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto "${archive[@]}" \
    -Dlogback.configurationFile="$here/logback.xml" -cp "$class_path" HapiServer "$port" \
    >"$log" 2>&1 </dev/null &
  echo $! >"$pid_file"
  for _ in $(seq 1 600); do
    if grep -qs '^READY ' "$log"; then echo "ready: $base"; return; fi
    if ! running; then
      echo "the server ended; the last lines of $log:" >&2
      tail -n 20 "$log" >&2
      rm -f "$pid_file"
      return 1
    fi
    sleep 0.5
  done
  echo "no answer within 300 s; see $log" >&2
  return 1
}

stop() {
  running || { rm -f "$pid_file"; return; }
  local pid
  pid=$(cat "$pid_file")
  kill "$pid"
  for _ in $(seq 1 120); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
  done
  rm -f "$pid_file"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  status) if running; then echo "running: $base"; else echo "stopped"; exit 3; fi ;;
  *) echo "usage: $0 start|stop|status [port]" >&2; exit 2 ;;
esac
