package dev.redoubt.inspect.artifact;

import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Prints what a file does step by step, by those readers that can tell. */
public final class Explanation {
  private Explanation() {}

  /**
   * Explains a file, and its members where the container's reader explains them.
   *
   * @return whether any reader had something to print
   * @throws TargetUnreachableException when the file can't be read
   */
  public static boolean print(Path file, PrintWriter out) {
    if (!Files.isRegularFile(file)) {
      throw new TargetUnreachableException(file + " is not a regular file");
    }
    boolean any = false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var source = new FileSource(channel, channel.size());
      String name = String.valueOf(file.getFileName());
      for (FormatReader reader : Readers.claiming(new Head(source), name)) {
        any |= reader.explain(source, out);
      }
    } catch (IOException e) {
      throw new TargetUnreachableException(file + ": can't be read: " + e.getMessage(), e);
    }
    out.flush();
    return any;
  }
}
