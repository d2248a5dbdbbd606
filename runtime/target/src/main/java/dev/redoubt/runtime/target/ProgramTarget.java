package dev.redoubt.runtime.target;

import dev.redoubt.core.Access;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Evidence;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.TokenUsage;
import dev.redoubt.runtime.llm.ToolCall;
import dev.redoubt.runtime.program.ProgramException;
import dev.redoubt.runtime.program.ProgramReply;
import dev.redoubt.runtime.program.ProgramSpec;
import dev.redoubt.runtime.program.ProgramTurn;
import dev.redoubt.runtime.program.TargetProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A target that is a program of its own, started when it is first needed. */
final class ProgramTarget implements TargetClient {
  private final Endpoint endpoint;
  private final ProgramSpec spec;
  private final TargetSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable TargetProgram program;
  private boolean closed;

  ProgramTarget(
      Endpoint endpoint, Access.Program access, Path baseFolder, TargetSettings settings) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.spec = new ProgramSpec(access.command(), baseFolder, Map.of(), ProgramSpec.START_TIMEOUT);
  }

  @Override
  public Conversation begin(List<Turn> history) {
    return new Talk(history);
  }

  /** Starts the program: only it knows. */
  @Override
  public boolean canContinue() {
    try {
      return program().stateless();
    } catch (ChatException e) {
      // The first words will say so in full.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private TargetProgram program() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        throw new ChatException(Kind.CLOSED, endpoint.name() + " is closed");
      }
      if (program == null) {
        program = TargetProgram.start(spec);
      }
      return program;
    } catch (ProgramException e) {
      throw failure(e);
    } finally {
      lock.unlock();
    }
  }

  private static ChatException failure(ProgramException e) {
    var kind =
        switch (e.kind()) {
          case NOT_STARTED, GIVEN_UP -> Kind.UNREACHABLE;
          case ENDED -> Kind.RESET;
          case TIMEOUT -> Kind.TIMEOUT;
          case NOT_JSON -> Kind.NOT_JSON;
          case BAD_REPLY -> Kind.BAD_REPLY;
          case TOO_LARGE, FLOOD -> Kind.TOO_LARGE;
          case REPORTED ->
              e.reported().orElse("").equals("rate-limited") ? Kind.RATE_LIMITED : Kind.BAD_REPLY;
          case FORGOTTEN, CLOSED -> Kind.CLOSED;
        };
    return new ChatException(kind, String.valueOf(e.getMessage()), e);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (program != null) {
        program.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private final class Talk implements Conversation {
    private final List<Evidence.Turn> turns = new ArrayList<>();
    private String id = UUID.randomUUID().toString();

    Talk(List<Turn> history) {
      history.forEach(turn -> turns.add(new Evidence.Turn(turn.role(), turn.text())));
    }

    @Override
    public TargetReply say(Say say) throws InterruptedException {
      var target = program();
      ProgramReply reply;
      boolean answered = false;
      try {
        int turn = (int) turns.stream().filter(t -> t.role().equals("user")).count();
        reply =
            target.say(
                new ProgramTurn(
                    id,
                    turn,
                    say.text(),
                    turns,
                    say.identity(),
                    say.seed(),
                    say.temperature(),
                    say.maxTokens()),
                settings.timeout());
        answered = true;
      } catch (ProgramException e) {
        throw failure(e);
      } finally {
        if (!answered && turns.isEmpty()) {
          // It may remember words that it did not answer: they are said again to one that doesn't.
          target.end(id);
          id = UUID.randomUUID().toString();
        }
      }
      if (reply.text().length() > settings.maxReplyBytes()) {
        throw new ChatException(
            Kind.TOO_LARGE,
            endpoint.name() + ": the reply is larger than " + settings.maxReplyBytes());
      }
      turns.add(new Evidence.Turn("user", say.text()));
      turns.add(new Evidence.Turn("assistant", reply.text()));
      return reply(reply);
    }

    private TargetReply reply(ProgramReply reply) {
      var calls = new ArrayList<ToolCall>();
      reply
          .toolCalls()
          .forEach(c -> calls.add(new ToolCall("call_" + calls.size(), c.name(), c.arguments())));
      var usage = new TokenUsage(count(reply.promptTokens()), count(reply.completionTokens()));
      var model = reply.model() == null ? endpoint.model() : reply.model();
      return new TargetReply(
          reply.text(),
          calls,
          "stop",
          model == null ? "" : model,
          usage,
          reply.cost() == null ? Answer.cost(usage, endpoint.price()) : reply.cost());
    }

    private static int count(@Nullable Integer tokens) {
      return tokens == null ? 0 : Math.max(0, tokens);
    }

    @Override
    public void close() {
      var running = program;
      if (running != null) {
        running.end(id);
      }
    }
  }
}
