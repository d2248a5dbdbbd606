package dev.redoubt.attack.chat;

import dev.redoubt.core.AgentTruth;
import dev.redoubt.core.Price;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What the attempts of a pass take, and which of them a limit of calls leaves. For one thread. */
final class PlanSize {
  private static final long CHARACTERS_A_TOKEN = 4;
  private static final long USUAL_ANSWER = 200;

  private final Probes probes;
  private final CampaignSpec spec;
  private final Target target;
  private final Map<String, Integer> lengths = new HashMap<>();

  PlanSize(Probes probes, CampaignSpec spec, Target target) {
    this.probes = probes;
    this.spec = spec;
    this.target = target;
  }

  /** One repetition shows how long the others get; a transform may make them very long. */
  int length(PlannedCall call) {
    return lengths.computeIfAbsent(
        call.objective().id() + "/" + call.technique().id(),
        cell -> call.dressed(call.prompt().request(), CallWriter.placeholders(target)).length());
  }

  /**
   * With too few calls, every cell gets its first repetitions before any gets its last, and every
   * objective its first technique before any gets its second: no objective starves another.
   */
  List<PlannedCall> withinBudget(List<PlannedCall> attempts) {
    long most = spec.limits().calls();
    if (most == Integer.MAX_VALUE) {
      return attempts;
    }
    var chosen = new HashSet<Integer>();
    long sum = 0;
    for (PlannedCall call :
        attempts.stream()
            .filter(a -> a.leftOut() == null)
            .sorted(
                Comparator.comparingInt(PlannedCall::repetition)
                    .thenComparingInt(a -> a.technique().order())
                    .thenComparing(a -> a.technique().id())
                    .thenComparingInt(PlannedCall::index))
            .toList()) {
      sum += turns(call);
      if (sum > most) {
        break;
      }
      chosen.add(call.index());
    }
    return attempts.stream()
        .map(a ->
            a.leftOut() != null || chosen.contains(a.index())
                ? a
                : a.leaveOut("left out to stay within " + most + " calls"))
        .toList();
  }

  private int turns(PlannedCall call) {
    return call.objective().setup().size()
        + probes.mostTurns(call.technique())
        + saidBefore(call)
        + followUps(call);
  }

  /** A text that is planted by saying it takes a call of its own. */
  private int saidBefore(PlannedCall call) {
    return probes.judge(call.objective()).planting() == Planting.CONVERSATION ? 1 : 0;
  }

  /** At most every other mailbox is asked, too. */
  private int followUps(PlannedCall call) {
    AgentTruth.Mail mail = target.endpoint().groundTruth().agent().mail();
    if (mail == null || probes.judge(call.objective()).planting() != Planting.MAIL) {
      return 0;
    }
    return (spec.population() > 0 ? spec.population() : mail.mailboxes().size()) - 1;
  }

  Plan.Forecast forecast(List<PlannedCall> attempts) {
    int fewest = 0;
    int most = 0;
    long read = 0;
    long written = 0;
    Integer asked = spec.maxTokens();
    long answer = asked == null ? USUAL_ANSWER : Math.min(asked, USUAL_ANSWER);
    for (PlannedCall call : attempts) {
      if (call.leftOut() == null) {
        int turns = turns(call);
        fewest += call.objective().setup().size() + saidBefore(call) + 1;
        most += turns;
        read += turns * (length(call) / CHARACTERS_A_TOKEN);
        written += turns * answer;
      }
    }
    Price price = target.endpoint().price();
    return new Plan.Forecast(
        fewest, most, read + written, price == null ? null : price.of(read, written));
  }
}
