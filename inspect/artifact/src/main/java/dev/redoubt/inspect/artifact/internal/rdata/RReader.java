package dev.redoubt.inspect.artifact.internal.rdata;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads RDS and RData. To read them runs nothing but promises, when they are first looked at
 * (CVE-2024-27322); closures and calls are data until somebody calls them, so they are told of
 * where they hold calls of functions that are known to run programs, load code or connect.
 */
@AutoService(FormatReader.class)
public final class RReader implements FormatReader {
  private static final String PROMISE = "inspect.artifact.rdata-promise";
  private static final String CALL = "inspect.artifact.rdata-call";
  private static final String NAME = "inspect.artifact.rdata-name";

  private static final Map<String, String> DANGEROUS =
      Map.ofEntries(
          Map.entry("system", "runs programs"),
          Map.entry("system2", "runs programs"),
          Map.entry("shell", "runs programs"),
          Map.entry("shell.exec", "runs programs"),
          Map.entry("pipe", "runs programs"),
          Map.entry("processx::run", "runs programs"),
          Map.entry("socketConnection", "connects"),
          Map.entry("serverSocket", "connects"),
          Map.entry("download.file", "connects and writes"),
          Map.entry("browseURL", "runs programs"),
          Map.entry("source", "runs a script"),
          Map.entry("sys.source", "runs a script"),
          Map.entry("dyn.load", "loads native code"),
          Map.entry("library.dynam", "loads native code"),
          Map.entry("install.packages", "installs code"),
          Map.entry("Sys.setenv", "changes the process"),
          Map.entry("unlink", "deletes files"),
          Map.entry("file.remove", "deletes files"));

  /** Names that R looks up on its own, or that everybody calls. */
  private static final Set<String> HOOKS =
      Set.of(
          ".First",
          ".Last",
          ".First.sys",
          ".onLoad",
          ".onAttach",
          ".Rprofile",
          "print",
          "library",
          "require",
          "predict",
          "summary",
          "c",
          "q",
          "ls",
          "cat");

  /** Made by {@link java.util.ServiceLoader}. */
  public RReader() {}

  @Override
  public String id() {
    return "rdata";
  }

  @Override
  public boolean claims(Head head, String name) {
    return start(head) > 0;
  }

  /** Offset after the letter of the form; 0 where this is no such file. */
  private static int start(Head head) {
    int at =
        head.has(0, "RD") && (head.at(3) == '2' || head.at(3) == '3') && head.at(4) == '\n' ? 5 : 0;
    char form = (char) Math.max(0, head.at(at));
    boolean line = head.at(at + 1) == '\n';
    boolean known =
        switch (form) {
          case 'X' ->
              line && head.has(at + 2, 0, 0, 0) && head.at(at + 5) <= 3 && head.at(at + 5) > 0;
          case 'B' ->
              line && head.at(at + 2) <= 3 && head.at(at + 2) > 0 && head.has(at + 3, 0, 0, 0);
          case 'A' ->
              line && head.at(at + 2) >= '1' && head.at(at + 2) <= '3' && head.at(at + 3) == '\n';
          default -> false;
        };
    return known ? at + 2 : 0;
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    Head head = new Head(source);
    int start = start(head);
    context.format(start == 2 ? "R object (RDS)" : "R workspace (RData)");
    var input = new RInput(source, start, (char) head.at(start - 2));
    new RObjects(input, new Telling(context), context.budget()).run();
  }

  private static final class Telling implements RObjects.Visitor {
    private final ReadContext context;
    private final Set<String> told = new HashSet<>();

    Telling(ReadContext context) {
      this.context = context;
    }

    @Override
    public void symbol(String name, boolean called, RObjects.Inside inside, long offset) {
      String why = DANGEROUS.get(name);
      boolean code = called || inside != RObjects.Inside.DATA;
      if (why != null && code && told.add(name)) {
        context.observe(
            CALL, Verdict.MALICIOUS, "holds a call of " + name + ", which " + why, offset);
      } else if (inside == RObjects.Inside.PROMISE && called && told.add("promise " + name)) {
        context.observe(PROMISE, Verdict.UNPROVEN, "holds a promise that calls " + name, offset);
      }
    }

    @Override
    public void code(String kind, long offset) {
      if (kind.equals("a promise")) {
        context.observe(
            PROMISE,
            Verdict.UNPROVEN,
            "holds a promise, which is evaluated when the object is looked at",
            offset);
      } else if (kind.equals("a pointer")) {
        context.note("holds a pointer, which is empty when it is read");
      } else {
        context.note("holds code of R: functions that run when somebody calls them");
      }
    }

    @Override
    public void topName(String name, boolean closure, long offset) {
      if (closure && HOOKS.contains(name)) {
        context.observe(
            NAME, Verdict.UNPROVEN, "puts its own function in the place of " + name, offset);
      }
    }
  }
}
