package dev.redoubt.app.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the major version of a class file. */
final class ClassFileVersion {
  private ClassFileVersion() {}

  static int of(JavaClass type) {
    var uri = type.getSource().orElseThrow().getUri();
    try (DataInputStream in = new DataInputStream(uri.toURL().openStream())) {
      in.readInt();
      in.readUnsignedShort();
      return in.readUnsignedShort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
