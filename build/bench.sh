# Sourced by ./redoubt bench NAME: side-by-side measurements, each printed as a table, exit 1 when a row is missed.
# home, maven, build, needs_build, common and fail come from the launcher.

name=${1:-}
[ $# -gt 0 ] && shift
# A benchmark is a class: PersonalDataBench is called personal-data.
class=''
names=''
for file in "$home"/bench/src/main/java/dev/redoubt/bench/*Bench.java; do
  found=$(basename "$file" Bench.java)
  dashed=$(printf '%s' "$found" | sed 's/AgentDojo/Agentdojo/; s/\([a-z]\)\([A-Z]\)/\1-\2/g' | tr '[:upper:]' '[:lower:]')
  names=$names${names:+|}$dashed
  [ "$dashed" = "$name" ] && class=${found}Bench
done
[ -n "$class" ] || { printf 'usage: ./redoubt bench %s\n' "$names" >&2; exit 2; }

if needs_build; then build; fi
stamp=$home/bench/target/lib/stamp
if [ ! -f "$stamp" ] || [ -n "$(find "$dist/stamp" "$home/bench/src" "$home/bench/pom.xml" "$home/testkit/src/main" -type f -newer "$stamp" -print -quit)" ]; then
  maven -q -Pquick -pl bench -am package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$home/bench/target/lib" \
    >"$home/target/bench-build.log" 2>&1 || fail "the build of bench failed: see target/bench-build.log"
  : >"$stamp"
fi
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" $common ${REDOUBT_BENCH_FLAGS:-} -Dredoubt.home="$home" -cp "$(ls "$home"/bench/target/redoubt-bench-*.jar):$home/bench/target/lib/*" "dev.redoubt.bench.$class" "$@"
