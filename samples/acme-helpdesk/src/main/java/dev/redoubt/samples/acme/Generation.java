package dev.redoubt.samples.acme;

/**
 * Which of the two worlds of a run: the second shares nothing with the first that could be learnt
 * from it, neither values nor their formats.
 */
public enum Generation {
  /** Before the guard. */
  FIRST,
  /** With the guard: a secret of another length, alphabet and prefix, new customers, new memos. */
  SECOND
}
