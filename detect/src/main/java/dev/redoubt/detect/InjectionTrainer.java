package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains the first stage: logistic regression over hashed features, one head for each channel with
 * what they share in common (Daumé, <i>Frustratingly Easy Domain Adaptation</i>, ACL 2007), by
 * AdaGrad (Duchi et al., JMLR 2011), with features dropped by chance. A text is as bad as its worst
 * window: of an attack the window that looks worst is learned as an attack, of a harmless text the
 * same as harmless, and so are the windows of an attacked document that do not touch the attack. A
 * third head learns which channel a text comes from. The same examples, settings and seed give the
 * same bytes, also where training was broken off and taken up again.
 */
final class InjectionTrainer {
  /** A span counts as within a window from this share of either of them on. */
  private static final double TOUCHES = 0.5;

  private final InjectionSettings settings;
  private final InjectionWeights weights;
  final IdentityHashMap<InjectionExample, List<Read>> made = new IdentityHashMap<>();

  InjectionTrainer(InjectionSettings settings) {
    this.settings = settings;
    weights = new InjectionWeights(settings.bits());
  }

  /** One text made ready, in one way to read it. */
  static final class Read {
    private final InjectionFeatures features;
    private final List<InjectionWindows.Window> windows;

    /** For each window 2 where it holds a good part of an attack, 1 a little, 0 none. */
    private final byte[] touches;

    Read(InjectionFeatures features, List<InjectionWindows.Window> windows, byte[] touches) {
      this.features = features;
      this.windows = windows;
      this.touches = touches;
    }
  }

  /** One text for one head. */
  private record Task(List<Read> reads, boolean attack, boolean spans, int head, float weight) {}

  private record Place(Read read, int window, double z) {}

  /**
   * Learns.
   *
   * @param checkpoint told after each epoch, and asked where to go on
   */
  InjectionWeights train(
      List<InjectionExample> examples, Checkpoint checkpoint, Consumer<String> progress) {
    List<Task> tasks = tasks(examples);
    progress.accept(examples.size() + " examples made ready");
    int[] order = new int[tasks.size()];
    for (int epoch = checkpoint.restore(weights); epoch < settings.epochs(); epoch++) {
      // A generator for each epoch: one that is taken up again is the same.
      SplittableRandom random = new SplittableRandom(settings.seed() * 1_000 + epoch);
      shuffle(order, random);
      double loss = 0;
      double rate = settings.rate() * (1 - 0.9 * epoch / settings.epochs());
      for (int index : order) {
        loss += learn(tasks.get(index), rate, random);
      }
      if (epoch >= settings.epochs() / 2) {
        weights.sumUp();
      }
      progress.accept(
          "epoch "
              + (epoch + 1)
              + " of "
              + settings.epochs()
              + ": loss "
              + Math.round(1e4 * loss / tasks.size()) / 1e4);
      checkpoint.save(weights, epoch + 1);
    }
    weights.average();
    return weights;
  }

  /** Keeps what was learned so far. */
  interface Checkpoint {
    /** Reads what was kept; gives the epoch to go on with. */
    int restore(InjectionWeights weights);

    void save(InjectionWeights weights, int epochs);

