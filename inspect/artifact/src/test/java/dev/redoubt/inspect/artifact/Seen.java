package dev.redoubt.inspect.artifact;

import java.time.Duration;
import java.util.stream.Stream;

/** What the readers say of bytes, for tests. */
record Seen(Verdict verdict, String format, String all) {
  private static final Limits LIMITS =
      new Limits(4L << 30, 2000, 8, 100_000, Duration.ofMinutes(2), 32 << 20);

  static Seen in(String name, byte[] bytes) {
    return in(name, bytes, LIMITS);
  }

  static Seen in(String name, byte[] bytes, Limits limits) {
    var collector = new Collector(new Budget(limits), name);
    collector.collect(ByteSource.of(bytes));
    var text = new StringBuilder();
    Stream.concat(
            collector.observations().stream(),
            collector.members().list.stream().flatMap(m -> m.observations().stream()))
        .forEach(o ->
            text.append(o.verdict().word())
                .append(' ')
                .append(o.rule())
                .append(' ')
                .append(o.what())
                .append('\n'));
    collector.members().list.forEach(m -> text.append("member ").append(m.path()).append('\n'));
    return new Seen(
        collector.verdict().worst(collector.members().worst), collector.format(), text.toString());
  }
}
