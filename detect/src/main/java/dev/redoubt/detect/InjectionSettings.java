package dev.redoubt.detect;

/**
 * How the first stage is trained.
 *
 * @param bits binary logarithm of the number of weights of a head
 * @param epochs how often each example is seen
 * @param rate first step length
 * @param decay pull of weights towards nought
 * @param balance power by which the examples of large groups count less, 0 to 1
 * @param attackWeight how much attacks count against harmless texts
 * @param away how much an example counts for the channel that it does not come from
 * @param cleanWeight how much the clean windows of an attacked document count
 * @param keep share of a window's features that a step sees; the rest is dropped by chance
 * @param seed of the order of examples
 */
record InjectionSettings(
    int bits,
    int epochs,
    double rate,
    double decay,
    double balance,
    double attackWeight,
    double away,
    float cleanWeight,
    double keep,
    long seed) {
  /** Of harmless texts so many are taken for attacks. */
  double alarms() {
    return 0.006;
  }

  /** The same of those that are made to look like attacks. */
  double trapAlarms() {
    return 0.04;
  }

  static final InjectionSettings SHIPPED =
      new InjectionSettings(21, 3, 0.02, 0.3, 0.3, 1, 0.5, 0.5f, 0.3, 7);
}
