# Sourced by the starters beside it: where the distribution lies, which Java runs it, with which flags.
XWASM_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ -n "${JAVA_HOME:-}" ]; then
  java="$JAVA_HOME/bin/java"
else
  java=java
fi
jvm_flags=(@jvm.flags@)

# An older Java would complain of the flags, which tells a person nothing. Its release file is read
# because asking the JVM itself takes as long as a command.
home=$(dirname "$(dirname "$(readlink -f "$(command -v "$java" || true)")")")
release=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true)
if [ "${release:-0}" -lt 25 ]; then
  printf 'xwasm: Java 25 is needed, and %s is %s; set JAVA_HOME to a JDK 25.\n' \
    "$java" "${release:+Java }${release:-not one}" >&2
  exit 1
fi

# server NAME MAIN ARGUMENTS: a process of the fleet, from its start-up cache if there is one.
server() {
  local cache=$XWASM_HOME/aot/$1.aot main=$2
  shift 2
  if [ -r "$cache" ]; then
    jvm_flags+=("-XX:AOTCache=$cache" -Xlog:aot=off -Xlog:cds=off)
  fi
  # shellcheck disable=SC2086
  exec "$java" "${jvm_flags[@]}" ${XWASM_JAVA_OPTS:-} \
    -Dlogback.configurationFile="$XWASM_HOME/conf/logback.xml" -cp "$XWASM_HOME/lib/*" "$main" "$@"
}

# tool FLAGS -- MAIN ARGUMENTS: something that a person starts.
tool() {
  local flags=()
  while [ "$1" != -- ]; do
    flags+=("$1")
    shift
  done
  shift
  # shellcheck disable=SC2086
  exec "$java" "${jvm_flags[@]}" "${flags[@]}" ${XWASM_JAVA_OPTS:-} -Dxwasm.home="$XWASM_HOME" \
    -Dlogback.configurationFile="$XWASM_HOME/conf/logback-tools.xml" -cp "$XWASM_HOME/lib/*" "$@"
}
