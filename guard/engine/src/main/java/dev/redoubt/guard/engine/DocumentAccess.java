package dev.redoubt.guard.engine;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Decides which documents a caller may read: the one line that a retriever without access control
 * lacks.
 *
 * <pre>{@code
 * var hits = DocumentAccess.readable(caller, index.search(question), Passage::label);
 * }</pre>
 *
 * <p>Put it before ranking is cut to the top few, or a caller's own documents are crowded out by
 * those that are dropped here.
 *
 * @since 0.1.0
 */
public final class DocumentAccess {
  /** Group whose members may read internal documents and those of every owner. */
  public static final String STAFF = "staff";

  private DocumentAccess() {}

  /**
   * Keeps what the caller may read, in order.
   *
   * @param caller who asks; {@link Caller#ANONYMOUS} sees public documents only
   * @param documents candidates
   * @param label how to find a document's label
   */
  public static <D> List<D> readable(
      Caller caller, Collection<D> documents, Function<D, DocumentLabel> label) {
    return documents.stream().filter(d -> mayRead(caller, label.apply(d))).toList();
  }

  /** Says whether the caller may read a document with this label. */
  public static boolean mayRead(Caller caller, DocumentLabel label) {
    return switch (label.visibility()) {
      case PUBLIC -> true;
      case OWNER -> isStaff(caller) || owns(caller, label);
      case INTERNAL -> isStaff(caller);
    };
  }

  private static boolean isStaff(Caller caller) {
    return !caller.isAnonymous() && caller.groups().contains(STAFF);
  }

  private static boolean owns(Caller caller, DocumentLabel label) {
    String owner = label.owner();
    // An ownerless document and an anonymous caller must not meet as "" equals "".
    return owner != null
        && !owner.isBlank()
        && !caller.isAnonymous()
        && lower(owner.strip()).equals(lower(caller.id()));
  }

  /** ASCII only: other letters have namesakes that become them, such as the Kelvin sign. */
  private static String lower(String id) {
    var out = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      out.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
    }
    return out.toString();
  }
}
