package dev.redoubt.runtime.db;

import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes files whole or not at all: a reader, a crash or a full disk never leaves half a file under
 * the name.
 *
 * @since 0.1.0
 */
public final class AtomicFiles {
  private static final AtomicLong COUNTER = new AtomicLong();

  private AtomicFiles() {}

  /**
   * Writes a file beside its name, forces it to the disk and renames it; missing folders are made.
   *
   * @throws TargetUnreachableException in one line, when the disk is full or the folder refuses
   */
  public static void write(Path file, byte[] bytes) {
    Path target = file.toAbsolutePath().normalize();
    if (isInPlace(target)) {
      writeDevice(target, bytes);
      return;
    }
    Path folder = target.getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is no file");
    }
    String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-";
    Path temporary = folder.resolve(name + COUNTER.incrementAndGet() + ".tmp");
    try {
      Files.createDirectories(folder);
      try {
        writeAndForce(temporary, bytes);
        rename(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw Failures.of(file.toString(), e);
    }
  }

  /** Writes text in UTF-8; the same as {@link #write(Path, byte[])}. */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Says whether a file is one that {@link #write(Path, byte[])} writes where it is, since a rename
   * would put a plain file in its place: a pipe, a device, a link.
   */
  public static boolean isInPlace(Path file) {
    return Files.isSymbolicLink(file)
        || (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file));
  }

  private static void writeDevice(Path device, byte[] bytes) {
    try {
      Files.write(device, bytes);
    } catch (IOException e) {
      throw Failures.of(device.toString(), e);
    }
  }

  private static void writeAndForce(Path file, byte[] bytes) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
