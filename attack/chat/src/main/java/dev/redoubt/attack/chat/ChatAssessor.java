package dev.redoubt.attack.chat;

import com.google.auto.service.AutoService;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.AssessmentContext;
import dev.redoubt.core.Assessor;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Twin;
import java.util.List;

/**
 * Attacks endpoints with every objective by every standard technique, three times each, one call at
 * a time.
 *
 * @since 0.1.0
 */
@AutoService(Assessor.class)
public final class ChatAssessor implements Assessor {
  @Override
  public String id() {
    return "attack.chat";
  }

  @Override
  public boolean supports(Component component) {
    return component instanceof Endpoint;
  }

  @Override
  public void check(AiSystem system, Component component, AssessmentContext context) {
    // Reads every file that the ground truth names.
    Plan plan = plan(system, component, context, lent(context).aids());
    if (plan.attempts().isEmpty()) {
      throw new IllegalStateException("no attack is known");
    }
  }

  @Override
  public Coverage assess(AiSystem system, Component component, AssessmentContext context) {
    Plan plan = plan(system, component, context, aids(system, component, context));
    var folder = new RunFolder(context.runFolder());
    CampaignListener listener = listener(component, context);
    CampaignResult result =
        context.offline()
            ? Campaign.replay(folder, plan.spec().pass(), plan.target(), listener)
            : Campaign.run(plan, folder, listener, lent(context).live());
    result.findings().forEach(context::finding);
    result.facts().forEach(context::fact);
    return result.requireReached().coverage();
  }

  private static LentAids lent(AssessmentContext context) {
    return context.lent(LentAids.class).orElse(LentAids.NONE);
  }

  /** Programs are asked for their probes once, when the run is about to begin. */
  private static Aids aids(AiSystem system, Component component, AssessmentContext context) {
    LentAids lent = lent(context);
    if (context.offline() || !(component instanceof Endpoint endpoint)) {
      return lent.aids();
    }
    try {
      return ProgramProbes.ask(
          lent.aids(),
          lent.live(),
          system,
          endpoint,
          List.of(),
          context.seed(),
          CampaignSpec.of(context.seed()).timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lent.aids();
    }
  }

  private static Plan plan(
      AiSystem system, Component component, AssessmentContext context, Aids aids) {
    if (!(component instanceof Endpoint endpoint)) {
      throw new IllegalArgumentException(component.name() + " is no endpoint");
    }
    CampaignSpec usual =
        CampaignSpec.of(context.seed())
            .withPass(passName(component.name()))
            .withLimits(context.limits())
            .withAids(aids)
            .withOwnWords(context.ownWords());
    // Each technique once: together they are many attempts at each objective.
    CampaignSpec spec =
        context.thorough()
            ? usual
                .withTechniques(Probes.shipped().techniques().stream().map(Technique::id).toList())
                .withRepetitions(1)
            : usual;
    Target target =
        Target.described(
            system, endpoint, context.baseFolder().resolve(component.location().file()));
    return Campaign.plan(spec, target);
  }

  /** A run may assess several endpoints, and each needs a pass of its own. */
  private static String passName(String component) {
    String name =
        component
            .toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return name.isEmpty() ? "run" : name;
  }

  private static CampaignListener listener(Component component, AssessmentContext context) {
    return new CampaignListener() {
      @Override
      public void started(Plan plan, int taped) {
        context.note("attack " + component.name() + ": " + plan.forecastWords());
      }

      @Override
      public void note(String line) {
        context.note(line);
      }

      @Override
      public void attempt(Attempt attempt, int done, int total) {
        context.attempt(attempt);
        context.progress("attack " + component.name() + ": " + attempt.objective(), done, total);
      }

      @Override
      public void twin(Twin twin, int done, int total) {
        context.twin(twin);
        context.progress("attack " + component.name() + ": ordinary questions", done, total);
      }

      @Override
      public boolean cancelled() {
        return context.cancelled();
      }
    };
  }
}
