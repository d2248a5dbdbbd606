package dev.redoubt.core;

import java.util.List;

/** What shows that a finding is true. */
public sealed interface Evidence {

  /** One line that says what this piece of evidence shows. */
  String caption();

  /**
   * A conversation, as it was sent and received.
   *
   * @param caption what it shows
   * @param attemptId id of the attempt on the tape, so that the exchange can be replayed
   * @param turns the messages in order
   */
  record Transcript(String caption, String attemptId, List<Turn> turns) implements Evidence {
    public Transcript {
      turns = List.copyOf(turns);
    }
  }

  /**
   * One message of a transcript.
   *
   * @param role who spoke: {@code system}, {@code user}, {@code assistant}, {@code tool}, or {@code
   *     document}
   * @param text what was said, untrusted
   */
  record Turn(String role, String text) {}

  /**
   * A piece of a file or text.
   *
   * @param caption what it shows
   * @param location where it lies
   * @param text the excerpt, untrusted
   */
  record Excerpt(String caption, Location location, String text) implements Evidence {}

  /**
   * A rate: successes in trials, with its interval.
   *
   * @param caption what was counted
   * @param successes number of successes
   * @param trials number of distinct trials with a verdict
   * @param interval confidence interval of the rate
   * @param seed seed of the run
   */
  record Rate(String caption, int successes, int trials, Interval interval, long seed)
      implements Evidence {
    public Rate {
      if (trials < 0 || successes < 0 || successes > trials) {
        throw new IllegalArgumentException("not a rate: " + successes + " of " + trials);
      }
    }
  }

  /**
   * A measured quantity.
   *
   * @param caption what was measured
   * @param value the value
   * @param unit its unit
   * @param interval its confidence interval
   * @param seed seed of the run
   */
  record Quantity(String caption, double value, String unit, Interval interval, long seed)
      implements Evidence {}

  /**
   * A series of points, such as the share of documents seen after each call.
   *
   * @param caption what it shows
   * @param xLabel what x counts
   * @param yLabel what y measures
   * @param points the points in order of x
   * @param seed seed of the run
   */
  record Curve(String caption, String xLabel, String yLabel, List<Point> points, long seed)
      implements Evidence {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /** A point of a curve. */
  record Point(double x, double y) {}

  /**
   * The digest of a thing that was looked at.
   *
   * @param caption what it is
   * @param algorithm such as {@code SHA-256}
   * @param hex the digest in lower-case hexadecimal
   */
  record Digest(String caption, String algorithm, String hex) implements Evidence {}

  /**
   * A picture.
   *
   * @param caption what it shows
   * @param mediaType such as {@code image/png}
   * @param base64 the bytes in base64
   */
  record Picture(String caption, String mediaType, String base64) implements Evidence {}
}
