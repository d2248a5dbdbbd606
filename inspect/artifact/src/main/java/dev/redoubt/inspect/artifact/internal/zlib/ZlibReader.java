package dev.redoubt.inspect.artifact.internal.zlib;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Reads zlib streams (RFC 1950), in which {@code joblib.dump(compress=3)} keeps its pickle. */
@AutoService(FormatReader.class)
public final class ZlibReader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public ZlibReader() {}

  @Override
  public String id() {
    return "zlib";
  }

  /**
   * Old joblib wrote "ZF", the length in hexadecimal digits padded to this many, and the stream.
   */
  private static final int OLD_HEAD = 21;

  @Override
  public boolean claims(Head head, String name) {
    if (head.has(0, "ZF0x") && head.at(OLD_HEAD) == 0x78) {
      return true;
    }
    // Two bytes are little of a magic number: the first block has to unpack as well.
    return head.at(0) == 0x78
        && head.length() > 6
        && ((head.at(0) << 8) | head.at(1)) % 31 == 0
        && (head.at(1) & 0x20) == 0
        && unpacks(head.bytes());
  }

  private static boolean unpacks(byte[] head) {
    var inflater = new Inflater();
    try {
      inflater.setInput(head);
      return inflater.inflate(new byte[64]) > 0;
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  @Override
  public void read(ByteSource whole, ReadContext context) throws IOException {
    context.format("zlib stream");
    boolean old = new Head(whole).has(0, "ZF");
    ByteSource source = old ? whole.slice(OLD_HEAD, whole.size() - OLD_HEAD) : whole;
    context.member("unpacked", () -> new InflaterInputStream(source.stream(0)), source.size());
    long end = end(source, context);
    if (end < source.size()) {
      context.observe(
          EngineRules.MALFORMED,
          Verdict.UNPROVEN,
          source.size() - end + " bytes after the end of the stream",
          end);
    }
  }

  private static long end(ByteSource source, ReadContext context) throws IOException {
    var inflater = new Inflater();
    try {
      byte[] in = new byte[1 << 14];
      byte[] out = new byte[1 << 16];
      long at = 0;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int n = source.read(at, in, 0, in.length);
          if (n < 0) {
            context.observe(
                EngineRules.MALFORMED, Verdict.UNPROVEN, "the stream is cut off", source.size());
            return source.size();
          }
          at += n;
          inflater.setInput(in, 0, n);
        }
        context.budget().unpacked(inflater.inflate(out));
      }
      return inflater.getBytesRead();
    } catch (DataFormatException e) {
      context.observe(
          EngineRules.MALFORMED, Verdict.UNPROVEN, "does not unpack: " + e.getMessage(), -1);
      return source.size();
    } finally {
      inflater.end();
    }
  }
}
