package dev.redoubt.inspect.artifact.internal.pickle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storages of PyTorch tensors that a pickle names, with their sizes in bytes. */
final class Storages {
  private static final int MOST = 1 << 18;

  private final Map<String, Long> bytes = new LinkedHashMap<>();

  /** Notes a storage; false where an earlier one of that key had another size. */
  boolean add(String key, long size) {
    if (bytes.size() >= MOST) {
      return true;
    }
    Long earlier = bytes.putIfAbsent(key, size);
    return earlier == null || earlier == size;
  }

  /** What they all take behind legacy pickles: eight bytes and the elements each. */
  long total() {
    long total = 0;
    for (long size : bytes.values()) {
      total += 8 + size;
    }
    return total;
  }

  @Nullable Long size(String key) {
    return bytes.get(key);
  }

  /** Size of an element of a storage class; -1 where it is none. */
  static int elementSize(String path) {
    return switch (path) {
      case "torch.FloatStorage", "torch.IntStorage", "torch.QInt32Storage" -> 4;
      case "torch.DoubleStorage", "torch.LongStorage", "torch.ComplexFloatStorage" -> 8;
      case "torch.ComplexDoubleStorage" -> 16;
      case "torch.HalfStorage", "torch.BFloat16Storage", "torch.ShortStorage" -> 2;
      case "torch.ByteStorage",
          "torch.CharStorage",
          "torch.BoolStorage",
          "torch.QUInt8Storage",
          "torch.QInt8Storage",
          "torch.QUInt4x2Storage",
          "torch.QUInt2x4Storage",
          "torch.UntypedStorage",
          "torch.storage.UntypedStorage",
          "torch.storage._UntypedStorage" ->
          1;
      default -> path.startsWith("torch.cuda.") ? elementSize("torch." + path.substring(11)) : -1;
    };
  }
}
