package dev.redoubt.runtime.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the machine's own packages, in a folder of its own. The server refuses to
 * run as root, so root starts it as {@code nobody}.
 */
final class PostgresServer implements AutoCloseable {
  private final Path bin;
  private final Path folder;
  private final int port;

  private PostgresServer(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** Folder of the newest server that is installed; null where there is none. */
  static @Nullable Path installed() throws IOException {
    Path root = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(root)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(root)) {
      return versions
          .map(v -> v.resolve("bin"))
          .filter(b -> Files.isExecutable(b.resolve("initdb")))
          .max(Path::compareTo)
          .orElse(null);
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts a server whose user {@code redoubt} has the password {@code redoubt-test}. */
  static PostgresServer start(Path bin) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("redoubt-pg");
    var server = new PostgresServer(bin, folder, freePort());
    Path password = Files.writeString(folder.resolve("password"), "redoubt-test\n");
    if (isRoot()) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      run(List.of("chown", "-R", "nobody", folder.toString()));
    }
    server.asUser(
        "initdb",
        "-D",
        folder.resolve("data").toString(),
        "-U",
        "redoubt",
        "--auth=scram-sha-256",
        "--pwfile=" + password,
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
    server.asUser(
        "pg_ctl",
        "-D",
        folder.resolve("data").toString(),
        "-l",
        folder.resolve("log").toString(),
        "-w",
        "-o",
        "-p " + server.port + " -c listen_addresses=127.0.0.1 -c fsync=off -k " + folder,
        "start");
    return server;
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    asUser("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "stop");
    run(List.of("rm", "-rf", folder.toString()));
  }

  private void asUser(String program, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    // A server inherits the output of pg_ctl: a file, since a pipe would never end.
    Path output = Files.createTempFile("redoubt-pg", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " failed: " + Files.readString(output));
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
