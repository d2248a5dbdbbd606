package dev.redoubt.attack.chat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the calls of one pass that its tape does not hold yet. Used once. */
final class Runner {
  /**
   * Workers for each call at a time: while one attempt waits for its reply, another is judged.
   * Whoever asks for one call at a time gets one attempt after the other.
   */
  private static final int WORKERS = 2;

  private final Probes probes;
  private final Plan plan;
  private final RunFolder folder;
  private final CampaignListener listener;
  private final int sinkPort;
  private final LiveAids aids;
  private final InstantSource clock = InstantSource.system();
  private final AtomicBoolean halted = new AtomicBoolean();

  Runner(
      Probes probes,
      Plan plan,
      RunFolder folder,
      CampaignListener listener,
      int sinkPort,
      LiveAids aids) {
    this.probes = probes;
    this.plan = plan;
    this.folder = folder;
    this.listener = listener;
    this.sinkPort = sinkPort;
    this.aids = aids;
  }

  CampaignResult run() {
    try (Tape tape = Tape.open(folder.tape(), clock.instant())) {
      return run(tape, TapeState.read(folder.tape(), plan.spec().pass()));
    }
  }

  /**
   * Runs with a tape that is open.
   *
   * @param before what it holds
   */
  CampaignResult run(Tape tape, TapeState before) {
    try (SinkServer sink = needsSink() ? SinkServer.start(sinkPort) : null) {
      int port = sink == null ? sinkPort : sink.port();
      new PassFile(plan.spec(), plan.target().name(), plan.target().systemFile(), port)
          .write(folder);
      Truth truth = Truth.load(plan.target());
      var recorder = new Recorder(plan, Marks.read(folder), truth, tape, before, listener);
      var circuit = new Circuit(before.worked(), before.failuresInARow());
      announce(before);
      String stopped = calls(tape, before, truth, recorder, circuit, sink);
      recorder.finish();
      return result(recorder, circuit, stopped);
    }
  }

