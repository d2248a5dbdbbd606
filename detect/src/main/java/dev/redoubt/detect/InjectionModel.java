package dev.redoubt.detect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What the first stage has learned: three tables of weights of one byte each, and what makes their
 * sums comparable.
 *
 * @since 0.1.0
 */
public final class InjectionModel {
  private static final int MAGIC = 0x52444931;
  private static final int LARGEST = 32 << 20;
  private static final String SHIPPED = "injection-first-stage.bin";

  /** The tables: what attacks users type, what attacks documents hold, what reads like one. */
  static final int HEADS = 3;

  /** Index of the table of a channel. */
  static int head(InjectionChannel channel) {
    return switch (channel) {
      case USER -> 0;
      case DOCUMENT -> 1;
    };
  }

  /** Index of the table that tells documents from what users type. */
  static final int KIND = 2;

  private static final double GAIN = 4;
  private static final int SPARE = 20;

  private final int bits;
  private final byte[][] weights;
  private final float[] steps;
  private final float[][] bias;
  private final InjectionCalibration calibration;
  private final String digest;

  InjectionModel(
      int bits,
      byte[][] weights,
      float[] steps,
      float[][] bias,
      InjectionCalibration calibration,
      String digest) {
    this.bits = bits;
    this.weights = weights;
    this.steps = steps;
    this.bias = bias;
    this.calibration = calibration;
    this.digest = digest;
  }

  /**
   * The one that is shipped.
   *
   * @throws IllegalStateException where its file is missing or damaged
   */
  public static InjectionModel shipped() {
    return Shipped.MODEL;
  }

  private static final class Shipped {
    static final InjectionModel MODEL = load();

    private static InjectionModel load() {
      try (InputStream in = InjectionModel.class.getResourceAsStream(SHIPPED)) {
        if (in == null) {
          throw new IllegalStateException(
              "the injection classifier's weights, " + SHIPPED + ", are missing from the jar");
        }
        return read(in);
      } catch (IOException e) {
        throw new IllegalStateException(
            "the injection classifier's weights, " + SHIPPED + ", are damaged: " + e.getMessage(),
            e);
      }
    }
  }

  /**
   * Reads a model that {@link #write} wrote.
   *
   * @throws IOException where it is none, or larger than a model can be
   */
  public static InjectionModel read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new IOException("larger than " + (LARGEST >> 20) + " MiB");
    }
    try (var data = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      if (data.readInt() != MAGIC) {
        throw new IOException("not a model of the injection classifier's first stage");
      }
      int bits = data.readInt();
      int scales = data.readInt();
      if (bits < 8 || bits > 22 || scales != InjectionWindows.SCALES.length) {
        throw new IOException("made for another version of the first stage; train it again");
      }
      float[] steps = new float[HEADS];
      float[][] bias = new float[HEADS][scales];
      byte[][] weights = new byte[HEADS][1 << bits];
      for (int head = 0; head < HEADS; head++) {
        steps[head] = data.readFloat();
        for (int s = 0; s < scales; s++) {
          bias[head][s] = data.readFloat();
        }
        data.readFully(weights[head]);
      }
      return new InjectionModel(
          bits, weights, steps, bias, InjectionCalibration.read(data), digest(bytes));
    }
  }

  /** Its bytes; the same model gives the same ones. */
  public byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (var data = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
      data.writeInt(MAGIC);
      data.writeInt(bits);
      data.writeInt(InjectionWindows.SCALES.length);
      for (int head = 0; head < HEADS; head++) {
        data.writeFloat(steps[head]);
        for (float b : bias[head]) {
          data.writeFloat(b);
        }
        data.write(weights[head]);
      }
      calibration.write(data);
    } catch (IOException e) {
      throw new IllegalStateException("an array can't refuse to be written", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /** The same weights with another calibration. */
  InjectionModel with(InjectionCalibration other) {
    InjectionModel draft = new InjectionModel(bits, weights, steps, bias, other, "");
    return new InjectionModel(bits, weights, steps, bias, other, digest(draft.write()));
  }

  /** A short digest of the model's bytes, to tell models apart. */
  public String digest() {
    return digest;
  }

  InjectionCalibration calibration() {
    return calibration;
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sum, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The weight of each feature of a window that has so many. */
  static double unit(int features) {
    return GAIN / Math.sqrt(features + SPARE);
  }

  /** Sums of the weights of all segments before each. */
  long[] sums(InjectionFeatures text, int head) {
    byte[] table = weights[head];
    int mask = table.length - 1;
    int[] hashes = text.hashes();
    long[] sums = new long[text.segments() + 1];
    for (int s = 0; s < text.segments(); s++) {
      int sum = 0;
      int end = text.first(s + 1);
      for (int i = text.first(s); i < end; i++) {
        sum += table[hashes[i] & mask];
      }
      sums[s + 1] = sums[s] + sum;
    }
    return sums;
  }

  /** The log-odds of a window, not yet calibrated. */
  double logit(InjectionFeatures text, long[] sums, int from, int to, int scale, int head) {
    int n = text.first(to) - text.first(from);
    return bias[head][scale] + steps[head] * (sums[to] - sums[from]) * unit(n);
  }

  /** Makes a model of trained weights: each table in steps of its own. */
  static InjectionModel quantised(
      int bits, float[][] trained, double[][] bias, InjectionCalibration calibration) {
    byte[][] weights = new byte[HEADS][];
    float[] steps = new float[HEADS];
    float[][] plain = new float[HEADS][InjectionWindows.SCALES.length];
    for (int head = 0; head < HEADS; head++) {
      steps[head] = largest(trained[head]) / 127;
      weights[head] = new byte[trained[head].length];
      for (int i = 0; i < weights[head].length; i++) {
        int rounded = Math.round(trained[head][i] / steps[head]);
        weights[head][i] = (byte) Math.max(-127, Math.min(127, rounded));
      }
      for (int s = 0; s < plain[head].length; s++) {
        plain[head][s] = (float) bias[head][s];
      }
    }
    return new InjectionModel(bits, weights, steps, plain, calibration, "").with(calibration);
  }

  /** All but one in ten thousand weights lie within; the rest is cut off. */
  private static float largest(float[] weights) {
    float[] sizes = new float[weights.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(weights[i]);
    }
    Arrays.sort(sizes);
    return Math.max(1e-6f, sizes[(int) (sizes.length * 0.9999)]);
  }

  @Override
  public String toString() {
    return "injection first stage " + digest;
  }
}
