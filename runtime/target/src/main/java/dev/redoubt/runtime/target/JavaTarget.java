package dev.redoubt.runtime.target;

import dev.redoubt.core.Access;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.TokenUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A target in this process. It runs on threads of its own: one that spins or sleeps for ever costs
 * a thread, and nothing that it does reaches the caller but a text or a failure.
 */
final class JavaTarget implements TargetClient {
  private final String name;
  private final String model;
  private final TargetSettings settings;
  private final @Nullable LoadedClass loaded;
  private final Supplier<UnaryOperator<String>> opener;

  JavaTarget(Endpoint endpoint, Access.Java access, Path baseFolder, TargetSettings settings) {
    var made = new LoadedClass(endpoint, access, baseFolder);
    this.name = access.className();
    this.model = endpoint.model() == null ? "" : endpoint.model();
    this.settings = settings;
    this.loaded = made;
    this.opener = made::open;
  }

  JavaTarget(UnaryOperator<String> target, TargetSettings settings) {
    this.name = target.getClass().getSimpleName();
    this.model = "";
    this.settings = settings;
    this.loaded = null;
    this.opener = () -> target;
  }

  @Override
  public Conversation begin(List<Turn> history) {
    if (!history.isEmpty()) {
      throw new IllegalArgumentException(
          name + " remembers its conversations itself: none can be gone on with");
    }
    return new Talk();
  }

  @Override
  public boolean canContinue() {
    return false;
  }

  @Override
  public void close() {
    if (loaded != null) {
      loaded.close();
    }
  }

  private final class Talk implements Conversation {
    private @Nullable UnaryOperator<String> target;
    private boolean answered;
    private boolean broken;

    @Override
    public TargetReply say(Say say) throws InterruptedException {
      if (broken) {
        throw new ChatException(
            Kind.CLOSED, name + ": still busy with words that it did not answer in time");
      }
      var text = answer(say.text());
      if (text.length() > settings.maxReplyBytes()) {
        throw new ChatException(
            Kind.TOO_LARGE,
            name + ": the reply is larger than " + settings.maxReplyBytes() + " characters");
      }
      answered = true;
      return new TargetReply(text, List.of(), "stop", model, TokenUsage.NONE, null);
    }

    private String answer(String text) throws InterruptedException {
      var answer = new CompletableFuture<@Nullable String>();
      var known = target;
      // Not a virtual thread: one that spins would take a carrier from all others.
      var thread =
          Thread.ofPlatform()
              .daemon()
              .name("target " + name)
              .unstarted(() -> run(known, text, answer));
      if (loaded != null) {
        thread.setContextClassLoader(loaded.loader());
      }
      thread.start();
      try {
        var words = answer.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        return words == null ? "" : words;
      } catch (TimeoutException e) {
        giveUp(thread);
        throw new ChatException(Kind.TIMEOUT, name + ": no answer in time (time-out)", e);
      } catch (InterruptedException e) {
        giveUp(thread);
        throw e;
      } catch (ExecutionException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof LoadedClass.TargetFailed && cause.getCause() != null) {
          cause = cause.getCause();
        }
        throw new ChatException(Kind.BAD_REPLY, name + " failed: " + line(cause), cause);
      }
    }

    private void run(
        @Nullable UnaryOperator<String> known,
        String text,
        CompletableFuture<@Nullable String> answer) {
      try {
        var there = known == null ? opener.get() : known;
        target = there;
        answer.complete(there.apply(text));
      } catch (Throwable e) {
        // Whatever the target throws, errors too, is its answer and not ours.
        answer.completeExceptionally(e);
      }
    }

    /** An object that is still busy can't be asked again; a new one can where nothing was said. */
    private void giveUp(Thread thread) {
      thread.interrupt();
      if (loaded != null) {
        broken = answered;
        target = null;
      }
    }

    @Override
    public void close() {
      if (loaded != null && target instanceof AutoCloseable closeable) {
        LoadedClass.closeQuietly(closeable);
      }
      target = null;
    }
  }

  private static String line(Throwable failure) {
    var message = failure.getMessage();
    return failure.getClass().getSimpleName()
        + (message == null ? "" : ": " + BoundedHttp.oneLine(message));
  }
}
