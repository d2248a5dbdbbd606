package dev.redoubt.inspect.artifact.internal.tflite;

import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;

/** A reader that remembers how far into the file anything that was read reaches. */
final class Extent {
  final ByteReader reader;
  private long furthest;

  Extent(ByteReader reader) {
    this.reader = reader;
  }

  void reach(long end) {
    furthest = Math.max(furthest, Math.min(end, reader.size()));
  }

  long furthest() {
    return furthest;
  }
}
