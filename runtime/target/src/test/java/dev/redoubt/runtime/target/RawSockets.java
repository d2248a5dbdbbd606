package dev.redoubt.runtime.target;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A WebSocket server by hand (RFC 6455), so that it can lie. */
final class RawSockets implements AutoCloseable {
  /** Talks on one socket until it returns; the socket is closed then. */
  interface Talker {
    void talk(Peer peer) throws Exception;
  }

  /** The other end of one socket. */
  static final class Peer {
    final int number;
    final String head;
    private final InputStream in;
    private final OutputStream out;

    Peer(int number, String head, InputStream in, OutputStream out) {
      this.number = number;
      this.head = head;
      this.in = in;
      this.out = out;
    }

    /** The next text of the client; null where it hung up. */
    String hear() throws IOException {
      int first = in.read();
      int second = in.read();
      if (first < 0 || second < 0 || (first & 0x0f) == 8) {
        return null;
      }
      int length = second & 0x7f;
      if (length == 126) {
        length = in.read() << 8 | in.read();
      } else if (length == 127) {
        in.readNBytes(4);
        length = in.read() << 24 | in.read() << 16 | in.read() << 8 | in.read();
      }
      byte[] mask = in.readNBytes(4);
      byte[] data = in.readNBytes(length);
      for (int i = 0; i < data.length; i++) {
        data[i] ^= mask[i % 4];
      }
      return new String(data, StandardCharsets.UTF_8);
    }

    void say(String text) throws IOException {
      frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    void frame(int first, byte[] data) throws IOException {
      out.write(first);
      if (data.length < 126) {
        out.write(data.length);
      } else {
        out.write(127);
        for (int shift = 56; shift >= 0; shift -= 8) {
          out.write((int) ((long) data.length >> shift));
        }
      }
      out.write(data);
      out.flush();
    }
  }

  private final ServerSocket listener;
  private final Talker talker;
  private final int status;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Peer> peers = Collections.synchronizedList(new ArrayList<>());

  RawSockets(Talker talker) {
    this(101, talker);
  }

  /** With a status other than 101, no socket is opened. */
  RawSockets(int status, Talker talker) {
    this.talker = talker;
    this.status = status;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "ws://127.0.0.1:" + listener.getLocalPort() + "/chat";
  }

  List<Peer> peers() {
    return peers;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = socket.getInputStream();
      var head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) in.read());
      }
      if (status != 101) {
        RawServer.send(
            socket.getOutputStream(), "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      var key =
          head.toString()
              .lines()
              .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
              .findFirst()
              .orElseThrow()
              .substring(18)
              .strip();
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      RawServer.send(
          socket.getOutputStream(),
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(digest)
              + "\r\n\r\n");
      Peer peer;
      synchronized (peers) {
        peer = new Peer(peers.size(), head.toString(), in, socket.getOutputStream());
        peers.add(peer);
      }
      talker.talk(peer);
    } catch (Exception e) {
      // The client hung up, as it should on a liar.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
