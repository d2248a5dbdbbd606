package dev.redoubt.app.cli;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The OpenAI models of LangChain4j, whole and streaming. */
class LangChain4jTest extends ChatClientContract {
  private static final String MODEL = "acme-helpdesk";
  private static final List<ToolSpecification> TOOLS =
      List.of(
          ToolSpecification.builder()
              .name("order_status")
              .description("Looks up an order")
              .parameters(
                  JsonObjectSchema.builder().addStringProperty("order").required("order").build())
              .build(),
          ToolSpecification.builder()
              .name("refund")
              .description("Pays money back")
              .parameters(
                  JsonObjectSchema.builder()
                      .addNumberProperty("amount_eur")
                      .required("amount_eur")
                      .build())
              .build());

  @Override
  Answer ask(Question question) throws Exception {
    List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from(question.text())));
    try {
      ChatResponse first = complete(question, messages);
      AiMessage said = first.aiMessage();
      List<Call> calls = new ArrayList<>();
      String after = "";
      if (said.hasToolExecutionRequests()) {
        messages.add(said);
        for (ToolExecutionRequest call : said.toolExecutionRequests()) {
          calls.add(Call.of(call.id(), call.name(), call.arguments()));
          messages.add(ToolExecutionResultMessage.from(call, RESULT));
        }
        after = complete(question, messages).aiMessage().text();
      }
      return new Answer(
          200,
          Objects.requireNonNullElse(said.text(), ""),
          onTheWire(first.finishReason()),
          calls,
          after);
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof HttpException http) {
          return Answer.error(http.statusCode());
        }
      }
      throw e;
    }
  }

  private static ChatResponse complete(Question question, List<ChatMessage> messages)
      throws ExecutionException, InterruptedException {
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    if (question.tools()) {
      request.toolSpecifications(TOOLS);
    }
    return question.stream()
        ? streamed(question, request.build())
        : OpenAiChatModel.builder()
            .baseUrl(question.base().toString())
            .apiKey(question.token())
            .modelName(MODEL)
            .maxRetries(0)
            .build()
            .chat(request.build());
  }

  private static ChatResponse streamed(Question question, ChatRequest request)
      throws ExecutionException, InterruptedException {
    OpenAiStreamingChatModel model =
        OpenAiStreamingChatModel.builder()
            .baseUrl(question.base().toString())
            .apiKey(question.token())
            .modelName(MODEL)
            .build();
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    StringBuilder pieces = new StringBuilder();
    model.chat(
        request,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String piece) {
            pieces.append(piece);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            done.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            done.completeExceptionally(error);
          }
        });
    ChatResponse response = done.get();
    String whole = Objects.requireNonNullElse(response.aiMessage().text(), "");
    if (!whole.contentEquals(pieces)) {
      throw new AssertionError("pieces '" + pieces + "' are not the whole '" + whole + "'");
    }
    return response;
  }

  private static String onTheWire(FinishReason reason) {
    return switch (reason) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case TOOL_EXECUTION -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
      case OTHER -> "other";
    };
  }
}
