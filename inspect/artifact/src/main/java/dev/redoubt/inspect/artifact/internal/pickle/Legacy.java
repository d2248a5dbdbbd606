package dev.redoubt.inspect.artifact.internal.pickle;

/** The stream of pickles and storages that {@code torch.save} wrote before its zip format. */
final class Legacy {
  /** What stands for the magic number, which needs more than 64 bits. */
  static final long MAGIC = 0x1950_a86a_20f9_469cL;

  private static final int[] BYTES = {0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19};

  private Legacy() {}

  /** Whether these are the bytes of 0x1950a86a20f9469cfc6c, low byte first. */
  static boolean isMagic(byte[] bytes) {
    if (bytes.length != BYTES.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((bytes[i] & 0xff) != BYTES[i]) {
        return false;
      }
    }
    return true;
  }
}