  /** Judges anew what the tape holds; nothing is called and nothing is written. */
  CampaignResult replay() {
    TapeState before = TapeState.read(folder.tape(), plan.spec().pass());
    Truth truth = Truth.load(plan.target());
    Tape tape = Tape.readOnly(folder.tape());
    var recorder = new Recorder(plan, Marks.read(folder), truth, tape, before, listener);
    var circuit = new Circuit(false, 0);
    announce(before);
    String external = plan.target().endpoint().groundTruth().sinkUrl();
    var words =
        new LateWords(plan.target(), external == null ? SinkServer.address(sinkPort) : external);
    var budget = new Budget(plan.spec().limits(), AttemptUsage.NONE, System::nanoTime);
    var tools =
        new PassTools(plan, probes, truth, words, null, tape, before, budget, circuit, aids, clock);
    try {
      for (PlannedCall call : plan.attempts()) {
        again(call, tools, recorder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    recorder.finish();
    boolean whole = recorder.attempts().size() == plan.attempts().size();
    return result(recorder, circuit, whole ? null : "stopped by the user");
  }

  private static void again(PlannedCall call, PassTools tools, Recorder recorder)
      throws InterruptedException {
    JudgedAttempt known = tools.before().judged(call.id());
    String leftOut = call.leftOut();
    if (tools.before().begun(call.id())) {
      try (CallSlots.Slot slot = new CallSlots(1).take()) {
        recorder.played(new AttemptRun(tools, call, slot).play());
      }
    } else if (known != null) {
      recorder.known(call, known);
    } else if (leftOut != null) {
      recorder.leaveOut(call, leftOut);
    } else {
      // The run was stopped before this one, and the next ones are not on the tape either.
      recorder.missing();
    }
  }

  private CampaignResult result(Recorder recorder, Circuit circuit, @Nullable String stopped) {
    String unreachable =
        circuit
            .wrong()
            .map(what -> "no call to " + plan.target().name() + " worked: " + what)
            .orElse(null);
    return new Summary(probes, plan, folder.id(), recorder).result(stopped, unreachable);
  }

  private boolean needsSink() {
    return plan.target().endpoint().groundTruth().sinkUrl() == null
        && plan.attempts().stream().anyMatch(a -> a.leftOut() == null && a.usesSink());
  }

  private void announce(TapeState before) {
    listener.started(plan, before.attempts());
    plan.notes().forEach(listener::note);
    if (before.skipped() > 0) {
      listener.note(
          before.skipped() + " damaged line(s) of the tape were skipped; their calls go out again");
    }
  }

  /** Makes the calls; says why it stopped early, if it did. */
  private @Nullable String calls(
      Tape tape,
      TapeState before,
      Truth truth,
      Recorder recorder,
      Circuit circuit,
      @Nullable SinkServer sink) {
    var together = new ArrayList<PlannedCall>();
    var single = new ArrayList<PlannedCall>();
    for (PlannedCall call : plan.attempts()) {
      JudgedAttempt known = before.judged(call.id());
      String leftOut = call.leftOut();
      if (known != null) {
        recorder.known(call, known);
      } else if (leftOut != null) {
        recorder.leaveOut(call, leftOut);
      } else {
        (probes.judge(call.objective()).oneAtATime() ? single : together).add(call);
      }
    }
    if (together.isEmpty() && single.isEmpty()) {
      return null;
    }
    if (!requireAttacker(Stream.concat(together.stream(), single.stream()))) {
      return "interrupted";
    }
    var budget = new Budget(plan.spec().limits(), before.usage(), System::nanoTime);
    try (var caller = new Caller(plan.target(), plan.spec(), sink, budget, clock)) {
      var tools =
          new PassTools(
              plan,
              probes,
              truth,
              new LateWords(plan.target(), caller.sinkBase()),
              caller,
              tape,
              before,
              budget,
              circuit,
              aids,
              clock);
      var session = new Session(tools, recorder);
      session.phase(together, plan.spec().concurrency());
      session.phase(single, 1);
      return session.stopped();
    }
  }

  /** Asks the attacker's model for a word before the target is called; false when interrupted. */
  private boolean requireAttacker(Stream<PlannedCall> calls) {
    AttackerModel model = aids.attacker();
    if (model != null && calls.anyMatch(this::asksAttacker)) {
      try {
        model.require();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private boolean asksAttacker(PlannedCall call) {
    return probes.asksAttacker(call.technique()) || OwnRewriter.applies(call, plan.spec());
  }

  /** The calls of a pass while they are being made. */
  private final class Session {
    private final PassTools tools;
    private final Recorder recorder;
    private volatile @Nullable String stopped;

    Session(PassTools tools, Recorder recorder) {
      this.tools = tools;
      this.recorder = recorder;
    }

    @Nullable String stopped() {
      return stopped;
    }

    void phase(List<PlannedCall> calls, int concurrency) {
      if (calls.isEmpty() || halted.get()) {
        return;
      }
      var queue = new ConcurrentLinkedQueue<>(calls);
      var slots = new CallSlots(concurrency);
      int most = concurrency == 1 ? 1 : WORKERS * concurrency;
      var workers = new ArrayList<Future<?>>();
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < Math.min(most, calls.size()); i++) {
          workers.add(executor.submit(() -> workOrHalt(queue, slots)));
        }
        await(workers, executor);
      }
      // A worker that ended early leaves nothing behind unless the whole pass stopped.
      if (!halted.get()) {
        for (PlannedCall call : queue) {
          recorder.leaveOut(call, "not called");
        }
      }
    }

    private void await(List<Future<?>> workers, ExecutorService executor) {
      try {
        for (Future<?> worker : workers) {
          worker.get();
        }
      } catch (InterruptedException e) {
        halt("interrupted");
        executor.shutdownNow();
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        halt("failed");
        executor.shutdownNow();
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("a call failed in a way that it should not", e);
      }
    }

    private void halt(String why) {
      halted.set(true);
      if (stopped == null) {
        stopped = why;
      }
    }

    /** A worker that breaks, on a full disk for example, stops the others too. */
    private void workOrHalt(ConcurrentLinkedQueue<PlannedCall> queue, CallSlots slots) {
      boolean done = false;
      try {
        work(queue, slots);
        done = true;
      } finally {
        if (!done) {
          halt("failed");
        }
      }
    }

    private void work(ConcurrentLinkedQueue<PlannedCall> queue, CallSlots slots) {
      boolean more = true;
      while (more && !halted.get()) {
        try (CallSlots.Slot slot = slots.take()) {
          more = next(queue, slot);
        } catch (InterruptedException e) {
          halt("interrupted");
        }
      }
    }

    /** Plays the next attempt, or leaves it out; false when there is none. */
    private boolean next(ConcurrentLinkedQueue<PlannedCall> queue, CallSlots.Slot slot)
        throws InterruptedException {
      if (halted.get()) {
        return false;
      }
      if (listener.cancelled()) {
        halt("stopped by the user");
        return false;
      }
      PlannedCall call = queue.poll();
      if (call == null) {
        return false;
      }
      // What is on the tape already costs nothing.
      Optional<String> gone =
          tools.before().begun(call.id())
              ? Optional.empty()
              : enough(call)
                  .or(tools.budget()::over)
                  .map(why -> "not called: " + why)
                  .or(tools.circuit()::gone);
      if (gone.isPresent()) {
        recorder.leaveOut(call, gone.get());
      } else {
        recorder.played(new AttemptRun(tools, call, slot).play());
      }
      return true;
    }

    private Optional<String> enough(PlannedCall call) {
      return recorder.enough(call.objective())
          ? Optional.of("the interval of its rate is narrow enough")
          : Optional.empty();
    }
  }
}
