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
 * @param benign for each channel the calibrated log-odds below which the first stage decides:
 *     harmless
 * @param attack above this the first stage decides: an attack
 * @param firstWeight what the first stage counts where the second has looked
 * @param secondWeight what the log-odds of the second count
 * @param both sum of the two at which the threshold lies
 */
record InjectionCalibration(
    double[] centre,
    double[] spread,
    double alone,
    double[] benign,
    double attack,
    double firstWeight,
    double secondWeight,
    double both) {
  static final InjectionCalibration NONE =
      new InjectionCalibration(
          new double[2], new double[] {1, 1}, 0, new double[] {-1, -1}, 1_000, 0.5, 1, 0);

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

  /** Below this the first stage is certain, of a text that is a document with a probability. */
  double gate(double documentShare) {
    return documentShare * benign[1] + (1 - documentShare) * benign[0];
  }

  /** The score of what the first stage is certain is harmless. */
  double scoreBenign(double first, double gate) {
    return CERTAIN * Math.exp(Math.min(0, first - gate));
  }

  /** The score of a window that both have seen. */
  double scoreBoth(double first, double second) {
    return above(firstWeight * first + secondWeight * logOdds(second) - both);
  }

  static double logOdds(double probability) {
    double p = Math.max(1e-6, Math.min(1 - 1e-6, probability));
    return Math.log(p / (1 - p));
  }

  /** The same with other weights of the two stages, the second counting once. */
  InjectionCalibration with(double first, double sum) {
    // Where no harmless text reaches both stages any attack of even odds counts.
    double threshold = Double.isInfinite(sum) ? 0 : sum;
    return new InjectionCalibration(centre, spread, alone, benign, attack, first, 1, threshold);
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
    double[] benign = {in.readDouble(), in.readDouble()};
    return new InjectionCalibration(
        centre,
        spread,
        in.readDouble(),
        benign,
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }

  void write(DataOutputStream out) throws IOException {
    for (double[] pair : new double[][] {centre, spread, benign}) {
      out.writeDouble(pair[0]);
      out.writeDouble(pair[1]);
    }
    for (double v : new double[] {alone, attack, firstWeight, secondWeight, both}) {
      out.writeDouble(v);
    }
  }
}
