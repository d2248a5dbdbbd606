package dev.redoubt.bench;

/** Binomial probabilities, in logarithms on the way. */
final class Binomials {
  private static final int MOST = 2_000;
  private static final double[] LOG_FACTORIAL = new double[MOST + 1];

  static {
    for (int i = 2; i <= MOST; i++) {
      LOG_FACTORIAL[i] = LOG_FACTORIAL[i - 1] + Math.log(i);
    }
  }

  private Binomials() {}

  static double logFactorial(int n) {
    return LOG_FACTORIAL[n];
  }

  /** Probabilities of 0 to n successes. */
  static double[] all(int n, double p) {
    var probabilities = new double[n + 1];
    for (int k = 0; k <= n; k++) {
      probabilities[k] =
          Math.exp(
              logFactorial(n)
                  - logFactorial(k)
                  - logFactorial(n - k)
                  + timesLog(k, p)
                  + timesLog(n - k, 1 - p));
    }
    return probabilities;
  }

  /** k * log p, which is 0 for none of the impossible. */
  static double timesLog(int k, double p) {
    return k == 0 ? 0 : k * Math.log(p);
  }
}
