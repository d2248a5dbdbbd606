package dev.redoubt.samples.acme;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatMessage;
import dev.redoubt.runtime.llm.ChatReply;
import dev.redoubt.runtime.llm.ChatRequest;
import dev.redoubt.runtime.llm.OpenAiClient;
import dev.redoubt.samples.acme.VectorIndex.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers a question: finds passages, asks the model, carries out the tools that it calls.
 *
 * <p>What the model gets, in this order: the fixed part (first, so that it stays computed between
 * calls), earlier turns, the passages in a message of their own, the caller's own data, the
 * question.
 */
final class Assistant {
  private static final double TEMPERATURE = 0.3;
  private static final int MOST_TOKENS = 160;
  private static final int MOST_TURNS = 6;

  private final OpenAiClient model;
  private final Retriever retriever;
  private final HelpDeskTools tools;
  private final String instructions;
  private final boolean forwardCaller;

  Assistant(
      OpenAiClient model,
      Retriever retriever,
      HelpDeskTools tools,
      String instructions,
      boolean forwardCaller) {
    this.model = model;
    this.retriever = retriever;
    this.tools = tools;
    this.instructions = instructions;
    this.forwardCaller = forwardCaller;
  }

  /**
   * Answers the last user message of a request.
   *
   * @param visitor who asks
   * @param asked the request as it came
   * @param onText gets the answer piece by piece; empty pieces are signs of life
   * @return the whole answer
   * @throws ChatException where the model can't be asked, or the request holds no question
   */
  ChatReply answer(Visitor visitor, ChatRequest asked, Consumer<String> onText)
      throws InterruptedException {
    var request = request(visitor.customer(), asked);
    var headers =
        forwardCaller && visitor.authorization() != null
            ? Map.of("Authorization", visitor.authorization())
            : Map.<String, String>of();
    var reply = model.stream(request, headers, onText);
    if (reply.message().toolCalls().isEmpty()) {
      return reply;
    }
    var text = new StringBuilder(reply.text().strip());
    for (var call : reply.message().toolCalls()) {
      var result = (text.isEmpty() ? "" : "\n\n") + tools.run(visitor.customer(), call);
      text.append(result);
      onText.accept(result);
    }
    return new ChatReply(
        ChatMessage.assistant(text.toString()), "stop", reply.usage(), reply.model());
  }

  /**
   * Who asks.
   *
   * @param customer who is logged in; absent when nobody is
   * @param authorization the header that proved it
   */
  record Visitor(@Nullable Customer customer, @Nullable String authorization) {
    static final Visitor ANONYMOUS = new Visitor(null, null);

    Caller caller() {
      return customer == null ? Caller.ANONYMOUS : Caller.of(customer.mail());
    }
  }

  private ChatRequest request(@Nullable Customer customer, ChatRequest asked) {
    // A caller has no say in the instructions: what comes as system or tool is left out.
    var turns =
        asked.messages().stream()
            .filter(m -> m.role().equals("user") || m.role().equals("assistant"))
            .filter(m -> !m.text().isBlank())
            .toList();
    if (turns.isEmpty() || !turns.getLast().role().equals("user")) {
      throw new ChatException(
          ChatException.Kind.BAD_REQUEST, "messages: the last one must be a question of the user");
    }
    var question = turns.getLast().text();
    var messages = new ArrayList<ChatMessage>();
    messages.add(ChatMessage.system(instructions));
    turns.subList(Math.max(0, turns.size() - 1 - MOST_TURNS), turns.size() - 1).stream()
        .map(m -> m.role().equals("user") ? ChatMessage.user(m.text()) : assistant(m))
        .forEach(messages::add);
    var caller = new Visitor(customer, null).caller();
    var passages = retriever.search(caller, question);
    if (!passages.isEmpty()) {
      messages.add(ChatMessage.user(passages(passages)));
    }
    if (customer != null) {
      messages.add(ChatMessage.system(CustomerRecord.about(customer, question)));
    }
    messages.add(ChatMessage.user(question));
    int mostTokens =
        asked.maxTokens() == null ? MOST_TOKENS : Math.min(asked.maxTokens(), MOST_TOKENS);
    double temperature = asked.temperature() == null ? TEMPERATURE : asked.temperature();
    var request =
        ChatRequest.of(messages)
            .withTools(HelpDeskTools.SPECS)
            .withTemperature(temperature)
            .withMaxTokens(mostTokens);
    return asked.seed() == null ? request : request.withSeed(asked.seed());
  }

  private static ChatMessage assistant(ChatMessage message) {
    return ChatMessage.assistant(message.text());
  }

  private static String passages(List<Passage> passages) {
    return passages.stream().map(Assistant::passage).collect(Collectors.joining("\n"));
  }

  private static String passage(Passage passage) {
    var document = passage.document();
    var owner = document.owner() == null ? "" : " owner=\"" + document.owner() + "\"";
    return "<document id=\"%s\" visibility=\"%s\"%s>\n%s\n</document>"
        .formatted(
            document.id(),
            document.visibilityWord(),
            owner,
            // Or a ticket could close its own block and go on as trusted text.
            passage.text().replaceAll("(?i)<(?=\\s*/?\\s*document)", "&lt;"));
  }
}
