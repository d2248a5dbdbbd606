package dev.redoubt.detect;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** Keeps the state of training in a file, so that one that is broken off can go on. */
final class InjectionCheckpoint implements InjectionTrainer.Checkpoint {
  private static final long MAGIC = 0x5244434b31L;

  private final Path file;
  private final long what;
  private final Consumer<String> progress;

  private InjectionCheckpoint(Path file, long what, Consumer<String> progress) {
    this.file = file;
    this.what = what;
    this.progress = progress;
  }

  static InjectionCheckpoint of(
      Path folder,
      InjectionSettings settings,
      List<InjectionExample> examples,
      Consumer<String> progress) {
    CRC32 sum = new CRC32();
    sum.update(settings.toString().getBytes(StandardCharsets.UTF_8));
    for (InjectionExample e : examples) {
      sum.update((e.group() + e.attack() + e.text()).getBytes(StandardCharsets.UTF_8));
    }
    return new InjectionCheckpoint(
        folder.resolve("first-stage.checkpoint"), sum.getValue(), progress);
  }

  @Override
  public int restore(InjectionWeights weights) {
    if (!Files.isRegularFile(file)) {
      return 0;
    }
    try (var in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readLong() != MAGIC || in.readLong() != what) {
        progress.accept(file + " belongs to other data or settings: beginning anew");
        return 0;
      }
      int epochs = in.readInt();
      weights.read(in);
      progress.accept("going on after epoch " + epochs);
      return epochs;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is damaged: delete it to begin anew", e);
    }
  }

  @Override
  public void save(InjectionWeights weights, int epochs) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (var out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16))) {
        out.writeLong(MAGIC);
        out.writeLong(what);
        out.writeInt(epochs);
        weights.write(out);
      }
      // A training that is broken off while it writes must not lose the epoch before.
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written", e);
    }
  }
}
