# Sourced by ./redoubt bench NAME: side-by-side measurements, each printed as a table, exit 1 when a row is missed.
# home, maven, build, needs_build, common and fail come from the launcher.

name=${1:-}
[ $# -gt 0 ] && shift
case $name in
  startup) class=StartupBench ;;
  campaign) class=CampaignBench ;;
  gateway) class=GatewayBench ;;
  tape) class=TapeBench ;;
  coverage) class=CoverageBench ;;
  agentdojo) class=AgentDojoBench ;;
  rivals) class=RivalsBench ;;
  disguises) class=DisguisesBench ;;
  techniques) class=TechniquesBench ;;
  *) printf 'usage: ./redoubt bench startup|campaign|gateway|tape|coverage|agentdojo|rivals|disguises|techniques
' >&2; exit 2 ;;
esac

if needs_build; then build; fi
stamp=$home/bench/target/lib/stamp
if [ ! -f "$stamp" ] || [ -n "$(find "$dist/stamp" "$home/bench/src" "$home/bench/pom.xml" "$home/testkit/src/main" -type f -newer "$stamp" -print -quit)" ]; then
  maven -q -Pquick -pl bench -am package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$home/bench/target/lib" \
    >"$home/target/bench-build.log" 2>&1 || fail "the build of bench failed: see target/bench-build.log"
  : >"$stamp"
fi
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" $common ${REDOUBT_BENCH_FLAGS:-} -Dredoubt.home="$home" -cp "$(ls "$home"/bench/target/redoubt-bench-*.jar):$home/bench/target/lib/*" "dev.redoubt.bench.$class" "$@"
