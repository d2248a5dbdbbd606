package dev.redoubt.attack.chat;

import dev.redoubt.core.Evidence;
import dev.redoubt.runtime.llm.ChatModel;
import dev.redoubt.runtime.program.JudgeProgram;
import dev.redoubt.runtime.program.JudgeRequest;
import dev.redoubt.runtime.program.ProgramException;
import dev.redoubt.runtime.program.ProgramVerdict;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Programs, or a model, as judges of attempts. */
final class ProgramJudges {
  private ProgramJudges() {}

  /** Who decides an attempt beside its ground truth; null when nobody does. */
  static @Nullable OutsideJudge of(PassTools tools, PlannedCall call, boolean missing) {
    OptionalInt which = tools.plan().spec().aids().judge(call.objective(), missing);
    if (which.isEmpty()) {
      return model(tools, call);
    }
    List<JudgeProgram> open = tools.aids().judges();
    JudgeProgram program = which.getAsInt() < open.size() ? open.get(which.getAsInt()) : null;
    return new OutsideJudge(
        tools,
        call,
        program == null ? null : source(program, tools, call),
        tools.before().outsideVerdicts(call.id()));
  }

  private static @Nullable OutsideJudge model(PassTools tools, PlannedCall call) {
    Aids aids = tools.plan().spec().aids();
    ModelJudge judge = aids.model();
    if (judge == null || !aids.judgedByModel(call.objective())) {
      return null;
    }
    ChatModel open = tools.aids().judgeModel();
    return new OutsideJudge(
        tools,
        call,
        open == null ? null : judge.source(open, call.seed()),
        tools.before().outsideVerdicts(call.id()));
  }

  private static OutsideJudge.Source source(
      JudgeProgram program, PassTools tools, PlannedCall call) {
    return new OutsideJudge.Source() {
      @Override
      public String name() {
        return "the program '" + program.name() + "'";
      }

      @Override
      public OutsideJudge.Answer ask(List<Evidence.Turn> turns, Dialogue dialogue)
          throws InterruptedException {
        // Values of planted facts are not for it: what it is told may be written down anywhere.
        var request =
            new JudgeRequest(
                call.objective().id(),
                turns,
                ToolCalls.of(dialogue).calls().stream().map(ProgramJudges::entry).toList(),
                tools.truth().facts().stream()
                    .map(f ->
                        new JudgeRequest.Planted(
                            f.name(), f.kind().name().toLowerCase(Locale.ROOT), null))
                    .toList());
        try {
          ProgramVerdict verdict = program.judge(request, tools.plan().spec().timeout());
          return new OutsideJudge.Answer(verdict.outcome(), verdict.reason(), true);
        } catch (ProgramException e) {
          return OutsideJudge.Answer.failed("the judge failed: " + e.getMessage());
        }
      }
    };
  }

  private static JudgeRequest.Entry entry(LedgerRecord record) {
    return new JudgeRequest.Entry(
        record.tool(), record.arguments().toString(), record.caller(), record.status());
  }
}
