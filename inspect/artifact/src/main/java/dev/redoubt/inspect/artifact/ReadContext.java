package dev.redoubt.inspect.artifact;

import java.io.IOException;

/** What a reader is given beside the bytes: the limits, and where to put what it sees. */
public interface ReadContext {
  /** Hint on members of a PyTorch container, whose pickles name storages by persistent ids. */
  String TORCH = "torch";

  /** Path in the file, with {@code !/} between nested archives; empty for the file itself. */
  String path();

  /** Last part of the name of the file or member. */
  String name();

  /** Says whether the container gave this hint to the member. */
  boolean hint(String hint);

  /** What is left of the run's limits. */
  Budget budget();

  /** Names the format in words, such as {@code NumPy array}; the first one given stays. */
  void format(String words);

  /**
   * Says that the source is not of the reader's format after all, as only reading could tell; what
   * the reader observed before stays.
   */
  void decline();

  /** Takes what was seen. */
  void observe(Observation observation);

  /** Takes what was seen. */
  default void observe(String rule, Verdict verdict, String what, long offset) {
    observe(new Observation(rule, verdict, what, offset));
  }

  /** Takes a remark that changes no verdict. */
  void note(String remark);

  /**
   * Hands a member back to be read by whichever readers claim it; returns when it has been read. A
   * member that fails does not fail its container.
   *
   * @param name path of the member in its container, as the container gives it
   * @param member its bytes
   * @param hints what the container knows about it
   * @throws LimitException when the run has seen enough
   */
  void member(String name, ByteSource member, String... hints) throws IOException;

  /**
   * Hands back a compressed member that has to be unpacked; a stream that fails makes the member
   * incomplete or, where its reader says that it is malformed, unproven.
   *
   * @param opener opens it at its first byte
   * @param packedSize number of its packed bytes
   */
  void member(String name, ByteSource.StreamOpener opener, long packedSize, String... hints)
      throws IOException;

  /** Enters a member that can't be read, such as an encrypted one, with what was seen of it. */
  void member(String name, Observation observation);
}
