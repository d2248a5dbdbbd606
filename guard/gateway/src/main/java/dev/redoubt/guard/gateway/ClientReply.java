package dev.redoubt.guard.gateway;

import java.io.IOException;
import java.io.OutputStream;

/** The way back to the client. Exactly one of {@code send} and {@code stream} is called, once. */
interface ClientReply extends InFlight.Client {
  /** Says whether status and headers are on their way, so that nothing else can be said. */
  boolean started();

  /** Sends a whole reply; headers of the connection are left out. */
  void send(int status, HeaderList headers, byte[] body);

  /**
   * Starts a reply of unknown length; what is written goes out with each flush.
   *
   * @throws IOException when the client is gone, then or at any later write
   */
  OutputStream stream(int status, HeaderList headers) throws IOException;
}
