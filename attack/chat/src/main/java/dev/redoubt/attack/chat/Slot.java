package dev.redoubt.attack.chat;

/**
 * Where a record stands on a tape.
 *
 * @param offset of its first byte
 * @param length in bytes, without the line break
 */
record Slot(long offset, int length) {}
