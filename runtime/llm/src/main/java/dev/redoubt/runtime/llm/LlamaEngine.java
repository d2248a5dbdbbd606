package dev.redoubt.runtime.llm;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * llama.cpp in this process: one slot, so that the prefix of the last prompt stays computed. The
 * exception of the binding is not public, hence the general ones that are caught here.
 */
final class LlamaEngine implements Engine {
  private final LlamaModel model;
  private final LocalModelOptions options;

  private LlamaEngine(LlamaModel model, LocalModelOptions options) {
    this.model = model;
    this.options = options;
  }

  static LlamaEngine load(Path gguf, LocalModelOptions options) {
    try {
      NativeLibrary.prepare();
      // It would write hundreds of lines a call to standard error.
      LlamaModel.setLogger(LogFormat.TEXT, (_, _) -> {});
      var parameters =
          new ModelParameters()
              .setModel(gguf.toString())
              .setThreads(options.threads())
              .setThreadsBatch(options.threads())
              .setCtxSize(options.contextTokens())
              .setParallel(1)
              .disableContextShift()
              .disableLog();
      return new LlamaEngine(new LlamaModel(parameters), options);
    } catch (UnsatisfiedLinkError | RuntimeException e) {
      throw new ChatException(
          ChatException.Kind.UNREACHABLE,
          "The model " + gguf.getFileName() + " can't be loaded: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new ChatException(
          ChatException.Kind.UNREACHABLE,
          "The temporary folder can't be written: " + e.getMessage(),
          e);
    }
  }

  @Override
  public int tokens(String text) {
    return model.encode(text).length;
  }

  @Override
  public Run start(String prompt, Sampling sampling) {
    var stop = sampling.stop().toArray(String[]::new);
    var parameters =
        new InferenceParameters(prompt)
            .setCachePrompt(true)
            .setNPredict(sampling.maxTokens())
            .setTemperature((float) sampling.temperature())
            .setTopP((float) options.topP())
            .setTopK(options.topK())
            .setRepeatPenalty((float) options.repeatPenalty())
            .setStopStrings(stop);
    if (sampling.seed() != null) {
      long seed = sampling.seed();
      // The engine takes 32 bits and keeps one of their values for "draw a seed".
      parameters.setSeed((int) ((seed ^ (seed >>> 32)) & Integer.MAX_VALUE));
    }
    try {
      return new LlamaRun(model.generate(parameters).iterator());
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private static ChatException failed(RuntimeException e) {
    return new ChatException(
        ChatException.Kind.BAD_REPLY, "The local model failed: " + e.getMessage(), e);
  }

  private static final class LlamaRun implements Run {
    private final LlamaIterator pieces;

    LlamaRun(LlamaIterator pieces) {
      this.pieces = pieces;
    }

    @Override
    public @Nullable String next() {
      try {
        return pieces.hasNext() ? pieces.next().text : null;
      } catch (RuntimeException e) {
        throw failed(e);
      }
    }

    @Override
    public void cancel() {
      if (pieces.hasNext()) {
        pieces.cancel();
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
