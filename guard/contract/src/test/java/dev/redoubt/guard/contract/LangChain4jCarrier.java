package dev.redoubt.guard.contract;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.guardrail.GuardrailException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Verdict;
import dev.redoubt.guard.langchain4j.GuardRefusedException;
import dev.redoubt.guard.langchain4j.LangChain4jGuard;
import dev.redoubt.testkit.GuardTexts.GuardText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The guard in an AI service of LangChain4j. */
final class LangChain4jCarrier implements Carrier {
  private static final String RULE = "?";

  /** An assistant as applications declare it. */
  interface Assistant {
    String chat(@dev.langchain4j.service.UserMessage String message);
  }

  private final LangChain4jGuard redoubt;

  LangChain4jCarrier(Guard guard) {
    redoubt = LangChain4jGuard.of(guard, context -> Caller.of("ana@example.org"));
  }

  @Override
  public Seen send(GuardText text) {
    var model = new Model();
    return switch (text.from()) {
      case USER, DOCUMENT -> {
        model.say("fine");
        yield seen(text, () -> ask(model, text.text()), shown -> model.lastUser());
      }
      case ANSWER -> {
        model.say(text.text());
        yield seen(text, () -> ask(model, QUESTION), shown -> shown);
      }
      case TOOL -> {
        var tool = new Tool("look_up", text.text());
        model.call("look_up", "{}").say("fine");
        yield tool(model, tool, QUESTION, text.text(), tool::said);
      }
      case CALL -> {
        var tool = new Tool("refund", "done");
        model.call("refund", text.text()).say("fine");
        yield tool(model, tool, QUESTION + PASSAGE, text.text(), () -> tool.made(text.text()));
      }
    };
  }

  private interface Ask {
    String get();
  }

  private static Seen seen(GuardText text, Ask ask, UnaryOperator<String> through) {
    try {
      String shown = through.apply(ask.get());
      return new Seen(shown.equals(text.text()) ? "allow" : "rewrite", RULE, shown);
    } catch (GuardrailException refused) {
      Verdict verdict = ((GuardRefusedException) refused.getCause()).verdict();
      return Seen.of(verdict, text.text());
    }
  }

  private Seen tool(Model model, Tool tool, String question, String original, Ask through) {
    AiServices.builder(Assistant.class)
        .chatModel(model)
        .inputGuardrails(redoubt.input())
        .tools(Map.of(tool.specification(), tool.guarded(redoubt)))
        .build()
        .chat(question);
    String shown = through.get();
    String action = shown.equals(original) ? "allow" : tool.refused() ? "block" : "rewrite";
    return new Seen(action, RULE, shown);
  }

  private String ask(Model model, String question) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .inputGuardrails(redoubt.input())
        .outputGuardrails(redoubt.output())
        .build()
        .chat(question);
  }

  @Override
  public Seen stream(GuardText text) {
    StreamingChatModel model =
        new StreamingChatModel() {
          @Override
          public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            Pieces.of(text.text()).forEach(handler::onPartialResponse);
            handler.onCompleteResponse(
                ChatResponse.builder().aiMessage(AiMessage.from(text.text())).build());
          }
        };
    var shown = new StringBuilder();
    var finish = new String[1];
    redoubt
        .streaming(model, request -> Caller.of("ana@example.org"))
        .chat(
            QUESTION,
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                shown.append(piece);
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                finish[0] = String.valueOf(response.finishReason());
              }

              @Override
              public void onError(Throwable error) {
                throw new AssertionError(error);
              }
            });
    boolean blocked = finish[0].equals("CONTENT_FILTER");
    String all = shown.toString();
    return new Seen(blocked ? "block" : all.equals(text.text()) ? "allow" : "rewrite", RULE, all);
  }

  /** A model that says what it is told to. */
  private static final class Model implements ChatModel {
    private final Deque<AiMessage> replies = new ArrayDeque<>();
    private @Nullable ChatRequest last;

    Model say(String text) {
      replies.add(AiMessage.from(text));
      return this;
    }

    Model call(String tool, String arguments) {
      replies.add(
          AiMessage.from(
              ToolExecutionRequest.builder().id("1").name(tool).arguments(arguments).build()));
      return this;
    }

    String lastUser() {
      List<ChatMessage> messages = Objects.requireNonNull(last).messages();
      return ((UserMessage) messages.getLast()).singleText();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
      last = request;
      return ChatResponse.builder().aiMessage(replies.removeFirst()).build();
    }
  }

  /** A tool that notes its calls and what the model got to read. */
  private static final class Tool implements ToolExecutor {
    private final String name;
    private final String result;
    private @Nullable String arguments;
    private @Nullable ToolExecutionResult outcome;

    Tool(String name, String result) {
      this.name = name;
      this.result = result;
    }

    ToolSpecification specification() {
      return ToolSpecification.builder()
          .name(name)
          .description("a tool")
          .parameters(JsonObjectSchema.builder().build())
          .build();
    }

    ToolExecutor guarded(LangChain4jGuard redoubt) {
      ToolExecutor inner = redoubt.tool(this);
      return new ToolExecutor() {
        @Override
        public String execute(ToolExecutionRequest request, Object memoryId) {
          throw new AssertionError("the old way in");
        }

        @Override
        public ToolExecutionResult executeWithContext(
            ToolExecutionRequest request, InvocationContext context) {
          outcome = inner.executeWithContext(request, context);
          return outcome;
        }
      };
    }

    boolean refused() {
      String said = said();
      return said.startsWith("Sorry");
    }

    String said() {
      return Objects.requireNonNull(outcome).resultText();
    }

    String made(String original) {
      return arguments == null ? said() : arguments.equals(original) ? original : arguments;
    }

    @Override
    public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
      arguments = request.arguments();
      return result;
    }
  }
}
