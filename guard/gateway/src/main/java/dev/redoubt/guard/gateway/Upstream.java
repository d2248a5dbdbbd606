package dev.redoubt.guard.gateway;

import java.io.IOException;
import java.io.InputStream;

/** The way to the server behind the gateway; the transport can change without its users. */
interface Upstream extends AutoCloseable {
  /**
   * Sends a request and waits for status and headers.
   *
   * @param method such as {@code POST}
   * @param target path and query below the upstream's host
   * @param headers headers of the client; those of its connection are left out
   * @param body the body, empty for none
   * @param watch told of every byte, and able to cut the connection
   * @throws UpstreamException when there is no reply to pass on
   */
  Reply send(String method, String target, HeaderList headers, byte[] body, InFlight.Entry watch)
      throws IOException;

  @Override
  void close();

  /** A reply that is being read. Closing before its end drops the connection, which cancels it. */
  interface Reply extends AutoCloseable {
    /** The status code. */
    int status();

    /** The headers. */
    HeaderList headers();

    /** The body without its transfer encoding. */
    InputStream body();

    /** Length of the body as announced, or -1. */
    long announced();

    /**
     * Reads the whole body.
     *
     * @throws UpstreamException when it is longer
     */
    byte[] readAll(int atMost) throws IOException;

    @Override
    void close();
  }
}
