package dev.redoubt.runtime.program;

import dev.redoubt.runtime.program.ProgramException.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings each line of a program to the request that it answers, and ends the program over the first
 * one that the protocol does not have there. Lines come from one thread; the rest is thread-safe.
 */
final class Inbox {
  /** Id under which the greeting waits for its answer, which carries none. */
  static final long GREETING = 0;

  private static final long NO_ID = -1;

  /** Lines in a row that answer nobody: empty ones, and those for requests that were given up. */
  private static final int MOST_IDLE_LINES = 1000;

  private final Role role;
  private final String shown;
  private final BiConsumer<Kind, String> ending;
  private final Map<Long, Call> calls = new ConcurrentHashMap<>();
  private final Set<Long> givenUp = ConcurrentHashMap.newKeySet();
  private final AtomicLong ids = new AtomicLong(GREETING);
  private volatile boolean greeted;
  private volatile boolean answered;
  private int idleLines;

  /**
   * @param shown how messages name the program
   * @param ending ends the program for a reason
   */
  Inbox(Role role, String shown, BiConsumer<Kind, String> ending) {
    this.role = role;
    this.shown = shown;
    this.ending = ending;
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  void expect(Call call) {
    calls.put(call.id(), call);
  }

  /** A request needs no more answers. */
  void over(Call call) {
    // Noted before it is removed, so that an answer in between finds one or the other.
    givenUp.add(call.id());
    if (calls.remove(call.id()) == null) {
      givenUp.remove(call.id());
    }
  }

  /** The program is ready: from now on each message needs an id. */
  void greeted() {
    greeted = true;
  }

  /** Says whether any request got its answer. */
  boolean answered() {
    return answered;
  }

  /** Ends all requests that are under way. */
  void breakOff(ProgramException why) {
    calls.values().forEach(call -> call.broke(why));
  }

  void take(byte[] line) {
    if (isBlank(line)) {
      idle();
      return;
    }
    ObjectNode node;
    try {
      node = Json.read(line);
    } catch (Json.NotAMessage e) {
      ending.accept(
          Kind.NOT_JSON,
          "sent "
              + e.getMessage()
              + " (standard output is for messages; print the rest to standard error)");
      return;
    }
    var message = new Message(node, shown);
    String type = message.type();
    boolean greets = type.equals("ready") || (!greeted && !node.has("id"));
    long id = greets ? GREETING : idOf(node);
    Call call = calls.get(id);
    if (call == null) {
      unasked(id, type);
    } else if (!greets && !role.answersWith(type)) {
      bad("sent a message of the type '" + word(type) + "', which a " + role.word() + " has not");
    } else {
      deliver(call, message, line.length);
    }
  }

  private void deliver(Call call, Message message, int length) {
    idleLines = 0;
    boolean last = Role.ends(message.type());
    if (last) {
      // First, so that the call is not taken for given up when it closes on this message.
      calls.remove(call.id());
      answered |= call.id() != GREETING;
    }
    if (!call.came(message, length)) {
      calls.put(call.id(), call);
      ending.accept(
          Kind.FLOOD,
          "sent more than "
              + Call.MOST_MESSAGES
              + " messages or "
              + (Call.MOST_BYTES >> 20)
              + " MiB in answer to one request");
    }
  }

  private void unasked(long id, String type) {
    if (givenUp.contains(id)) {
      if (Role.ends(type)) {
        givenUp.remove(id);
      }
      idle();
    } else if (id == GREETING) {
      bad("said twice that it is ready");
    } else if (id == NO_ID) {
      bad("sent a '" + word(type) + "' without the id of a request (a whole number)");
    } else if (id > GREETING && id <= ids.get()) {
      bad("answered request " + id + " twice");
    } else {
      bad("answered request " + id + ", which nobody sent");
    }
  }

  private void bad(String what) {
    ending.accept(Kind.BAD_REPLY, what);
  }

  private void idle() {
    if (++idleLines > MOST_IDLE_LINES) {
      ending.accept(
          Kind.FLOOD, "sent more than " + MOST_IDLE_LINES + " lines that nobody asked for");
    }
  }

  private static String word(String type) {
    return Text.oneLine(type, 40);
  }

  private static long idOf(ObjectNode node) {
    JsonNode id = node.path("id");
    return id.canConvertToExactIntegral() && id.canConvertToLong() ? id.asLong() : NO_ID;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
