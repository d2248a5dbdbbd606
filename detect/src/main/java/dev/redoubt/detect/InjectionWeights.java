package dev.redoubt.detect;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The weights of the first stage while they are learned. */
final class InjectionWeights {
  private static final int CHANNELS = 2;
  private static final int SCALES = InjectionWindows.SCALES.length;
  private static final float FIRST_SQUARE = 1e-4f;
  private static final double FIRST_BIAS = -2;

  private final int mask;

  /** What both channels share, then what each has of its own, then what tells the channels. */
  private final float[][] values;

  private final float[][] squares;
  private final float[][] summed;
  private final double[][] bias = new double[InjectionModel.HEADS][SCALES];
  private final double[][] biasSquares = new double[InjectionModel.HEADS][SCALES];
  private int sums;

  InjectionWeights(int bits) {
    int size = 1 << bits;
    mask = size - 1;
    values = new float[InjectionModel.HEADS + 1][size];
    squares = new float[InjectionModel.HEADS + 1][size];
    summed = new float[InjectionModel.HEADS + 1][size];
    for (float[] square : squares) {
      Arrays.fill(square, FIRST_SQUARE);
    }
    for (int head = 0; head < CHANNELS; head++) {
      Arrays.fill(bias[head], FIRST_BIAS);
    }
    for (double[] square : biasSquares) {
      Arrays.fill(square, 1);
    }
  }

  double[] sums(InjectionFeatures f, int head) {
    double[] sums = new double[f.segments() + 1];
    for (int s = 0; s < f.segments(); s++) {
      double sum = 0;
      for (int i = f.first(s); i < f.first(s + 1); i++) {
        sum += value(f.hashes()[i] & mask, head);
      }
      sums[s + 1] = sums[s] + sum;
    }
    return sums;
  }

  private float value(int at, int head) {
    float own = values[head + 1][at];
    return head < CHANNELS ? values[0][at] + own : own;
  }

  double logit(InjectionFeatures f, double[] sums, InjectionWindows.Window w, int head) {
    int n = f.first(w.to()) - f.first(w.from());
    return bias[head][w.scale()] + (sums[w.to()] - sums[w.from()]) * InjectionModel.unit(n);
  }

  /** One step of gradient descent on one window, of which only some features are seen. */
  void step(
      InjectionFeatures f,
      InjectionWindows.Window w,
      boolean attack,
      int head,
      float weight,
      double rate,
      InjectionSettings settings,
      SplittableRandom random) {
    long salt = random.nextLong();
    int keep = (int) (settings.keep() * 1_024);
    int[] hashes = f.hashes();
    int from = f.first(w.from());
    int to = f.first(w.to());
    double sum = 0;
    int n = 0;
    for (int i = from; i < to; i++) {
      if (kept(hashes[i], salt, keep)) {
        sum += value(hashes[i] & mask, head);
        n++;
      }
    }
    double z = bias[head][w.scale()] + sum * InjectionModel.unit(n);
    double error = (InjectionCalibration.odds(z) - (attack ? 1 : 0)) * weight;
    float gradient = (float) (error * InjectionModel.unit(n));
    float step = (float) rate;
    float decay = (float) settings.decay();
    for (int i = from; i < to; i++) {
      if (kept(hashes[i], salt, keep)) {
        int at = hashes[i] & mask;
        if (head < CHANNELS) {
          descend(0, at, gradient, step, decay);
        }
        descend(head + 1, at, gradient, step, decay);
      }
    }
    biasSquares[head][w.scale()] += error * error;
    bias[head][w.scale()] -= rate * error / Math.sqrt(biasSquares[head][w.scale()]);
  }

  private void descend(int table, int at, float gradient, float step, float decay) {
    squares[table][at] += gradient * gradient;
    values[table][at] -=
        step * (gradient + decay * values[table][at]) / (float) Math.sqrt(squares[table][at]);
  }

  private static boolean kept(int hash, long salt, int keep) {
    long mixed = (hash ^ salt) * 0x9E3779B97F4A7C15L;
    return (mixed >>> 54) < keep;
  }

  /** Counts the weights as they stand into their average. */
  void sumUp() {
    sums++;
    for (int t = 0; t < values.length; t++) {
      for (int i = 0; i < values[t].length; i++) {
        summed[t][i] += values[t][i];
      }
    }
  }

  /** Puts the average in the place of the weights. */
  void average() {
    for (int t = 0; sums > 0 && t < values.length; t++) {
      for (int i = 0; i < values[t].length; i++) {
        values[t][i] = summed[t][i] / sums;
      }
    }
  }

  /** The weights of each head, what is shared included. */
  float[][] heads() {
    float[][] heads = new float[InjectionModel.HEADS][mask + 1];
    for (int head = 0; head < heads.length; head++) {
      for (int i = 0; i <= mask; i++) {
        heads[head][i] = value(i, head);
      }
    }
    return heads;
  }

  double[][] bias() {
    return bias;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(sums);
    for (float[][] tables : new float[][][] {values, squares, summed}) {
      for (float[] table : tables) {
        for (float v : table) {
          out.writeFloat(v);
        }
      }
    }
    for (double[][] tables : new double[][][] {bias, biasSquares}) {
      for (double[] table : tables) {
        for (double v : table) {
          out.writeDouble(v);
        }
      }
    }
  }

  void read(DataInputStream in) throws IOException {
    sums = in.readInt();
    for (float[][] tables : new float[][][] {values, squares, summed}) {
      for (float[] table : tables) {
        for (int i = 0; i < table.length; i++) {
          table[i] = in.readFloat();
        }
      }
    }
    for (double[][] tables : new double[][][] {bias, biasSquares}) {
      for (double[] table : tables) {
        for (int i = 0; i < table.length; i++) {
          table[i] = in.readDouble();
        }
      }
    }
  }
}
