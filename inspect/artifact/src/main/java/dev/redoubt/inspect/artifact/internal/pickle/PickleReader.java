package dev.redoubt.inspect.artifact.internal.pickle;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FileNames;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;

/**
 * Reads pickles of any protocol, alone or one after the other, with the raw arrays of joblib and
 * the storages of PyTorch's legacy format. Pickles of protocols 0 and 1 have no magic number, so it
 * has a look at everything that begins as one may, and declines what turns out to be something
 * else.
 */
@AutoService(FormatReader.class)
public final class PickleReader implements FormatReader {
  private static final Set<String> ENDINGS =
      Set.of("pkl", "pickle", "pck", "pcl", "pk", "pt", "pth", "ckpt", "joblib", "dill", "sav");

  /** Endings of models of many kinds: a pickle among them that breaks off counts where it calls. */
  private static final Set<String> MAYBE =
      Set.of("bin", "dat", "data", "model", "mdl", "weights", "params", "p", "pkl", "npy", "save");

  private static final boolean[] FIRST = new boolean[256];

  static {
    String first =
        "()]}NIJKMLFGSTUVXcPBC\u0080\u0088\u0089\u008a\u008b\u008c\u008d\u008e\u008f\u0095\u0096";
    for (int i = 0; i < first.length(); i++) {
      FIRST[first.charAt(i)] = true;
    }
  }

  /** Made by {@link java.util.ServiceLoader}. */
  public PickleReader() {}

  @Override
  public String id() {
    return "pickle";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.length() > 1 && FIRST[head.at(0)] && !cantImport(head);
  }

  /** "(c) Copyright …" is a mark and a global whose module nobody can have: loading ends there. */
  private static boolean cantImport(Head head) {
    int at = head.at(0) == '(' ? 1 : 0;
    if (head.at(at) != 'c') {
      return false;
    }
    for (int i = at + 1; i < head.length() && head.at(i) != '\n'; i++) {
      int c = head.at(i);
      if (c < 0x80 && !Character.isLetterOrDigit(c) && c != '_' && c != '.') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    boolean torchScript = context.hint("torchscript");
    boolean torch = context.hint(ReadContext.TORCH) || torchScript;
    var head = new Head(source);
    boolean sure = isSure(head, context.name());
    var streams = new PickleStreams(source, context.budget(), torch, torchScript, 0).run();
    boolean certain = head.at(0) == 0x80 && named(context.name());
    if (!certain && !streams.isPickle(sure, maybe(context.name()))) {
      context.decline();
      return;
    }
    context.format(streams.legacy() ? "PyTorch, legacy format" : "pickle");
    streams.events().tell(context, streams.scan().globals);
    if (streams.count() > 1 && !streams.legacy()) {
      context.note(streams.count() + " pickles one after the other");
    }
    IOException failure = streams.failure();
    if (failure != null) {
      throw failure;
    }
    if (streams.events().worst() == Verdict.INERT && streams.legacy()) {
      context.note("safetensors holds the same weights and can't call");
    }
  }

  private static boolean isSure(Head head, String name) {
    if (head.at(0) == 0x80 && head.at(1) >= 0 && head.at(1) <= 5) {
      return true;
    }
    if (head.has(0, "PK")) {
      return false;
    }
    return named(name);
  }

  private static boolean named(String name) {
    return ENDINGS.contains(FileNames.ending(name));
  }

  private static boolean maybe(String name) {
    return MAYBE.contains(FileNames.ending(name));
  }

  @Override
  public boolean explain(ByteSource source, PrintWriter out) throws IOException {
    return new Listing(source, out).print();
  }
}
