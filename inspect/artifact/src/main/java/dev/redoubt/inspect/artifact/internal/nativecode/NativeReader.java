package dev.redoubt.inspect.artifact.internal.nativecode;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FileNames;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises programs and libraries of the usual systems, llamafiles, byte code of Java and Python,
 * and scripts that pass for a model. What they do can't be read from them, so none is inert.
 */
@AutoService(FormatReader.class)
public final class NativeReader implements FormatReader {
  private static final String CODE = "inspect.artifact.native-code";
  private static final String SCRIPT = "inspect.artifact.native-script";

  /** A script of such a name passes for a model, too; others are text that no loader runs. */
  private static final Set<String> ALSO =
      Set.of("rdata", "llamafile", "bin", "model", "weights", "ser", "exe");

  /** Made by {@link java.util.ServiceLoader}. */
  public NativeReader() {}

  @Override
  public String id() {
    return "native";
  }

  @Override
  public boolean claims(Head head, String name) {
    return what(head) != null || (head.has(0, "#!") && head.at(2) > 0 && passesForModel(name));
  }

  private static boolean passesForModel(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean bare = lower.indexOf('.') < 0;
    return bare
        ? lower.contains("model") || lower.contains("llamafile")
        : FileNames.promisesModel(name) || ALSO.contains(FileNames.ending(name));
  }

  private static @Nullable String what(Head head) {
    byte[] bytes = head.bytes();
    String program = Program.at(bytes, 0);
    if (program != null) {
      return program;
    }
    // A magic number whose header is broken is still what some system may run.
    if (head.startsWith(0x7f, 'E', 'L', 'F')) {
      return "an ELF file whose header is broken";
    }
    if (head.startsWith('M', 'Z') && looksLikeDos(head)) {
      return "a program of DOS or Windows";
    }
    if (head.startsWith(0xca, 0xfe, 0xba, 0xbe)) {
      return "a Java class or Mach-O file whose header is broken";
    }
    if (head.has(0, "jartsr='") || head.has(0, "APEDBG='")) {
      return "a program that runs on several systems (APE), as a llamafile is";
    }
    if (head.startsWith(0x1b, 'L', 'u', 'a')) {
      return "compiled Lua";
    }
    boolean pyc =
        head.has(2, "\r\n")
            && head.size() > 20
            && head.at(1) >= 0x0c
            && head.at(1) <= 0x0f
            && (head.u32(4) & ~3L) == 0
            && (head.at(16) & 0x7f) == 'c';
    return pyc ? "compiled Python" : null;
  }

  private static boolean looksLikeDos(Head head) {
    int lastPage = head.at(2) | head.at(3) << 8;
    long header = head.u32(0x3c);
    return head.size() >= 64
        && lastPage <= 512
        && header <= head.size()
        && head.text().indexOf("DOS mode") > 0;
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    String what = what(new Head(source));
    if (what == null) {
      context.format("script");
      context.observe(
          SCRIPT, Verdict.UNPROVEN, "is a script that is run by its first line, not a model", 0);
      return;
    }
    context.format(what.replaceFirst("^an? ", ""));
    context.observe(CODE, Verdict.UNPROVEN, "is " + what + ": code, not data", 0);
  }
}
