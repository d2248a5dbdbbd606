package dev.redoubt.runtime.program;

import dev.redoubt.runtime.program.ProgramException.Kind;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request under way and what has come in answer to it. Closing it gives up what is to come. */
final class Call implements AutoCloseable {
  /** Most messages in answer to one request. */
  static final int MOST_MESSAGES = 10_000;

  /** Most bytes in answer to one request. */
  static final long MOST_BYTES = 64L << 20;

  private static final String WORD = "[a-z][a-z-]{0,31}";

  private final long id;
  private final Life life;
  private final Runnable afterwards;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private int messages;
  private long bytes;
  private long stopBy;

  private sealed interface Answer {
    record Came(Message message) implements Answer {}

    record Broke(ProgramException why) implements Answer {}
  }

  /**
   * @param afterwards what to do when the call is over, such as to let the next one in
   */
  Call(long id, Life life, Runnable afterwards) {
    this.id = id;
    this.life = life;
    this.afterwards = afterwards;
  }

  long id() {
    return id;
  }

  /** Which life of the program answers. */
  Life life() {
    return life;
  }

  /**
   * Takes a message; only the reader of the program calls this.
   *
   * @return false when there are too many
   */
  boolean came(Message message, int length) {
    messages++;
    bytes += length;
    if (messages > MOST_MESSAGES || bytes > MOST_BYTES) {
      return false;
    }
    answers.add(new Answer.Came(message));
    return true;
  }

  void broke(ProgramException why) {
    answers.add(new Answer.Broke(why));
  }

  /**
   * Waits for the next message; when none comes in time, the program is killed.
   *
   * @throws ProgramException also when the program says that it can't
   */
  Message next(Duration timeout) throws ProgramException, InterruptedException {
    Message message = poll(timeout);
    if (message == null) {
      throw timedOut(timeout);
    }
    return message;
  }

  /** Kills the program, which has been silent for too long. */
  ProgramException timedOut(Duration timeout) {
    return life.timedOut(timeout).again();
  }

  /** Waits for the next message; absent when none comes in time. */
  @Nullable Message poll(Duration timeout) throws ProgramException, InterruptedException {
    Answer answer = answers.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    return switch (answer) {
      case null -> null;
      case Answer.Broke(ProgramException why) -> throw why.again();
      case Answer.Came(Message message) when message.type().equals("failed") ->
          throw reported(message);
      case Answer.Came(Message message) -> message;
    };
  }

  /**
   * Tells the program to stop and takes what it still has to say; when it does not come to an end
   * in time, it is killed.
   *
   * @return the next message; absent when it was killed
   */
  @Nullable Message lastWords(Duration grace) throws ProgramException, InterruptedException {
    if (stopBy == 0) {
      life.send(Json.message("cancel").put("id", id));
      stopBy = System.nanoTime() + grace.toNanos();
    }
    Message message = poll(Duration.ofNanos(Math.max(0, stopBy - System.nanoTime())));
    if (message == null) {
      life.stubborn();
    }
    return message;
  }

  private ProgramException reported(Message message) throws ProgramException {
    String word = message.optionalWord("kind", WORD);
    String said = Text.oneLine(message.words("message"), 300);
    message.end();
    return new ProgramException(
        Kind.REPORTED,
        life.shown() + " says that it failed: " + said,
        word == null ? "error" : word,
        null);
  }

  @Override
  public void close() {
    life.over(this);
    afterwards.run();
  }
}