    /** Keeps nothing. */
    Checkpoint NONE =
        new Checkpoint() {
          @Override
          public int restore(InjectionWeights weights) {
            return 0;
          }

          @Override
          public void save(InjectionWeights weights, int epochs) {}
        };
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[k];
      order[k] = held;
    }
  }

  private List<Task> tasks(List<InjectionExample> examples) {
    Map<String, Integer> sizes = new HashMap<>();
    for (InjectionExample e : examples) {
      sizes.merge(cell(e), 1, Integer::sum);
    }
    double[] byLabel = new double[2];
    double[] byChannel = new double[2];
    for (InjectionExample e : examples) {
      byLabel[e.attack() ? 1 : 0] += damped(sizes, e);
      byChannel[InjectionModel.head(e.channel())] += damped(sizes, e);
    }
    List<Task> tasks = new ArrayList<>();
    for (InjectionExample e : examples) {
      double share = examples.size() / 2.0 * damped(sizes, e);
      float weight = (float) (share / byLabel[e.attack() ? 1 : 0]);
      weight *= e.attack() ? (float) settings.attackWeight() : 1f;
      List<Read> reads = made.computeIfAbsent(e, InjectionTrainer::read);
      int home = InjectionModel.head(e.channel());
      boolean spans = !e.spans().isEmpty();
      tasks.add(new Task(reads, e.attack(), spans, home, weight));
      // A request is an attack in a document and none from the user: it goes one way only.
      if (!e.alienOnly() && settings.away() > 0) {
        float away = weight * (float) settings.away();
        tasks.add(new Task(reads, e.attack(), spans, 1 - home, away));
      }
      float kind = (float) (share / byChannel[home]);
      tasks.add(new Task(reads, home == 1, false, InjectionModel.KIND, kind));
    }
    return tasks;
  }

  private static String cell(InjectionExample e) {
    return e.attack() + "|" + e.group();
  }

  private double damped(Map<String, Integer> sizes, InjectionExample e) {
    return Math.pow(sizes.getOrDefault(cell(e), 1), -settings.balance());
  }

  private static List<Read> read(InjectionExample e) {
    List<Read> reads = new ArrayList<>();
    for (InjectionViews.View view : InjectionViews.of(e.text())) {
      InjectionFeatures f = InjectionFeatures.of(view.text().text());
      if (f.segments() == 0) {
        continue;
      }
      List<InjectionWindows.Window> windows = InjectionWindows.of(f);
      byte[] touches = new byte[windows.size()];
      for (int i = 0; i < touches.length; i++) {
        touches[i] = touch(e, view.text(), f, windows.get(i));
      }
      reads.add(new Read(f, windows, touches));
    }
    return reads;
  }

  private static byte touch(
      InjectionExample e, MappedText view, InjectionFeatures f, InjectionWindows.Window w) {
    int from = view.start(f.start(w.from()));
    int to = view.end(f.start(w.to()));
    byte most = 0;
    for (Span s : e.spans()) {
      int common = Math.min(to, s.end()) - Math.max(from, s.start());
      if (common >= TOUCHES * Math.min(s.end() - s.start(), to - from)) {
        return 2;
      }
      most = common > 0 ? 1 : most;
    }
    return most;
  }

  private double learn(Task task, double rate, SplittableRandom random) {
    if (task.head == InjectionModel.KIND) {
      return kind(task, rate, random);
    }
    Place worst = null;
    Place clean = null;
    for (Read read : task.reads) {
      double[] sums = weights.sums(read.features, task.head);
      for (int i = 0; i < read.windows.size(); i++) {
        InjectionWindows.Window w = read.windows.get(i);
        double z = weights.logit(read.features, sums, w, task.head);
        if (!task.spans || read.touches[i] == 2) {
          worst = worst == null || z > worst.z ? new Place(read, i, z) : worst;
        } else if (read.touches[i] == 0) {
          clean = clean == null || z > clean.z ? new Place(read, i, z) : clean;
        }
      }
    }
    if (clean != null) {
      step(clean, false, task.head, task.weight * settings.cleanWeight(), rate, random);
    }
    return step(worst, task.attack, task.head, task.weight, rate, random);
  }

  /** Which channel a text comes from is learned from its beginning as a whole. */
  private double kind(Task task, double rate, SplittableRandom random) {
    if (task.reads.isEmpty()) {
      return 0;
    }
    InjectionFeatures f = task.reads.getFirst().features;
    int end = 1;
    while (end < f.segments() && f.start(end) < InjectionScan.HEAD) {
      end++;
    }
    var whole = new InjectionWindows.Window(0, end, 0);
    weights.step(f, whole, task.attack, task.head, task.weight, rate, settings, random);
    return 0;
  }

  private double step(
      @Nullable Place at,
      boolean attack,
      int head,
      float weight,
      double rate,
      SplittableRandom random) {
    if (at == null) {
      return 0;
    }
    InjectionWindows.Window w = at.read.windows.get(at.window);
    weights.step(at.read.features, w, attack, head, weight, rate, settings, random);
    double p = InjectionCalibration.odds(attack ? at.z : -at.z);
    return -weight * Math.log(Math.max(p, 1e-9));
  }
}
