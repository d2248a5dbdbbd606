package dev.redoubt.inspect.artifact.internal.zip;

import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;

/** Tells the context what contradicts what in an archive. */
record ZipFindings(ReadContext context) {
  static final String DIFFERENTIAL = "inspect.artifact.zip-contradiction";
  static final String PREFIX = "inspect.artifact.zip-hidden-data";
  static final String NAME = "inspect.artifact.archive-escape";

  void contradiction(String what, long offset) {
    context.observe(DIFFERENTIAL, Verdict.UNPROVEN, what, offset);
  }

  void prefix(String what, long offset) {
    context.observe(PREFIX, Verdict.UNPROVEN, what, offset);
  }

  void escape(String what, long offset) {
    context.observe(NAME, Verdict.UNPROVEN, what, offset);
  }
}
