package dev.redoubt.runtime.llm;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The language model that runs in this process. Calls are served one after the other, first come
 * first served, by one thread of the operating system: two at once would take twice as long each
 * and lose the prefix that stays computed between calls.
 *
 * <p>A stream hands on empty text as a sign of life while a call waits its turn or while the model
 * may be writing a tool call.
 *
 * <p>A thread of the native library outlives {@link #close()}: end the process with {@link
 * System#exit}.
 */
public final class LocalModel implements ChatModel {
  private static final long SIGN_OF_LIFE_MILLIS = 500;

  private final LocalModelOptions options;
  private final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
  private final Thread worker;
  private final Thread atExit;
  private final Object entrance = new Object();
  private boolean closed;
  private volatile boolean ending;

  private LocalModel(Engine engine, LocalModelOptions options) {
    this.options = options;
    this.worker = Thread.ofPlatform().name("local-model").daemon().unstarted(() -> work(engine));
    // Ending the process in the middle of an inference can crash it: what runs is cut short, and
    // the end waits for it.
    this.atExit =
        new Thread(
            () -> {
              ending = true;
              finish(5_000);
            },
            "local-model-close");
  }

  /**
   * Loads a model; takes seconds.
   *
   * @param gguf the weights
   * @param options how to run it
   * @throws ChatException of kind {@code UNREACHABLE} where it can't be loaded
   */
  public static LocalModel load(Path gguf, LocalModelOptions options) {
    if (!Files.isReadable(gguf)) {
      throw new ChatException(Kind.UNREACHABLE, gguf + ": no such file, or not readable");
    }
    return of(LlamaEngine.load(gguf, options), options);
  }

  static LocalModel of(Engine engine, LocalModelOptions options) {
    var model = new LocalModel(engine, options);
    model.worker.start();
    Runtime.getRuntime().addShutdownHook(model.atExit);
    return model;
  }

  /** What replies call the model. */
  public String name() {
    return options.name();
  }

  @Override
  public ChatReply chat(ChatRequest request) throws InterruptedException {
    return stream(request, _ -> {});
  }

  @Override
  public ChatReply stream(ChatRequest request, Consumer<String> onText)
      throws InterruptedException {
    var job = new Job(request, ChatMl.render(request));
    synchronized (entrance) {
      if (closed) {
        throw closedException();
      }
      jobs.add(job);
    }
    try {
      while (true) {
        var event = job.events.poll(SIGN_OF_LIFE_MILLIS, TimeUnit.MILLISECONDS);
        switch (event) {
          case null -> {
            if (!worker.isAlive()) {
              throw closedException();
            }
            onText.accept("");
          }
          case Piece(String text) -> onText.accept(text);
          case End(ChatReply reply) -> {
            return reply;
          }
          case Failure(ChatException failure) -> throw failure;
        }
      }
    } finally {
      // The caller has the reply, was interrupted, or its consumer failed: then nobody reads on.
      job.abandoned = true;
    }
  }

  /** What the worker says to the caller. */
  private sealed interface Event {}

  private record Piece(String text) implements Event {}

  private record End(ChatReply reply) implements Event {}

  private record Failure(ChatException failure) implements Event {}

  private static final class Job {
    private final ChatRequest request;
    private final String prompt;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean abandoned;

    Job(ChatRequest request, String prompt) {
      this.request = request;
      this.prompt = prompt;
    }
  }

  private void work(Engine engine) {
    try (engine) {
      while (true) {
        var job = jobs.take();
        if (job == LAST) {
          return;
        }
        if (job.abandoned) {
          continue;
        }
        if (ending) {
          job.events.add(new Failure(closedException()));
          continue;
        }
        try {
          job.events.add(new End(run(engine, job)));
        } catch (ChatException e) {
          job.events.add(new Failure(e));
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but a process that ends.
      Thread.currentThread().interrupt();
    }
  }

  private ChatReply run(Engine engine, Job job) {
    var request = job.request;
    int promptTokens = engine.tokens(job.prompt);
    int room = options.contextTokens() - promptTokens - 1;
    if (room < 1) {
      throw new ChatException(
          Kind.BAD_REQUEST,
          "the conversation has %d tokens, the model takes %d: shorten it"
              .formatted(promptTokens, options.contextTokens()));
    }
    int wanted = request.maxTokens() == null ? options.maxTokens() : request.maxTokens();
    int most = Math.clamp(wanted, 1, room);
    var stop = new ArrayList<>(ChatMl.STOP);
    stop.addAll(request.stop());
    var sampling =
        new Engine.Sampling(
            request.temperature() == null ? options.temperature() : request.temperature(),
            request.seed(),
            most,
            stop);
    var outlet = new Outlet(!request.tools().isEmpty(), text -> job.events.add(new Piece(text)));
    int pieces = 0;
    var run = engine.start(job.prompt, sampling);
    for (var piece = run.next(); piece != null; piece = run.next()) {
      pieces++;
      outlet.take(piece);
      if (job.abandoned || ending) {
        run.cancel();
        throw closedException();
      }
    }
    var written = outlet.written();
    // The engine does not say why it stopped; the last event of a reply holds no token.
    int completionTokens = Math.max(engine.tokens(written), Math.min(pieces - 1, most));
    return reply(
        job, written, outlet, new TokenUsage(promptTokens, completionTokens), pieces > most);
  }

  private ChatReply reply(
      Job job, String written, Outlet outlet, TokenUsage usage, boolean cutShort) {
    var names =
        job.request.tools().stream().map(ToolSpec::name).collect(Collectors.toUnmodifiableSet());
    var parsed = ToolCallParser.parse(written, names, callId(job.prompt, written));
    outlet.finish(parsed.text());
    var finish = !parsed.calls().isEmpty() ? "tool_calls" : cutShort ? "length" : "stop";
    return new ChatReply(
        ChatMessage.assistant(parsed.text(), parsed.calls()), finish, usage, options.name());
  }

  /** Ids that differ within a conversation and repeat when the run is repeated. */
  private static String callId(String prompt, String written) {
    var digest = new CRC32();
    digest.update(prompt.getBytes(StandardCharsets.UTF_8));
    digest.update(written.getBytes(StandardCharsets.UTF_8));
    return "call_%08x_".formatted(digest.getValue());
  }

  /** Hands text on, but holds back from the first sign of a tool call to the end of the reply. */
  private static final class Outlet {
    private static final List<String> SIGNS = List.of("{", "<", "`", "[");

    private final boolean mayCall;
    private final Consumer<String> out;
    private final StringBuilder all = new StringBuilder();
    private int handedOn;
    private boolean holding;

    Outlet(boolean mayCall, Consumer<String> out) {
      this.mayCall = mayCall;
      this.out = out;
    }

    void take(String piece) {
      all.append(piece);
      holding = holding || (mayCall && SIGNS.stream().anyMatch(piece::contains));
      if (holding) {
        out.accept("");
      } else if (!piece.isEmpty()) {
        out.accept(piece);
        handedOn = all.length();
      }
    }

    String written() {
      return all.toString();
    }

    /** Hands on what was held back and proved to be words. */
    void finish(@Nullable String text) {
      var words = text == null ? "" : text;
      var handed = all.substring(0, handedOn);
      // Where calls were taken out, the words around them lost their white space.
      var start = words.startsWith(handed) ? handed : handed.strip();
      if (words.length() > start.length() && words.startsWith(start)) {
        out.accept(words.substring(start.length()));
      }
    }
  }

  // Stands behind the last job that is served.
  private static final Job LAST = new Job(ChatRequest.of(ChatMessage.user("")), "");

  private static ChatException closedException() {
    return new ChatException(Kind.CLOSED, "the local model is closed");
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending: the hook does it.
      return;
    }
    finish(0);
  }

  /** Serves what was asked before, then frees the model. */
  private void finish(long mostMillis) {
    synchronized (entrance) {
      if (!closed) {
        closed = true;
        jobs.add(LAST);
      }
    }
    try {
      worker.join(mostMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
