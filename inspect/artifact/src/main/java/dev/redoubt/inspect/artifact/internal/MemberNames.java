package dev.redoubt.inspect.artifact.internal;

import org.jspecify.annotations.Nullable;

/** Names that archives give to their members. */
public final class MemberNames {
  private MemberNames() {}

  /** The part after the last slash. */
  public static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Says how a member leaves the folder that its archive is unpacked to; null where it stays. */
  public static @Nullable String problem(String name) {
    String slashed = name.replace('\\', '/');
    if (slashed.startsWith("/")) {
      return "is an absolute path";
    }
    if (slashed.length() > 1 && slashed.charAt(1) == ':' && Character.isLetter(slashed.charAt(0))) {
      return "names a drive";
    }
    for (String part : slashed.split("/", -1)) {
      if (part.equals("..")) {
        return "leads out of the folder that it is unpacked to";
      }
    }
    if (name.indexOf('\0') >= 0) {
      return "holds a zero byte, where some readers end the name";
    }
    return name.indexOf('\\') >= 0 ? "holds a backslash, which is a folder to some readers" : null;
  }

  /** Says whether a link leads out of the folder that its archive is unpacked to. */
  public static boolean leaves(String name, String target) {
    if (problem(target) != null && !target.contains("..")) {
      return true;
    }
    int depth = (int) name.chars().filter(c -> c == '/').count();
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }
}
