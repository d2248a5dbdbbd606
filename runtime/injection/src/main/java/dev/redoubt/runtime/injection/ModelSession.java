package dev.redoubt.runtime.injection;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The network in ONNX Runtime: token ids in, a probability for each row out. */
final class ModelSession {
  private static final String INPUT = "ids";

  private final OrtEnvironment environment;
  private final OrtSession session;
  // A process that ends in the middle of an inference can crash: those who score hold the read
  // side, and the end of the process waits for the write side.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private ModelSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  static ModelSession open(byte[] model) {
    try {
      var environment = OrtEnvironment.getEnvironment();
      try (var options = new OrtSession.SessionOptions()) {
        // Many callers share the cores: each inference takes one.
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        var opened = new ModelSession(environment, environment.createSession(model, options));
        Runtime.getRuntime()
            .addShutdownHook(new Thread(opened::release, "injection-second-stage-close"));
        return opened;
      }
    } catch (OrtException e) {
      throw new InjectionModelException(
          "The injection model can't be loaded: " + e.getMessage(), e);
    }
  }

  /** One probability a row; shorter rows are padded to the longest. */
  float[] run(List<int[]> rows) {
    int width = rows.stream().mapToInt(row -> row.length).max().orElse(1);
    var ids = new long[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      var given = rows.get(row);
      for (int i = 0; i < width; i++) {
        ids[row * width + i] = i < given.length ? given[i] : Unigram.PAD;
      }
    }
    lock.readLock().lock();
    try {
      if (closed) {
        throw new InjectionModelException("The injection model is closed: the process is ending");
      }
      long[] shape = {rows.size(), width};
      try (var tensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
          var result = session.run(Map.of(INPUT, tensor))) {
        if (!(result.get(0) instanceof OnnxTensor scores)) {
          throw new InjectionModelException("The injection model gives no tensor");
        }
        return finite(scores.getFloatBuffer().duplicate(), rows.size());
      }
    } catch (OrtException e) {
      throw new InjectionModelException("The injection model failed: " + e.getMessage(), e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private static float[] finite(FloatBuffer values, int count) {
    var scores = new float[count];
    values.get(scores);
    for (float score : scores) {
      // Not a number would pass every threshold as clean.
      if (!(score >= 0 && score <= 1)) {
        throw new InjectionModelException("The injection model gave the score " + score);
      }
    }
    return scores;
  }

  private void release() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new InjectionModelException("The injection model can't be closed", e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
