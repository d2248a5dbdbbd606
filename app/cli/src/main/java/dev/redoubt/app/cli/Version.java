package dev.redoubt.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"redoubt " + number() + " (Java " + Runtime.version().feature() + ")"};
  }

  /** The bare version number. */
  static String number() {
    try (InputStream in = Version.class.getResourceAsStream("/redoubt-version.properties")) {
      if (in == null) {
        throw new IllegalStateException("redoubt-version.properties is missing from the build");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
