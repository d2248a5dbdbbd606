package dev.redoubt.attack.chat;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Attacks a chat endpoint: plans the calls, makes them, tapes them, judges them.
 *
 * <p>A pass that was cut short, even by a killed process, is resumed from its tape: no taped call
 * goes out again, calls that were under way go out again and are marked, and the attempts are those
 * of a pass that was never cut.
 *
 * @since 0.1.0
 */
public final class Campaign {
  /** Name of the pass of a {@link RegressionPack}. */
  public static final String REGRESSION = "regression";

  private Campaign() {}

  /**
   * Lays out a pass without calling anything.
   *
   * @throws UsageException when an objective, a technique or the ground truth is wrong
   */
  public static Plan plan(CampaignSpec spec, Target target) {
    return plan(Probes.shipped(), spec, target);
  }

  static Plan plan(Probes probes, CampaignSpec spec, Target target) {
    Thread.ofPlatform().daemon().name("trust-store").start(Campaign::readTrustStore);
    return new Planner(probes, spec, target).plan();
  }

  /** A process's first HTTP client waits for it, a tenth of a second: read it beside the plan. */
  private static void readTrustStore() {
    try {
      SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      // The client that needs it says so.
    }
  }

  /**
   * Runs a pass. An interrupt of the calling thread ends it early, and the result says so.
   *
   * @param plan what to do
   * @param folder where its tape goes; other passes may be there already
   * @param listener hears how it goes, and may stop it
   * @return what was found; when the first call shows that nothing will work, every attempt is
   *     unassessed and {@link CampaignResult#unreachable} says why
   * @throws UsageException when the folder has a pass of that name already
   * @throws dev.redoubt.core.TargetUnreachableException when the tape can't be written
   */
  public static CampaignResult run(Plan plan, RunFolder folder, CampaignListener listener) {
    return run(plan, folder, listener, LiveAids.NONE);
  }

  /**
   * The same with what the pass asks besides its target.
   *
   * @param aids open connections; closed by whoever made them
   */
  public static CampaignResult run(
      Plan plan, RunFolder folder, CampaignListener listener, LiveAids aids) {
    return run(Probes.shipped(), plan, folder, listener, aids);
  }

  /**
   * The same with a model that writes the attacker's words in adaptive techniques.
   *
   * @param attacker the model; absent lets rules write them
   */
  public static CampaignResult run(
      Plan plan, RunFolder folder, CampaignListener listener, @Nullable AttackerModel attacker) {
    return run(Probes.shipped(), plan, folder, listener, LiveAids.of(attacker));
  }

  static CampaignResult run(
      Probes probes,
      Plan plan,
      RunFolder folder,
      CampaignListener listener,
      @Nullable AttackerModel attacker) {
    return run(probes, plan, folder, listener, LiveAids.of(attacker));
  }

  static CampaignResult run(
      Probes probes, Plan plan, RunFolder folder, CampaignListener listener, LiveAids aids) {
    if (Files.exists(folder.passFile(plan.spec().pass()))) {
      throw new UsageException(
          "run '"
              + folder.id()
              + "' has a pass '"
              + plan.spec().pass()
              + "' already; resume it, or start a new run");
    }
    return new Runner(probes, plan, folder, listener, preferredPort(plan.spec().seed()), aids)
        .run();
  }

  /** A port that follows from the seed, so that the same seed sends the same words. */
  private static int preferredPort(long seed) {
    return 20_000 + (int) Math.floorMod(seed * 31 + 7, 10_000L);
  }

  /**
   * Goes on with one pass of a run.
   *
   * @param folder folder of the run
   * @param pass name of the pass
   * @param target the target, described as when the pass began
   * @param listener hears how it goes
   */
  public static CampaignResult resume(
      RunFolder folder, String pass, Target target, CampaignListener listener) {
    return resume(folder, pass, target, listener, LiveAids.NONE);
  }

