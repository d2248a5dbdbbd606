package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the machines share that read the pickles of one source. */
final class Scan {
  private static final int MOST_NESTED = 256;

  final ByteSource source;
  final Budget budget;
  boolean torch;
  final int depth;
  final Recent recent;
  final ArrayTypes types = new ArrayTypes();
  final Globals globals;
  final TextDecoder texts;
  final Renderer renderer;
  final Storages storages = new Storages();

  /** Positions and lengths of texts and bytes that may be pickles themselves. */
  final List<long[]> nested = new ArrayList<>();

  boolean nestedLeftOut;

  /** Positions and lengths of bytes that a call unpickles as PyTorch's legacy format. */
  final List<long[]> loaded = new ArrayList<>();

  /**
   * @param torch whether persistent ids of PyTorch are in place
   * @param torchScript whether the archive declares types of its own
   * @param depth of pickles in pickles
   */
  Scan(ByteSource source, Budget budget, boolean torch, boolean torchScript, int depth) {
    this.source = source;
    this.recent = new Recent(source.size());
    this.budget = budget;
    this.torch = torch;
    this.depth = depth;
    this.globals = new Globals(torchScript);
    this.texts = new TextDecoder(source);
    this.renderer = new Renderer(source, recent, globals, texts);
  }

  /**
   * Notes bytes that a call unpickles.
   *
   * @param opcode position of the opcode that holds them
   * @return false where they can't be found
   */
  boolean loaded(long opcode) throws IOException {
    byte[] b = source.bytes(opcode, 9);
    if (b.length < 9 || loaded.size() >= 100_000) {
      return false;
    }
    switch (b[0] & 0xff) {
      case Op.SHORT_BINBYTES -> loaded.add(new long[] {opcode + 2, b[1] & 0xff});
      case Op.BINBYTES -> loaded.add(new long[] {opcode + 5, Window.i4(b, 1) & 0xffff_ffffL});
      case Op.BINBYTES8 ->
          loaded.add(
              new long[] {
                opcode + 9, (Window.i4(b, 1) & 0xffff_ffffL) | ((long) Window.i4(b, 5) << 32)
              });
      default -> {
        return false;
      }
    }
    return true;
  }

  void nested(long position, long length) {
    if (nested.size() < MOST_NESTED) {
      nested.add(new long[] {position, length});
    } else {
      nestedLeftOut = true;
    }
  }
}
