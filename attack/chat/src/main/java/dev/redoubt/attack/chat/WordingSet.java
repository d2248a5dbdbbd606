package dev.redoubt.attack.chat;

/**
 * Which wordings a pass uses.
 *
 * @since 0.1.0
 */
public enum WordingSet {
  /** The wordings and techniques of a first pass. */
  FIRST,
  /**
   * Wordings that no first pass uses, and the techniques that have only such: what a defence was
   * not tuned against.
   */
  NEW
}