  /** The same with what the pass asks besides its target. */
  public static CampaignResult resume(
      RunFolder folder, String pass, Target target, CampaignListener listener, LiveAids aids) {
    if (pass.equals(REGRESSION)) {
      throw new UsageException("a regression test is not resumed; run it again");
    }
    PassFile file = PassFile.read(folder, pass);
    Probes probes = Probes.shipped();
    // Half of what a long run waits for before its first call is its plan, half is its tape.
    CompletableFuture<Plan> planning =
        CompletableFuture.supplyAsync(() -> plan(probes, file.spec(), target));
    try (Tape tape = Tape.open(folder.tape(), InstantSource.system().instant())) {
      TapeState before = TapeState.read(folder.tape(), pass);
      Plan plan = planning.join();
      return new Runner(probes, plan, folder, listener, file.sinkPort(), aids).run(tape, before);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Judges a pass anew from its tape, without a call: with the same rules and ground truth the
   * result is the same, with newer ones it is what they say.
   *
   * @param folder folder of the run; not changed
   * @param pass name of the pass
   * @param target the target, described as when the pass began
   * @param listener hears how it goes
   */
  public static CampaignResult replay(
      RunFolder folder, String pass, Target target, CampaignListener listener) {
    PassFile file = PassFile.read(folder, pass);
    Probes probes = Probes.shipped();
    Plan plan = plan(probes, file.spec(), target);
    return new Runner(probes, plan, folder, listener, file.sinkPort(), LiveAids.NONE).replay();
  }

  /** The same for every pass of a run. */
  public static List<CampaignResult> replay(
      RunFolder folder, Map<String, String> environment, CampaignListener listener) {
    var results = new ArrayList<CampaignResult>();
    for (String pass : folder.passes()) {
      Target target = target(folder, PassFile.read(folder, pass), environment);
      results.add(replay(folder, pass, target, listener));
    }
    if (results.isEmpty()) {
      throw new UsageException("run '" + folder.id() + "' has no pass to replay");
    }
    return results;
  }

  /**
   * Goes on with every pass of a run; those that were complete are only read.
   *
   * @throws UsageException when the run was not started from a {@code redoubt.yaml}
   */
  public static List<CampaignResult> resume(RunFolder folder, CampaignListener listener)
      throws InterruptedException {
    return resume(folder, System.getenv(), listener, aids -> LiveAids.NONE);
  }

  /**
   * The same, with variables for the description of the system.
   *
   * @param environment what <code>${NAME}</code> stands for there
   * @param opener opens what a pass asks besides its target; closed here
   */
  public static List<CampaignResult> resume(
      RunFolder folder,
      Map<String, String> environment,
      CampaignListener listener,
      LiveAids.Opener opener)
      throws InterruptedException {
    var results = new ArrayList<CampaignResult>();
    for (String pass : folder.passes()) {
      PassFile file = PassFile.read(folder, pass);
      try (LiveAids aids = opener.open(file.spec().aids())) {
        results.add(resume(folder, pass, target(folder, file, environment), listener, aids));
      }
    }
    if (results.isEmpty()) {
      throw new UsageException("run '" + folder.id() + "' has no pass to resume; start a new run");
    }
    return results;
  }

  static Target target(RunFolder folder, PassFile file, Map<String, String> environment) {
    Path yaml = file.system();
    if (yaml == null) {
      throw new UsageException(
          "run '" + folder.id() + "' was not started from a redoubt.yaml; give its target again");
    }
    AiSystem system = RedoubtYaml.read(yaml, environment);
    Component component =
        system
            .component(file.component())
            .orElseThrow(() ->
                new UsageException(
                    yaml + ": has no component '" + file.component() + "' any more"));
    if (!(component instanceof Endpoint endpoint)) {
      throw new UsageException(yaml + ": '" + file.component() + "' is no endpoint any more");
    }
    return Target.described(system, endpoint, yaml);
  }
}
