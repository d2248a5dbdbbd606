package dev.redoubt.detect;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What turns sums of weights into one score of 0 to 1 for all channels, at which 0.5 is the shipped
 * threshold.
 *
 * @param user scale of what users type
 * @param document scale of what comes from elsewhere
 * @param alone calibrated log-odds of the threshold where the first stage is alone
 * @param attack above this the first stage decides: an attack
 * @param firstWeight what the first stage counts where the second has looked
 * @param secondWeight what the log-odds of the second count
 * @param both sum of the two at which the threshold lies
 */
record InjectionCalibration(
    Scale user,
    Scale document,
    double alone,
    double attack,
    double firstWeight,
    double secondWeight,
    double both) {
  /**
   * The scale of a channel.
   *
   * @param centre the log-odds that one in a hundred harmless texts reach
   * @param spread by how much calibrated log-odds are smaller
   * @param gate calibrated log-odds below which the first stage decides: harmless
   */
  record Scale(double centre, double spread, double gate) {
    static final Scale NONE = new Scale(0, 1, -1);

    double calibrated(double logit) {
      return (logit - centre) / spread;
    }

    static Scale read(DataInputStream in) throws IOException {
      return new Scale(in.readDouble(), in.readDouble(), in.readDouble());
    }

    void write(DataOutputStream out) throws IOException {
      out.writeDouble(centre);
      out.writeDouble(spread);
      out.writeDouble(gate);
    }
  }

  /** So far no text is an attack for certain: the second stage sees all that are suspect. */
  static final double NEVER = 1_000;

  static final InjectionCalibration NONE =
      new InjectionCalibration(Scale.NONE, Scale.NONE, 0, NEVER, 0.5, 1, 0);

  /** Up to here reach the scores of what the first stage alone finds harmless. */
  static final double CERTAIN = 0.2;

  /** Makes one half of the log-odds of nought where scores begin at {@link #CERTAIN}. */
  private static final double BEND = Math.log((0.5 - CERTAIN) / (1 - CERTAIN)) / Math.log(0.5);

  private static final double SMALLEST = 1e-6;

  Scale scale(InjectionChannel channel) {
    return switch (channel) {
      case USER -> user;
      case DOCUMENT -> document;
    };
  }

  /** Below this the first stage is certain, of a text that is a document with a probability. */
  double gate(double documentShare) {
    return documentShare * document.gate + (1 - documentShare) * user.gate;
  }

  /** The score where there is no second stage. */
  double scoreAlone(double first) {
    return odds(first - alone);
  }

  /** The score of what the first stage is certain is harmless. */
  static double scoreBenign(double first, double gate) {
    return CERTAIN * Math.exp(Math.min(0, first - gate));
  }

  /** The score of a window that both have seen. */
  double scoreBoth(double first, double second) {
    return above(firstWeight * first + secondWeight * logOdds(second) - both);
  }

  static double logOdds(double probability) {
    double p = Math.max(SMALLEST, Math.min(1 - SMALLEST, probability));
    return Math.log(p / (1 - p));
  }

  /** The same with other weights of the two stages, the second counting once. */
  InjectionCalibration with(double first, double sum) {
    // Where no harmless text reaches both stages any attack of even odds counts.
    double threshold = Double.isInfinite(sum) ? 0 : sum;
    return new InjectionCalibration(user, document, alone, attack, first, 1, threshold);
  }

  /** The score of a window that the second should have seen and did not. */
  double scoreStrict(double first) {
    return above(first - alone);
  }

  private static double above(double logit) {
    return CERTAIN + (1 - CERTAIN) * Math.pow(odds(logit), BEND);
  }

  static double odds(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  static InjectionCalibration read(DataInputStream in) throws IOException {
    return new InjectionCalibration(
        Scale.read(in),
        Scale.read(in),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }

  void write(DataOutputStream out) throws IOException {
    user.write(out);
    document.write(out);
    for (double v : new double[] {alone, attack, firstWeight, secondWeight, both}) {
      out.writeDouble(v);
    }
  }
}
