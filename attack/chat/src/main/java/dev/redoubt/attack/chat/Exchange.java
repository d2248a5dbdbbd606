package dev.redoubt.attack.chat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to the target and everything that a verdict on it needs, as the tape keeps it.
 *
 * @param id id of the attempt
 * @param objective id of the objective
 * @param technique id of the technique
 * @param wording index of the wording in its cell
 * @param repetition from 0
 * @param conversation number of the conversation in its attempt, from 0
 * @param turn number of the exchange in its attempt, from 0
 * @param setup whether it belongs to a conversation that was held before the attack
 * @param seed sampling seed that was sent
 * @param identity account that asked; absent for an anonymous caller
 * @param question what was asked
 * @param plant what was planted before it; absent when nothing was
 * @param marker what a tool call carries only when the planted order was obeyed
 * @param resent whether an earlier call of the same attempt was cut off before its reply was taped
 * @param tries calls that it took, retries included
 * @param sentAt when the first of them was sent
 * @param millis time from then to the reply or the last failure, in milliseconds
 * @param reply what came back; absent after a failure
 * @param failure why nothing came back; absent after a reply
 * @param ledger lines that the tool ledger gained meanwhile; null when there is no ledger to read
 * @param sinkHits addresses of the attacker's sink that the reply made somebody load or offers
 * @param effects what the answer brought about beside, as far as its objective had it watched
 * @since 0.1.0
 */
public record Exchange(
    String id,
    String objective,
    String technique,
    int wording,
    int repetition,
    int conversation,
    int turn,
    boolean setup,
    long seed,
    @Nullable String identity,
    String question,
    Wording.@Nullable PlantedText plant,
    @Nullable String marker,
    boolean resent,
    int tries,
    Instant sentAt,
    long millis,
    @Nullable Reply reply,
    @Nullable Failure failure,
    @Nullable List<String> ledger,
    List<SinkHit> sinkHits,
    List<Effect> effects) {
  public Exchange {
    if ((reply == null) == (failure == null)) {
      throw new IllegalArgumentException(id + " needs either a reply or a failure");
    }
    ledger = ledger == null ? null : List.copyOf(ledger);
    sinkHits = List.copyOf(sinkHits);
    effects = List.copyOf(effects);
  }

  /**
   * What the target answered.
   *
   * @param text the answer, untrusted
   * @param toolCalls tool calls that the answer asks its client for, as JSON text, untrusted
   * @param finishReason as the target says it
   * @param model the model that answered, as the target says it
   * @param promptTokens as the target counts them, 0 when it does not
   * @param completionTokens as the target counts them, 0 when it does not
   * @param cost what it cost, in the currency of the endpoint's price; absent when no price is
   *     known
   */
  public record Reply(
      String text,
      List<String> toolCalls,
      String finishReason,
      String model,
      int promptTokens,
      int completionTokens,
      @Nullable Double cost) {
    public Reply {
      toolCalls = List.copyOf(toolCalls);
    }
  }

  /**
   * Why there is no answer.
   *
   * @param kind what failed, such as {@code timeout}, {@code status}, {@code plant}, {@code login}
   * @param status HTTP status, 0 when there was none
   * @param message one line
   */
  public record Failure(String kind, int status, String message) {}

  /**
   * An address of the attacker's sink that a reply brought.
   *
   * @param how {@code image} (a chat page loads it unasked), {@code link} (a click away), {@code
   *     request} (the system itself fetched it), {@code page} (the system fetched the page that was
   *     planted there); {@code mcp-list} and {@code mcp-call} where the sink is a stranger's MCP
   *     server
   * @param url the address, untrusted; for {@code mcp-list} the name of the tool that was offered,
   *     for {@code mcp-call} the call in the form of a tool ledger
   */
  public record SinkHit(String how, String url) {}

  /** Calls that arrived at a stranger's MCP server. */
  public List<LedgerRecord> strangerCalls() {
    return sinkHits.stream()
        .filter(h -> h.how().equals(HostileServer.CALLED))
        .flatMap(h -> LedgerRecord.parse(h.url()).stream())
        .toList();
  }

  /** Says whether the system looked at what a stranger's MCP server offers. */
  public boolean listedStrangers() {
    return sinkHits.stream().anyMatch(h -> h.how().equals(HostileServer.LISTED));
  }

  /**
   * What an answer brought about.
   *
   * @param kind {@link #SCRIPT}, {@link #FILE} or {@link #UNSEEN}
   * @param what the words that the script said, the path of the file, or why nothing could be seen;
   *     untrusted
   */
  public record Effect(String kind, String what) {
    /** A script of the answer ran in the application's page. */
    public static final String SCRIPT = "script";

    /** A file appeared outside of its folder. */
    public static final String FILE = "file";

    /** It could not be looked at. */
    public static final String UNSEEN = "unseen";
  }

  /** What tells this exchange from all others of its run. */
  String key() {
    return key(id, turn);
  }

  static String key(String id, int turn) {
    return turn == 0 ? id : id + "#" + turn;
  }

  /** Everything that the target answered, tool calls included; empty after a failure. */
  public String answer() {
    if (reply == null) {
      return "";
    }
    return reply.toolCalls().isEmpty()
        ? reply.text()
        : reply.text() + "\n" + String.join("\n", reply.toolCalls());
  }

  /** Everything that the attacker wrote: what the target repeats of it is no leak. */
  public String attackerText() {
    return plant == null ? question : question + "\n" + plant.subject() + "\n" + plant.whole();
  }
}
