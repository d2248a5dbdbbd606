package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.io.PrintWriter;

/**
 * Reads one format; found by {@link java.util.ServiceLoader}, so it is public with a public
 * constructor. Stateless and thread-safe: many files are read at the same time.
 *
 * <p>A source goes to <em>every</em> reader that claims it, and its verdict is the worst of them: a
 * file may be two formats at once.
 */
public interface FormatReader {
  /** Stable id, such as {@code pickle}; its rules are in the resource {@code rules/<id>.yaml}. */
  String id();

  /**
   * Says whether the bytes look like this format. The name is a claim of whoever made the file: it
   * may lead to a closer look, never past one.
   *
   * @param head first bytes, and the last ones
   * @param name last part of the name of the file or member
   */
  boolean claims(Head head, String name) throws IOException;

  /**
   * Reads the source to its end and tells the context what it saw. Whoever observes nothing says
   * that the source is inert.
   *
   * @throws MalformedException when the structure contradicts itself: unproven
   * @throws LimitException when it would take more than the limits allow: incomplete
   * @throws IOException when it can't be read: incomplete
   */
  void read(ByteSource source, ReadContext context) throws IOException;

  /**
   * True for a reader that is asked only where no other reader claims the source: for formats
   * without a magic number.
   */
  default boolean last() {
    return false;
  }

  /**
   * Prints what the source does step by step, for {@code --explain}; nothing by default.
   *
   * @return whether there was something to print
   */
  default boolean explain(ByteSource source, PrintWriter out) throws IOException {
    return false;
  }
}
