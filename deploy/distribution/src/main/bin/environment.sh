# Sourced by the starters beside it: where the distribution lies, which Java runs it, with which flags.
XWASM_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ -n "${JAVA_HOME:-}" ]; then
  java="$JAVA_HOME/bin/java"
else
  java=java
fi
jvm_flags=(@jvm.flags@)

# server MAIN ARGUMENTS: a process of the fleet.
server() {
  local main=$1
  shift
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
