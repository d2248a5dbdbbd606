package dev.redoubt.app.cli;

import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An argument that is a text, {@code -} for standard input, or the name of an existing file. */
final class TextArgument {
  private static final int MAX_BYTES = 16 << 20;
  private static final int SHOWN = 300;

  /** A mistyped name would otherwise pass as a harmless text. */
  private static final Pattern LOOKS_LIKE_A_FILE =
      Pattern.compile("(?:\\.{0,2}/|[A-Za-z]:\\\\)?[\\w./\\\\-]{1,200}\\.[A-Za-z0-9]{1,5}");

  private TextArgument() {}

  /**
   * Reads the text.
   *
   * @param err told where the argument looks like a file that is not there
   * @throws UsageException where it is larger than 16 MiB
   * @throws IOException where it can't be read or is no UTF-8
   */
  static String read(String argument, PrintWriter err) throws IOException {
    if (argument.equals("-")) {
      return decode(System.in.readNBytes(MAX_BYTES + 1), "standard input");
    }
    Path file = asFile(argument);
    if (file == null) {
      if (LOOKS_LIKE_A_FILE.matcher(argument).matches()) {
        err.println("redoubt: no file '" + Words.safe(argument, SHOWN) + "'; checked as a text");
      }
      return argument;
    }
    return file(file);
  }

  /**
   * Reads a file.
   *
   * @throws UsageException where it is larger than 16 MiB
   * @throws IOException where it can't be read or is no UTF-8
   */
  static String file(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return decode(in.readNBytes(MAX_BYTES + 1), file.toString());
    }
  }

  private static @Nullable Path asFile(String text) {
    try {
      Path file = Path.of(text);
      return Files.isRegularFile(file) ? file : null;
    } catch (InvalidPathException e) {
      return null; // An ordinary text, not a path.
    }
  }

  private static String decode(byte[] bytes, String name) throws IOException {
    if (bytes.length > MAX_BYTES) {
      throw new UsageException(name + ": larger than 16 MiB; check it in parts");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      // Taken for text it would pass, and nothing would have looked at what it holds.
      throw new IOException(name + ": is no UTF-8 text; convert it, or check what it holds", e);
    }
  }
}
