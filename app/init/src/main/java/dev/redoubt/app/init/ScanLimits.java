package dev.redoubt.app.init;

import java.time.Duration;

/**
 * How much of a repository is looked at.
 *
 * @param files most files that are read
 * @param entries most entries of folders that are looked at
 * @param fileBytes most bytes of a file; a larger one is left out
 * @param totalBytes most bytes of all files
 * @param depth deepest folder
 * @param sightings most sightings of a kind
 * @param time longest time
 * @since 0.1.0
 */
public record ScanLimits(
    int files,
    int entries,
    int fileBytes,
    long totalBytes,
    int depth,
    int sightings,
    Duration time) {
  /** What fits a large repository and takes seconds. */
  public static final ScanLimits STANDARD =
      new ScanLimits(20_000, 200_000, 1 << 20, 256L << 20, 24, 200, Duration.ofSeconds(60));
}
