package dev.redoubt.runtime.target;

import dev.redoubt.core.Access;
import dev.redoubt.core.Component.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Opens conversations with a target. Thread-safe; meant for many virtual threads at once.
 *
 * @since 0.1.0
 */
public interface TargetClient extends AutoCloseable {
  /**
   * Begins a conversation; nothing is sent before the first {@link Conversation#say}.
   *
   * @param history what was said in it before, oldest first: a run that was cut off goes on
   * @throws IllegalArgumentException for a history that the target can't take
   */
  Conversation begin(List<Turn> history);

  /**
   * Says whether {@link #begin} takes a history that isn't empty: protocols in which every request
   * carries the whole conversation do, those in which the target remembers it don't.
   */
  boolean canContinue();

  /** Gives up what is under way and lets go of connections and processes. */
  @Override
  void close();

  /**
   * Makes the client of an endpoint. Nothing is sent.
   *
   * @param baseFolder folder of {@code redoubt.yaml}, to which paths are relative
   * @throws dev.redoubt.core.UsageException where the description can't be used
   */
  static TargetClient of(Endpoint endpoint, Path baseFolder, TargetSettings settings) {
    return switch (endpoint.access()) {
      case Access.ModelApi api ->
          api.api() == Access.Api.OPENAI_CHAT
              ? new OpenAiChatTarget(endpoint, api, settings)
              : new ModelApiTarget(endpoint, api, settings);
      case Access.Http http -> new HttpTarget(endpoint, http, settings);
      case Access.WebSocket socket -> new WebSocketTarget(endpoint, socket, settings);
      case Access.Mcp mcp -> new McpTarget(endpoint, mcp, baseFolder, settings);
      case Access.Program program -> new ProgramTarget(endpoint, program, baseFolder, settings);
      case Access.Java java -> new JavaTarget(endpoint, java, baseFolder, settings);
    };
  }

  /**
   * Makes the client of a function in this process. Calls of different conversations come at the
   * same time; one that doesn't end in time is interrupted and left to itself.
   */
  static TargetClient inProcess(UnaryOperator<String> target, TargetSettings settings) {
    return new JavaTarget(target, settings);
  }
}
