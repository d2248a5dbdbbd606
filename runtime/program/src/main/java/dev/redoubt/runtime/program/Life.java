package dev.redoubt.runtime.program;

import dev.redoubt.runtime.program.ProgramException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One process of a program, from its start to its end. The first thing that goes wrong ends it, and
 * all requests that are under way end with that reason. Thread-safe.
 */
final class Life {
  /** Time for the last words of a program that has ended, and for its end once it is silent. */
  private static final long GRACE_MILLIS = 500;

  private static final long CLOSE_MILLIS = 2000;

  /** Tells the writer to stop: a message is never empty. */
  private static final byte[] LAST = new byte[0];

  private final Role role;
  private final String shown;
  private final Process process;
  private final ProcessTree tree;
  private final ErrorTail errors;
  private final Thread reader;
  private final Thread atExit;
  private final BlockingQueue<byte[]> outbox = new LinkedBlockingQueue<>();
  private final Inbox inbox;
  private final AtomicReference<@Nullable ProgramException> end = new AtomicReference<>();
  private volatile @Nullable Ready ready;
  private volatile Semaphore permits = new Semaphore(1);

  private Life(Role role, ProgramSpec spec, Process process) {
    this.role = role;
    this.shown = spec.shown();
    this.process = process;
    this.inbox = new Inbox(role, shown, this::end);
    this.tree = new ProcessTree(process.toHandle());
    this.errors = new ErrorTail(process.getErrorStream());
    this.atExit = Thread.ofPlatform().unstarted(tree::kill);
    this.reader = Thread.ofPlatform().daemon().name("program-out").unstarted(this::read);
  }

  /**
   * Starts the program and waits until it is ready.
   *
   * @throws ProgramException when it does not get there
   */
  static Life start(Role role, ProgramSpec spec) throws ProgramException, InterruptedException {
    var life = new Life(role, spec, Launch.process(spec));
    Runtime.getRuntime().addShutdownHook(life.atExit);
    life.reader.start();
    Thread.ofPlatform().daemon().name("program-in").start(life::write);
    Thread.ofVirtual().name("program-end").start(life::awaitExit);
    boolean greeted = false;
    try {
      life.greet(spec.startTimeout());
      greeted = true;
      return life;
    } finally {
      if (!greeted) {
        life.end(Kind.CLOSED, "was not ready");
      }
    }
  }

  private void greet(Duration timeout) throws ProgramException, InterruptedException {
    var greeting = new Call(Inbox.GREETING, this, () -> {});
    inbox.expect(greeting);
    send(Json.message("hello").put("protocol", Ready.PROTOCOL).put("role", role.word()));
    try (greeting) {
      Ready said = Ready.of(greeting.next(timeout), role);
      permits = new Semaphore(said.concurrency(), true);
      ready = said;
      inbox.greeted();
    } catch (ProgramException e) {
      Kind kind = e.kind() == Kind.TIMEOUT ? Kind.NOT_STARTED : e.kind();
      String hint = e.kind() == Kind.TIMEOUT ? " for its 'ready'" : "";
      throw new ProgramException(kind, e.getMessage() + hint, e.reported().orElse(null), e);
    }
  }

  Ready ready() {
    Ready said = ready;
    if (said == null) {
      throw new IllegalStateException(shown + " is not ready");
    }
    return said;
  }

  String shown() {
    return shown;
  }

  boolean isOver() {
    return end.get() != null;
  }

  /** Why it ended; absent while it lives. */
  @Nullable ProgramException why() {
    return end.get();
  }

  /** Says whether any request got its answer in this life. */
  boolean answered() {
    return inbox.answered();
  }

  /** Waits for a place among the requests that may be under way. */
  Semaphore permits() {
    return permits;
  }

  /** Sends a request; the caller holds a permit. */
  Call ask(ObjectNode request) {
    var call = new Call(inbox.nextId(), this, permits::release);
    inbox.expect(call);
    send(request.put("id", call.id()));
    ProgramException why = end.get();
    if (why != null) {
      call.broke(why);
    }
    return call;
  }

  /** Sends a message that has no answer. */
  void send(ObjectNode message) {
    if (!isOver()) {
      outbox.add(Json.line(message));
    }
  }

  /** A request needs no more answers. */
  void over(Call call) {
    inbox.over(call);
  }

  private void write() {
    try (OutputStream to = process.getOutputStream()) {
      for (byte[] line = outbox.take(); line.length > 0; line = outbox.take()) {
        to.write(line);
        to.flush();
      }
    } catch (IOException e) {
      endUnlessItEnds("closed its standard input");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (InputStream from = process.getInputStream()) {
      var lines = new Lines(from);
      for (byte[] line = lines.next(); line != null && !isOver(); line = lines.next()) {
        // Before anybody reacts to the line: the next request may be what kills it.
        tree.look();
        inbox.take(line);
      }
      endUnlessItEnds("closed its standard output");
    } catch (IOException e) {
      endUnlessItEnds("closed its standard output");
    } catch (Lines.TooLong e) {
      end(
          Kind.TOO_LARGE,
          "sent a line of more than " + (Lines.MOST_BYTES >> 20) + " MiB; send less, or in parts");
    }
  }

  /** When the process ends by itself in a moment, its exit code says more. */
  private void endUnlessItEnds(String what) {
    try {
      if (isOver() || process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(Kind.ENDED, what);
  }

  private void awaitExit() {
    try {
      int code = process.waitFor();
      // Not for ever: a child may hold the pipes.
      reader.join(GRACE_MILLIS);
      errors.await(GRACE_MILLIS);
      end(Kind.ENDED, "ended with exit code " + code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it since an answer did not come in time. */
  ProgramException timedOut(Duration timeout) {
    return end(
        Kind.TIMEOUT,
        "did not answer in "
            + timeout.toMillis() / 1000.0
            + " s and was killed (does it flush its output after each line?)");
  }

  /** Ends it since it does not stop when it is told to. */
  void stubborn() {
    end(Kind.TIMEOUT, "did not stop and was killed");
  }

  /** Ends it for a reason; the first one stays. */
  private ProgramException end(Kind kind, String what) {
    String last = errors.lastLine();
    var why =
        new ProgramException(
            kind, shown + " " + what + (last == null ? "" : "; it said last: " + last));
    if (end.compareAndSet(null, why)) {
      tree.kill();
      inbox.breakOff(why);
      letGo();
      return why;
    }
    ProgramException first = end.get();
    return first == null ? why : first;
  }

  private void letGo() {
    outbox.add(LAST);
    // A child that got away may hold the other ends: nobody waits for it.
    closeQuietly(process.getInputStream());
    closeQuietly(process.getErrorStream());
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      return;
    }
  }

  private static void closeQuietly(Closeable stream) {
    try {
      stream.close();
    } catch (IOException nothingToSave) {
      return;
    }
  }

  /** Lets it end by itself, for a moment, and then ends it with all that it started. */
  void close() {
    outbox.add(LAST);
    try {
      process.waitFor(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(Kind.CLOSED, "is closed");
  }
}
