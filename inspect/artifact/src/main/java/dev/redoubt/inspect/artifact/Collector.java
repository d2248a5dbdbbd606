package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads one source by all readers that claim it, and gathers what they say; members likewise. */
final class Collector implements ReadContext {
  /** More of one source would be noise, and memory in the attacker's hand. */
  private static final int MAX_OBSERVATIONS = 100;

  private static final int MAX_NOTES = 20;

  private Budget budget;
  private final Members members;
  private final String path;
  private final String name;
  private final int depth;
  private final Set<String> hints;
  private final List<Observation> observations = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Verdict verdict = Verdict.INERT;
  private String format = "";
  private int declined;

  /** The members of one file, worst first kept where there are too many. */
  static final class Members {
    final List<MemberResult> list = new ArrayList<>();
    Verdict worst = Verdict.INERT;
    long leftOut;

    void add(MemberResult member) {
      worst = worst.worst(member.verdict());
      if (list.size() < ArtifactInspector.MAX_MEMBERS || member.verdict() != Verdict.INERT) {
        list.add(member);
      } else {
        leftOut++;
      }
    }
  }

  Collector(Budget budget, String name) {
    this(budget, new Members(), "", name, 0, Set.of());
  }

  private Collector(
      Budget budget, Members members, String path, String name, int depth, Set<String> hints) {
    this.budget = budget;
    this.members = members;
    this.path = path;
    this.name = name;
    this.depth = depth;
    this.hints = hints;
  }

  /** Reads the source; nothing but an {@link Error} of the machine comes out. */
  void collect(ByteSource source) {
    if (depth == 0) {
      budget = budget.forFile(source.size());
    }
    guarded(() -> {
      if (source.size() == 0) {
        note("is empty");
        return;
      }
      Head head = new Head(source);
      List<FormatReader> claiming = Readers.claiming(head, name);
      for (FormatReader reader : claiming) {
        guarded(() -> reader.read(source, this));
      }
      if (claiming.size() == declined) {
        Unclaimed.tell(head, this);
      }
    });
  }

  private interface Reading {
    void run() throws IOException;
  }

  /** Fails closed: what could not be read is never inert. */
  private void guarded(Reading reading) {
    try {
      reading.run();
    } catch (MalformedException e) {
      observe(EngineRules.MALFORMED, Verdict.UNPROVEN, message(e), e.offset());
    } catch (LimitException e) {
      observe(EngineRules.LIMIT, Verdict.INCOMPLETE, "not read to its end: " + message(e), -1);
    } catch (IOException e) {
      observe(EngineRules.UNREADABLE, Verdict.INCOMPLETE, "can't be read: " + message(e), -1);
    } catch (OutOfMemoryError e) {
      observe(EngineRules.LIMIT, Verdict.INCOMPLETE, "not read to its end: out of memory", -1);
    } catch (StackOverflowError e) {
      observe(EngineRules.LIMIT, Verdict.INCOMPLETE, "not read to its end: nested too deep", -1);
    } catch (RuntimeException e) {
      observe(EngineRules.UNREADABLE, Verdict.INCOMPLETE, "internal error: " + e + " (a bug)", -1);
    }
  }

  private static String message(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  Verdict verdict() {
    return verdict;
  }

  String format() {
    return format;
  }

  List<Observation> observations() {
    return observations;
  }

  List<String> notes() {
    return notes;
  }

  Members members() {
    return members;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean hint(String hint) {
    return hints.contains(hint);
  }

  @Override
  public Budget budget() {
    return budget;
  }

  @Override
  public void format(String words) {
    if (format.isEmpty()) {
      format = words;
    }
  }

  @Override
  public void decline() {
    declined++;
  }

  @Override
  public void observe(Observation observation) {
    verdict = verdict.worst(observation.verdict());
    if (observations.size() < MAX_OBSERVATIONS) {
      observations.add(observation);
      return;
    }
    // The worst is what a reader of the report must see: it takes the place of the mildest.
    int mildest = MAX_OBSERVATIONS - 1;
    for (int i = MAX_OBSERVATIONS - 1; i >= 0; i--) {
      if (observations.get(i).verdict().compareTo(observations.get(mildest).verdict()) < 0) {
        mildest = i;
      }
    }
    if (observation.verdict().compareTo(observations.get(mildest).verdict()) > 0) {
      observations.set(mildest, observation);
    }
  }

  @Override
  public void note(String remark) {
    if (notes.size() < MAX_NOTES && !notes.contains(remark)) {
      notes.add(remark);
    }
  }

  @Override
  public void member(String memberName, ByteSource member, String... given) throws IOException {
    enter(memberName, given, collector -> collector.collect(member));
  }

  @Override
  public void member(
      String memberName, ByteSource.StreamOpener opener, long packedSize, String... given)
      throws IOException {
    enter(
        memberName,
        given,
        collector ->
            collector.guarded(
                () -> collector.collect(ByteSource.unpacking(opener, packedSize, budget))));
  }

  @Override
  public void member(String memberName, Observation observation) {
    Collector collector = below(memberName);
    collector.observe(observation);
    members.add(collector.result());
  }

  private void enter(
      String memberName, String[] given, java.util.function.Consumer<Collector> reading)
      throws IOException {
    budget.entry();
    Collector collector = below(memberName, given);
    if (collector.depth > budget.limits().depth()) {
      collector.observe(
          EngineRules.LIMIT,
          Verdict.INCOMPLETE,
          "not read: nested deeper than " + budget.limits().depth() + " levels",
          -1);
    } else {
      reading.accept(collector);
    }
    members.add(collector.result());
  }

  private Collector below(String memberName, String... given) {
    String below = path.isEmpty() ? memberName : path + "!/" + memberName;
    String last = memberName.substring(memberName.lastIndexOf('/') + 1);
    return new Collector(budget, members, below, last, depth + 1, Set.of(given));
  }

  private MemberResult result() {
    return new MemberResult(path, verdict, format, observations, notes);
  }
}
