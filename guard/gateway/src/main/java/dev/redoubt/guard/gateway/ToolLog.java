package dev.redoubt.guard.gateway;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.guard.engine.ToolCallView;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log of the tool calls that a model asked for, with their arguments: one JSON line each, {@code
 * {seq, at, conversation, caller, tool, arguments, decision}}. A call that was blocked never
 * reached whoever would have made it; one that passed was asked for, and most likely made.
 *
 * <p>Lines are numbered without a gap; the number of a line that could not be written is missing,
 * so that a reader knows. Arguments are content: who turns this on keeps what customers said.
 * Thread-safe.
 *
 * @since 0.2.0
 */
public final class ToolLog {
  private static final int TAIL = 1 << 16;
  private static final Pattern SEQ = Pattern.compile("\\{\"seq\":(\\d{1,18}),");

  private final Path file;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock();
  private long last;

  private ToolLog(Path file, InstantSource clock, long last) {
    this.file = file;
    this.clock = clock;
    this.last = last;
  }

  /**
   * Opens a log, to be appended to; the file is made when there is none.
   *
   * @throws TargetUnreachableException when the file can't be written
   */
  public static ToolLog open(Path file, InstantSource clock) {
    try {
      Files.writeString(file, "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new ToolLog(file, clock, lastNumber(file));
    } catch (IOException e) {
      throw new TargetUnreachableException(
          file + ": the tool log can't be written (" + e.getMessage() + "); give another file", e);
    }
  }

  private static long lastNumber(Path file) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, in.length() - TAIL);
      var bytes = new byte[(int) (in.length() - from)];
      in.seek(from);
      in.readFully(bytes);
      Matcher matcher = SEQ.matcher(new String(bytes, StandardCharsets.UTF_8));
      long number = 0;
      while (matcher.find()) {
        number = Long.parseLong(matcher.group(1));
      }
      return number;
    }
  }

  /** Writes the calls of one choice of a reply; they pass or are blocked together. */
  void write(String conversation, String caller, List<ToolCallView> calls, boolean blocked) {
    turn.lock();
    try {
      for (ToolCallView call : calls) {
        append(line(++last, clock.instant(), conversation, caller, call, blocked));
      }
    } finally {
      turn.unlock();
    }
  }

  private void append(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException lost) {
      // Its number is missing now, which is how a reader learns of it; customers are still served.
      return;
    }
  }

  private static String line(
      long number, Instant at, String conversation, String caller, ToolCallView call, boolean no) {
    var line = Json.object();
    line.put("seq", number).put("at", at.toString()).put("conversation", conversation);
    line.put("caller", caller).put("tool", call.name());
    var arguments = Json.object(call.argumentsJson().getBytes(StandardCharsets.UTF_8));
    if (arguments == null) {
      line.put("arguments", call.argumentsJson());
    } else {
      line.set("arguments", arguments);
    }
    return Json.text(line.put("decision", no ? "block" : "allow"));
  }
}
