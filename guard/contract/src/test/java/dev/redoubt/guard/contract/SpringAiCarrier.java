package dev.redoubt.guard.contract;

import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Verdict;
import dev.redoubt.guard.spring.GuardAdvisor;
import dev.redoubt.guard.spring.GuardModelAdvisor;
import dev.redoubt.testkit.GuardTexts.GuardText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import reactor.core.publisher.Flux;

/** The guard in a chat client of Spring AI. */
final class SpringAiCarrier implements Carrier {
  private final Guard guard;

  SpringAiCarrier(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Seen send(GuardText text) {
    var model = new Model();
    var tool =
        new Tool(
            text.from() == dev.redoubt.testkit.GuardTexts.From.CALL ? "refund" : "look_up",
            text.text());
    String question =
        switch (text.from()) {
          case USER, DOCUMENT -> {
            model.say("fine");
            yield text.text();
          }
          case ANSWER -> {
            model.say(text.text());
            yield QUESTION;
          }
          case TOOL -> {
            model.call("look_up", "{}").say("fine");
            yield QUESTION;
          }
          case CALL -> {
            model.call("refund", text.text()).say("fine");
            yield QUESTION + PASSAGE;
          }
        };
    ChatClientResponse response = client(model, tool, question).call().chatClientResponse();
    Verdict verdict =
        Objects.requireNonNull((Verdict) response.context().get(GuardAdvisor.VERDICT));
    String shown = said(response);
    boolean refused = !verdict.passes();
    String through =
        switch (text.from()) {
          case USER, DOCUMENT -> refused ? shown : model.lastUser();
          case ANSWER -> shown;
          case TOOL -> refused ? shown : model.lastResult();
          case CALL -> refused ? shown : Objects.requireNonNull(tool.arguments);
        };
    String action = refused ? verdict.action() : through.equals(text.text()) ? "allow" : "rewrite";
    return new Seen(action, refused ? verdict.rule() : "?", through);
  }

  private ChatClient.ChatClientRequestSpec client(Model model, Tool tool, String question) {
    return ChatClient.builder(model)
        .defaultAdvisors(new GuardAdvisor(guard), new GuardModelAdvisor(guard))
        .defaultTools(tool)
        .build()
        .prompt(Prompt.builder().content(question).build())
        .advisors(a -> a.param(GuardAdvisor.CALLER, "ana@example.org"));
  }

  private static String said(ChatClientResponse response) {
    String text = Objects.requireNonNull(response.chatResponse()).getResult().getOutput().getText();
    return text == null ? "" : text;
  }

  @Override
  public Seen stream(GuardText text) {
    var model = new Model();
    model.say(text.text());
    var shown = new StringBuilder();
    Verdict said = null;
    for (ChatClientResponse part :
        client(model, new Tool("look_up", ""), QUESTION).stream()
            .chatClientResponse()
            .toIterable()) {
      shown.append(said(part));
      said = part.context().get(GuardAdvisor.VERDICT) instanceof Verdict v ? v : said;
    }
    String all = shown.toString();
    boolean refused = said != null && !said.passes();
    return new Seen(
        refused ? "block" : all.equals(text.text()) ? "allow" : "rewrite",
        refused ? Objects.requireNonNull(said).rule() : "?",
        all);
  }

  /** A model that says what it is told to, whole or in pieces. */
  static final class Model implements ChatModel {
    private final Deque<AssistantMessage> replies = new ArrayDeque<>();
    private @Nullable Prompt last;

    Model say(String text) {
      replies.add(new AssistantMessage(text));
      return this;
    }

    Model call(String tool, String arguments) {
      replies.add(
          AssistantMessage.builder()
              .content("")
              .toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", tool, arguments)))
              .build());
      return this;
    }

    private Message lastMessage() {
      return Objects.requireNonNull(last).getInstructions().getLast();
    }

    String lastUser() {
      return lastMessage().getText();
    }

    String lastResult() {
      return ((ToolResponseMessage) lastMessage()).getResponses().getFirst().responseData();
    }

    @Override
    public ChatOptions getOptions() {
      return ToolCallingChatOptions.builder().build();
    }

    @Override
    public ChatResponse call(Prompt prompt) {
      last = prompt;
      return new ChatResponse(List.of(new Generation(replies.removeFirst())));
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      last = prompt;
      AssistantMessage reply = replies.removeFirst();
      return Flux.fromIterable(Pieces.of(String.valueOf(reply.getText())))
          .map(p -> new ChatResponse(List.of(new Generation(new AssistantMessage(p)))));
    }
  }

  private static final class Tool implements ToolCallback {
    private final String name;
    private final String result;
    private @Nullable String arguments;

    Tool(String name, String result) {
      this.name = name;
      this.result = result;
    }

    @Override
    public ToolDefinition getToolDefinition() {
      return ToolDefinition.builder()
          .name(name)
          .description("a tool")
          .inputSchema("{\"type\":\"object\"}")
          .build();
    }

    @Override
    public String call(String input) {
      arguments = input;
      return result;
    }
  }
}
