package dev.redoubt.inspect.artifact;

import java.time.Duration;

/**
 * How much a run may take, over all its files together.
 *
 * @param unpackedBytes bytes that come out of compressed members
 * @param ratio unpacked bytes for each packed byte of a member, from the first {@link
 *     Budget#RATIO_FROM} unpacked bytes on
 * @param depth nesting of members in members
 * @param entries members of archives
 * @param time how long the run may take
 * @param memory bytes that one reader may hold at a time
 */
public record Limits(
    long unpackedBytes, int ratio, int depth, long entries, Duration time, int memory) {
  /** 256 GiB, 1:2000, eight levels, five million members, one day, 32 MiB. */
  public static final Limits DEFAULT =
      new Limits(256L << 30, 2000, 8, 5_000_000, Duration.ofDays(1), 32 << 20);

  public Limits {
    if (unpackedBytes < 1 || ratio < 1 || depth < 1 || entries < 1 || memory < 1) {
      throw new IllegalArgumentException("limits start at 1");
    }
  }
}
