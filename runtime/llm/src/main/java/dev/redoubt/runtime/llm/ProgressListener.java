package dev.redoubt.runtime.llm;

/** Hears how a download comes along. */
@FunctionalInterface
public interface ProgressListener {

  /** Hears nothing. */
  ProgressListener NONE = (_, _, _) -> {};

  /**
   * Called now and then.
   *
   * @param what what is being done, one short line
   * @param done bytes done
   * @param total bytes in all
   */
  void progress(String what, long done, long total);
}
