package dev.redoubt.inspect.artifact.internal.javaser;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Weighs what a stream holds. */
final class Events implements ObjectStream.Visitor {
  static final String GADGET = "inspect.artifact.java-gadget";
  static final String UNPROVEN = "inspect.artifact.java-unproven";
  static final String BOMB = "inspect.artifact.java-bomb";
  private static final int DEEPEST_HASHES = 16;
  private static final int MAX_MEMBERS = 1000;

  /** They call hashCode of what they hold while they are read, which for nested ones doubles. */
  private static final Set<String> HASHING =
      Set.of(
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Hashtable",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.Properties",
          "java.util.concurrent.ConcurrentHashMap");

  private final ByteSource source;
  private final ReadContext context;
  private final Set<String> seen = new HashSet<>();
  private boolean url;
  private boolean hashes;
  private boolean told;
  private int hashDepth;
  private int members;

  Events(ByteSource source, ReadContext context) {
    this.source = source;
    this.context = context;
  }

  @Override
  public void named(String className, boolean constant, long offset) {
    String name = element(className);
    if (name.isEmpty() || !seen.add(name)) {
      return;
    }
    url |= name.equals("java.net.URL");
    hashes |= HASHING.contains(name);
    if (name.equals("java.net.URL")) {
      return;
    }
    KnownClasses.Known known = KnownClasses.shipped().find(name);
    // A constant of the JDK is looked up by its name; there is nothing to read.
    if (known == null && constant && name.startsWith("java.")) {
      return;
    }
    if (known == null) {
      context.observe(
          UNPROVEN,
          Verdict.UNPROVEN,
          "holds objects of the class " + name + ", of which nothing is known",
          offset);
    } else if (known.verdict() != Verdict.INERT) {
      context.observe(
          known.verdict() == Verdict.MALICIOUS ? GADGET : UNPROVEN,
          known.verdict(),
          "holds objects of the class " + name + ", which " + known.why(),
          offset);
    }
  }

  /** Name of the class of an element of an array; empty for numbers. */
  private static String element(String className) {
    int at = 0;
    while (at < className.length() && className.charAt(at) == '[') {
      at++;
    }
    if (at == 0) {
      return className;
    }
    String rest = className.substring(at);
    if (rest.startsWith("L") && rest.endsWith(";")) {
      return rest.substring(1, rest.length() - 1);
    }
    return rest.length() == 1 && "BCDFIJSZ".contains(rest) ? "" : className;
  }

  @Override
  public void proxy(List<String> interfaces, long offset) {
    String names = String.join(", ", interfaces.subList(0, Math.min(5, interfaces.size())));
    context.observe(
        UNPROVEN,
        Verdict.UNPROVEN,
        "holds a proxy of " + names + ", whose calls go wherever its handler leads",
        offset);
  }

  @Override
  public void entered(String className, long offset) {
    if (!HASHING.contains(className)) {
      return;
    }
    hashDepth++;
    if (hashDepth > DEEPEST_HASHES && !told) {
      told = true;
      context.observe(
          BOMB,
          Verdict.UNPROVEN,
          "hash tables nested deeper than " + DEEPEST_HASHES + ", which may never end being read",
          offset);
    }
  }

  @Override
  public void left(String className) {
    if (HASHING.contains(className)) {
      hashDepth--;
    }
  }

  @Override
  public void bytes(long from, long length) throws IOException {
    if (length < 8 || members >= MAX_MEMBERS) {
      return;
    }
    ByteSource bytes = source.slice(from, length);
    Head head = new Head(bytes);
    boolean stream = head.startsWith(0xac, 0xed, 0, 5);
    boolean code = head.startsWith(0xca, 0xfe, 0xba, 0xbe) || head.startsWith(0x7f, 'E', 'L', 'F');
    boolean packed = head.startsWith(0x1f, 0x8b) || head.startsWith('P', 'K', 3, 4);
    if (stream || code || packed) {
      members++;
      context.member("bytes at " + from, bytes);
    }
  }

  @Override
  public void opaque(String className, long offset) {
    context.observe(
        UNPROVEN, Verdict.UNPROVEN, className + " reads its own bytes by its own code", offset);
  }

  /** Says what only the whole stream tells. */
  void end() {
    if (url) {
      context.observe(
          hashes ? GADGET : UNPROVEN,
          hashes ? Verdict.MALICIOUS : Verdict.UNPROVEN,
          "holds a java.net.URL"
              + (hashes ? " beside a hash table, which looks its host up when it is read" : ""),
          -1);
    }
  }
}
