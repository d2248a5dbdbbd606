package dev.redoubt.runtime.injection;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.InjectionChannel;
import dev.redoubt.detect.InjectionSecondStage;
import dev.redoubt.detect.InjectionWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores windows with the trained transformer.
 *
 * <p>The model is loaded by the first call of {@link #score}, so that whoever never needs it pays
 * nothing. A window of more than {@value #MOST_TOKENS} tokens is never cut off: it is scored in
 * parts that overlap, and the worst part counts. Of the system prompt the first {@value
 * #MOST_SYSTEM} tokens are seen.
 *
 * @since 0.1.0
 */
@AutoService(InjectionSecondStage.class)
public final class InjectionTransformer implements InjectionSecondStage {
  static final int MOST_TOKENS = 128;
  static final int MOST_SYSTEM = 32;
  private static final int STEP = 96;
  // Enough for the tokens above in any script; the rest of a long prompt need not be split.
  private static final int SYSTEM_CHARACTERS = 160;
  private static final int BATCH = 8;

  private final ModelFiles files;
  private volatile @Nullable Loaded loaded;

  /** The model on the class path. */
  public InjectionTransformer() {
    this(ModelFiles.ofClassPath());
  }

  private InjectionTransformer(ModelFiles files) {
    this.files = files;
  }

  /**
   * The model in a folder that `training/injection/export.py` wrote.
   *
   * @throws InjectionModelException when a file is missing or has another digest than stated there
   */
  public static InjectionTransformer open(Path folder) {
    var opened = new InjectionTransformer(ModelFiles.of(folder));
    opened.loaded();
    return opened;
  }

  static InjectionTransformer of(ModelFiles files) {
    return new InjectionTransformer(files);
  }

  @Override
  public String name() {
    return "multilingual transformer";
  }

  /** The first half of the SHA-256 of the model, without loading it. */
  @Override
  public String model() {
    return files.modelDigest().substring(0, 32);
  }

  /**
   * {@inheritDoc}
   *
   * @throws InjectionModelException when the model is missing, wrong, or failed
   */
  @Override
  public float[] score(List<InjectionWindow> windows) {
    if (windows.size() > MOST_WINDOWS) {
      throw new IllegalArgumentException(
          windows.size() + " windows in a call, at most " + MOST_WINDOWS);
    }
    var model = loaded();
    var parts = new ArrayList<Part>();
    for (int i = 0; i < windows.size(); i++) {
      cut(model, windows.get(i), i, parts);
    }
    // Parts of like length together: the shorter ones of a batch are padded to its longest.
    parts.sort(Comparator.comparingInt(part -> part.ids.length));
    var scores = new float[windows.size()];
    for (int from = 0; from < parts.size(); from += BATCH) {
      var batch = parts.subList(from, Math.min(parts.size(), from + BATCH));
      var given = model.session.run(batch.stream().map(part -> part.ids).toList());
      for (int row = 0; row < batch.size(); row++) {
        int window = batch.get(row).window;
        scores[window] = Math.max(scores[window], given[row]);
      }
    }
    return scores;
  }

  private static void cut(Loaded model, InjectionWindow window, int index, List<Part> parts) {
    var tokens = model.tokenizer.encode(window.text());
    var head = window.channel() == InjectionChannel.USER ? model.user : model.document;
    var tail = system(model.tokenizer, window.system());
    int from = 0;
    while (true) {
      int to = Math.min(tokens.length, from + MOST_TOKENS);
      var ids = new int[1 + head.length + to - from + 1 + tail.length];
      ids[0] = Unigram.BEGIN;
      System.arraycopy(head, 0, ids, 1, head.length);
      System.arraycopy(tokens, from, ids, 1 + head.length, to - from);
      ids[1 + head.length + to - from] = Unigram.END;
      System.arraycopy(tail, 0, ids, ids.length - tail.length, tail.length);
      parts.add(new Part(index, ids));
      if (to == tokens.length) {
        return;
      }
      // The last part is moved back to be as long as the others.
      from = Math.min(from + STEP, tokens.length - MOST_TOKENS);
    }
  }

  private static int[] system(Unigram tokenizer, @Nullable String system) {
    if (system == null || system.isBlank()) {
      return new int[0];
    }
    int end = Math.min(system.length(), SYSTEM_CHARACTERS);
    if (end < system.length() && Character.isHighSurrogate(system.charAt(end - 1))) {
      end--;
    }
    var tokens = tokenizer.encode(system.substring(0, end));
    int kept = Math.min(tokens.length, MOST_SYSTEM);
    var tail = Arrays.copyOf(tokens, kept + 1);
    tail[kept] = Unigram.END;
    return tail;
  }

  private Loaded loaded() {
    var ready = loaded;
    if (ready == null) {
      synchronized (this) {
        ready = loaded;
        if (ready == null) {
          ready = Loaded.of(files);
          loaded = ready;
        }
      }
    }
    return ready;
  }

  /** Some tokens of a window, with what belongs before and behind them. */
  private static final class Part {
    private final int window;
    private final int[] ids;

    Part(int window, int[] ids) {
      this.window = window;
      this.ids = ids;
    }
  }

  private static final class Loaded {
    private final Unigram tokenizer;
    private final ModelSession session;
    private final int[] user;
    private final int[] document;

    private Loaded(Unigram tokenizer, ModelSession session) {
      this.tokenizer = tokenizer;
      this.session = session;
      this.user = tokenizer.encode("query:");
      this.document = tokenizer.encode("passage:");
    }

    static Loaded of(ModelFiles files) {
      return new Loaded(Unigram.read(files.vocabulary()), ModelSession.open(files.model()));
    }
  }
}
