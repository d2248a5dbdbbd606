package dev.redoubt.detect;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What turns sums of weights into one score of 0 to 1 for all channels, at which 0.5 is the shipped
 * threshold.
 *
 * @param centre for each channel the log-odds that one in a hundred harmless texts reach
 * @param spread for each channel how far that lies above what one in ten reach
 * @param alone calibrated log-odds of the threshold where the first stage is alone
 * @param benign below this the first stage decides: harmless
 * @param attack above this the first stage decides: an attack
 * @param firstWeight what the first stage counts where the second has looked
 * @param secondWeight what the log-odds of the second count
 * @param both sum of the two at which the threshold lies
 */
record InjectionCalibration(
    double[] centre,
    double[] spread,
    double alone,
    double benign,
    double attack,
    double firstWeight,
    double secondWeight,
    double both) {
  static final InjectionCalibration NONE =
      new InjectionCalibration(
          new double[2], new double[] {1, 1}, 0, -1, 1_000, 0.5, 1, 0);

  /** Up to here reach the scores of what the first stage alone finds harmless. */
  static final double CERTAIN = 0.2;

  /** Makes one half of the log-odds of nought where scores begin at {@link #CERTAIN}. */
  private static final double BEND = Math.log((0.5 - CERTAIN) / (1 - CERTAIN)) / Math.log(0.5);

  double calibrated(double logit, InjectionChannel channel) {
    int c = channel.ordinal();
    return (logit - centre[c]) / spread[c];
  }

  /** The score where there is no second stage. */
  double scoreAlone(double first) {
    return odds(first - alone);
  }

  /** The score of what the first stage is certain is harmless. */
  double scoreBenign(double first) {
    return CERTAIN * Math.exp(Math.min(0, first - benign));
  }

  /** The score of a window that both have seen. */
  double scoreBoth(double first, double second) {
    double p = Math.max(1e-6, Math.min(1 - 1e-6, second));
    double sum = firstWeight * first + secondWeight * Math.log(p / (1 - p));
    return above(sum - both);
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
    double[] centre = {in.readDouble(), in.readDouble()};
    double[] spread = {in.readDouble(), in.readDouble()};
    return new InjectionCalibration(
        centre,
        spread,
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }

  void write(DataOutputStream out) throws IOException {
    for (double v : new double[] {centre[0], centre[1], spread[0], spread[1]}) {
      out.writeDouble(v);
    }
    for (double v : new double[] {alone, benign, attack, firstWeight, secondWeight, both}) {
      out.writeDouble(v);
    }
  }
}
