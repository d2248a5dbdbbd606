package dev.redoubt.inspect.artifact.internal.hdf5;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.bytes.Named;
import java.io.IOException;

/**
 * Reads HDF5, in which Keras keeps models and weights: every object that its root reaches, with its
 * attributes, links and where its data lies.
 */
@AutoService(FormatReader.class)
public final class Hdf5Reader implements FormatReader {
  private static final int LAST_START = 2048;

  /** Made by {@link java.util.ServiceLoader}. */
  public Hdf5Reader() {}

  @Override
  public String id() {
    return "hdf5";
  }

  private static int start(Head head) {
    for (int at = 0; at <= LAST_START; at = at == 0 ? 512 : at * 2) {
      if (head.has(at, "\u0089HDF\r\n\u001a\n")) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public boolean claims(Head head, String name) {
    return start(head) >= 0 || Named.broken(head, name, ".h5", ".hdf5");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("HDF5");
    int base = start(new Head(source));
    if (base < 0) {
      throw new MalformedException("does not bear the mark of HDF5", 0);
    }
    var file = new Hdf5File(source, context.budget(), base);
    file.superblock();
    new Objects(file, context).walk();
    long after = source.size() - base - file.end;
    if (after > 0) {
      context.observe(
          EngineRules.MALFORMED,
          Verdict.UNPROVEN,
          after + " bytes after the end that it says it has",
          base + file.end);
    }
  }
}
