package dev.redoubt.guard.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 replies from a connection, with limits on everything. */
final class HttpInput {
  private static final int MAX_HEAD = 64 << 10;
  private final InputStream in;
  private final byte[] buffer = new byte[16 << 10];
  private int position;
  private int limit;
  private int headBytes;
  private InFlight.@Nullable Entry watch;

  HttpInput(InputStream in) {
    this.in = in;
  }

  /** The status line and headers of the next reply that is no 1xx. */
  Head head(InFlight.Entry exchange) throws IOException {
    watch = exchange;
    while (true) {
      headBytes = 0;
      String line = line();
      int status = status(line);
      var headers = new HeaderList();
      for (String next = line(); !next.isEmpty(); next = line()) {
        int colon = next.indexOf(':');
        if (colon <= 0) {
          throw new UpstreamException(502, "the upstream sent a header without a name");
        }
        headers.add(next.substring(0, colon), next.substring(colon + 1).strip());
      }
      if (status >= 200) {
        return new Head(status, headers, line.startsWith("HTTP/1.0"));
      }
    }
  }

  /**
   * Status and headers.
   *
   * @param oldProtocol HTTP/1.0, which closes the connection unless it says otherwise
   */
  record Head(int status, HeaderList headers, boolean oldProtocol) {}

  private static int status(String line) throws UpstreamException {
    if (line.startsWith("HTTP/1.") && line.length() >= 12) {
      int status = 0;
      for (int i = 9; i < 12; i++) {
        status = status * 10 + Character.digit(line.charAt(i), 10);
      }
      if (status >= 100) {
        return status;
      }
    }
    throw new UpstreamException(502, "the upstream does not speak HTTP/1.1");
  }

  /** Says whether not a single byte of a reply has been read. */
  boolean untouched() {
    return headBytes == 0;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, receive(buffer, 0, buffer.length));
    return limit > 0;
  }

  private int receive(byte[] into, int offset, int length) throws IOException {
    try {
      int n = in.read(into, offset, length);
      if (watch != null) {
        watch.progress();
      }
      return n;
    } catch (SocketException e) {
      if (watch != null && watch.cut() == InFlight.Cut.SILENT) {
        throw new UpstreamException(504, "the upstream sent nothing for too long", e);
      }
      throw e;
    }
  }

  private String line() throws IOException {
    StringBuilder spilled = null;
    while (true) {
      if (position == limit && !fill()) {
        throw new EOFException("the upstream closed the connection");
      }
      int start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      headBytes += position - start + 1;
      if (headBytes > MAX_HEAD) {
        throw new UpstreamException(502, "the upstream's headers are longer than " + MAX_HEAD);
      }
      boolean ended = position < limit;
      int end = position;
      if (ended) {
        position++;
      }
      var part = new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
      if (!ended || spilled != null) {
        spilled = spilled == null ? new StringBuilder(part) : spilled.append(part);
      }
      if (ended) {
        var line = spilled == null ? part : spilled.toString();
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      }
    }
  }

  /** Reads what is there, at most so many bytes; -1 at the end of the connection. */
  private int some(byte[] into, int offset, int length) throws IOException {
    if (position == limit) {
      if (length >= buffer.length) {
        return receive(into, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int n = Math.min(length, limit - position);
    System.arraycopy(buffer, position, into, offset, n);
    position += n;
    return n;
  }

  /** The body of a reply, framed as its headers say. */
  Body body(Head head, boolean headRequest) throws UpstreamException {
    if (headRequest || head.status() == 204 || head.status() == 304) {
      return new Body(Framing.LENGTH, 0);
    }
    var encoding = head.headers().first("transfer-encoding");
    if (encoding != null) {
      if (!encoding.toLowerCase(Locale.ROOT).strip().equals("chunked")) {
        throw new UpstreamException(502, "the upstream uses transfer encoding " + encoding);
      }
      return new Body(Framing.CHUNKED, 0);
    }
    var lengths = head.headers().all("content-length");
    if (lengths.isEmpty()) {
      return new Body(Framing.UNTIL_CLOSE, 0);
    }
    try {
      long length = Long.parseLong(lengths.getFirst());
      if (length < 0 || lengths.stream().distinct().count() > 1) {
        throw new UpstreamException(502, "the upstream contradicts itself on the body's length");
      }
      return new Body(Framing.LENGTH, length);
    } catch (NumberFormatException e) {
      throw new UpstreamException(502, "the upstream sent a body length that is no number", e);
    }
  }

  private enum Framing {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  /** A body; {@link #complete()} says whether its end was seen. */
  final class Body extends InputStream {
    private final Framing framing;
    private long left;
    private boolean firstChunk = true;
    private boolean done;

    private Body(Framing framing, long left) {
      this.framing = framing;
      this.left = left;
      this.done = framing == Framing.LENGTH && left == 0;
    }

    /** Says whether all of it was read, so that the connection can serve another request. */
    boolean complete() {
      return done && framing != Framing.UNTIL_CLOSE;
    }

    /** The length that was announced, or -1. */
    long announced() {
      return framing == Framing.LENGTH ? left : -1;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (done) {
        return -1;
      }
      if (framing == Framing.CHUNKED && left == 0 && !nextChunk()) {
        return -1;
      }
      int want = framing == Framing.UNTIL_CLOSE ? length : (int) Math.min(length, left);
      int n = some(into, offset, want);
      if (n < 0) {
        if (framing == Framing.UNTIL_CLOSE) {
          done = true;
          return -1;
        }
        throw new UpstreamException(502, "the upstream's reply ended before its announced length");
      }
      if (framing != Framing.UNTIL_CLOSE) {
        left -= n;
        done = framing == Framing.LENGTH && left == 0;
      }
      return n;
    }

    private boolean nextChunk() throws IOException {
      headBytes = 0;
      if (!firstChunk) {
        line();
      }
      firstChunk = false;
      left = chunkSize(line());
      if (left > 0) {
        return true;
      }
      String trailer = line();
      while (!trailer.isEmpty()) {
        trailer = line();
      }
      done = true;
      return false;
    }

    private static long chunkSize(@Nullable String line) throws UpstreamException {
      try {
        long size = Long.parseLong(String.valueOf(line).split(";", 2)[0].strip(), 16);
        if (size >= 0) {
          return size;
        }
        throw new UpstreamException(502, "the upstream sent a chunk of negative length");
      } catch (NumberFormatException e) {
        throw new UpstreamException(502, "the upstream sent a chunk without a length", e);
      }
    }
  }
}
