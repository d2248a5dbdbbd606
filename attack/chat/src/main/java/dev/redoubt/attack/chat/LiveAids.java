package dev.redoubt.attack.chat;

import dev.redoubt.runtime.llm.ChatModel;
import dev.redoubt.runtime.program.JudgeProgram;
import dev.redoubt.runtime.program.ProbeProgram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open connections to what {@link Aids} name. Whatever they answer is taped, so that a replay
 * needs none of them.
 *
 * @param attacker the attacker's model; absent lets rules write the attacker's words
 * @param judges the programs of {@link Aids#judges}, in that order; fewer when they are not open
 * @param probers the programs of {@link Aids#probers}, in that order; fewer when they are not open
 * @param judgeModel the model of {@link Aids#model}; absent when it is not open
 * @since 0.1.0
 */
public record LiveAids(
    @Nullable AttackerModel attacker,
    List<JudgeProgram> judges,
    List<ProbeProgram> probers,
    @Nullable ChatModel judgeModel)
    implements AutoCloseable {
  /** Nothing but the target. */
  public static final LiveAids NONE = new LiveAids(null, List.of(), List.of(), null);

  public LiveAids {
    judges = List.copyOf(judges);
    probers = List.copyOf(probers);
  }

  /** Opens what a pass asks beside its target. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens.
     *
     * @throws dev.redoubt.core.UsageException when a program can't be started
     */
    LiveAids open(Aids aids) throws InterruptedException;
  }

  /** Only an attacker's model, which whoever made it closes. */
  static LiveAids of(@Nullable AttackerModel attacker) {
    return attacker == null ? NONE : new LiveAids(attacker, List.of(), List.of(), null);
  }

  @Override
  public void close() {
    probers.forEach(ProbeProgram::close);
    judges.forEach(JudgeProgram::close);
    if (judgeModel != null) {
      judgeModel.close();
    }
    if (attacker != null) {
      attacker.model().close();
    }
  }
}
