package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
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

  void nested(long position, long length) {
    if (nested.size() < MOST_NESTED) {
      nested.add(new long[] {position, length});
    } else {
      nestedLeftOut = true;
    }
  }
}
