package dev.redoubt.runtime.target;

import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Standard input and output (MCP specification, "Transports"): a process for each conversation, so
 * that none sees what another did. Lines are bounded, and a server that says more than is read has
 * to wait.
 */
final class McpProcessLink implements McpLink {
  private static final int MOST_WAITING = 16;
  private static final int TAIL = 2048;
  private static final long GRACE_MILLIS = 500;

  private final String shown;
  private final Process process;
  private final Thread hook;
  private final BlockingQueue<Object> lines = new ArrayBlockingQueue<>(MOST_WAITING);
  private final StringBuilder errors = new StringBuilder();
  private volatile boolean closed;

  /** Stands in the queue where the output has ended. */
  private record End(Kind kind, String why) {}

  McpProcessLink(List<String> command, Path folder, int mostBytes) {
    this.shown = "MCP server '" + BoundedHttp.oneLine(String.join(" ", command)) + "'";
    try {
      this.process =
          new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile()).start();
    } catch (IOException e) {
      throw new ChatException(
          Kind.UNREACHABLE,
          shown + " can't be started (" + BoundedHttp.oneLine(String.valueOf(e.getMessage())) + ")",
          e);
    }
    this.hook = Thread.ofPlatform().unstarted(this::kill);
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.ofPlatform().daemon().name("mcp-out").start(() -> readOut(mostBytes));
    Thread.ofPlatform().daemon().name("mcp-err").start(this::readErrors);
  }

  private void readOut(int mostBytes) {
    try {
      var reader = new LineReader(process.getInputStream(), mostBytes);
      for (String line = reader.next(); line != null; line = reader.next()) {
        lines.put(line);
      }
      lines.put(new End(Kind.RESET, "ended"));
    } catch (ChatException e) {
      end(new End(e.kind(), String.valueOf(e.getMessage())));
    } catch (IOException e) {
      end(new End(Kind.RESET, "ended"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(End why) {
    try {
      lines.put(why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readErrors() {
    var buffer = new byte[1024];
    try (InputStream in = process.getErrorStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        synchronized (errors) {
          errors.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
          if (errors.length() > TAIL) {
            errors.delete(0, errors.length() - TAIL);
          }
        }
      }
    } catch (IOException e) {
      // The process is gone; what it said before is kept.
      return;
    }
  }

  private String lastWords() {
    synchronized (errors) {
      var last = errors.toString().strip().lines().reduce("", (_, line) -> line);
      return last.isEmpty() ? "" : "; it last said: " + BoundedHttp.oneLine(last);
    }
  }

  @Override
  public JsonNode request(ObjectNode message, long deadline) throws InterruptedException {
    notify(message, deadline);
    int id = message.path("id").asInt();
    while (true) {
      var next = lines.poll(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      switch (next) {
        case null ->
            throw new ChatException(Kind.TIMEOUT, shown + ": no answer in time (time-out)");
        case End end -> throw ended(end);
        default -> {
          var node = read((String) next);
          if (McpSession.answers(node, id)) {
            return node;
          }
          if (node.has("method") && node.has("id")) {
            notify(McpSession.refusal(node), deadline);
          }
        }
      }
    }
  }

  private JsonNode read(String line) {
    try {
      return Json.read(line);
    } catch (ChatException e) {
      throw new ChatException(e.kind(), shown + ": " + e.getMessage() + lastWords(), e);
    }
  }

  private ChatException ended(End end) throws InterruptedException {
    // Whoever asks again is told the same.
    lines.put(end);
    // Its last words may still be on their way.
    boolean gone = process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    return new ChatException(
        end.kind(),
        shown
            + " "
            + end.why()
            + (gone ? " (exit " + process.exitValue() + ")" : "")
            + lastWords());
  }

  @Override
  public void notify(ObjectNode message, long deadline) throws InterruptedException {
    // A server that doesn't read would block us for ever.
    var written = new CompletableFuture<Boolean>();
    Thread.ofVirtual().start(() -> write(message, written));
    try {
      written.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      kill();
      throw new ChatException(Kind.TIMEOUT, shown + ": reads nothing (time-out)", e);
    } catch (ExecutionException e) {
      throw ended(new End(Kind.RESET, "ended"));
    }
  }

  private void write(ObjectNode message, CompletableFuture<Boolean> written) {
    try {
      var out = process.getOutputStream();
      out.write(Json.bytes(message));
      out.write('\n');
      out.flush();
      written.complete(true);
    } catch (IOException e) {
      written.completeExceptionally(e);
    }
  }

  @Override
  public void agreed(String version) {}

  @Override
  public String place() {
    return shown;
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    kill();
    // The reader may wait with more than anybody wants to hear.
    lines.clear();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM ends: the hook does the same.
      return;
    }
  }
}
