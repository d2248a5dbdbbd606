package dev.redoubt.runtime.injection;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The three files of a model: its digests, the network and the vocabulary. A file with another
 * digest than stated is refused: half a download, or two trainings mixed up, would score at random.
 */
final class ModelFiles {
  static final String PROPERTIES = "injection-second-stage.properties";
  static final String MODEL = "injection-second-stage.onnx";
  static final String VOCABULARY = "injection-second-stage.vocabulary";
  private static final int MOST_BYTES = 200_000_000;

  /** Where the files come from. */
  @FunctionalInterface
  interface Source {
    /**
     * Opens a file by its name.
     *
     * @throws FileNotFoundException when there is none
     */
    InputStream open(String name) throws IOException;
  }

  private final Source source;
  private final String place;

  ModelFiles(Source source, String place) {
    this.source = source;
    this.place = place;
  }

  static ModelFiles ofClassPath() {
    return new ModelFiles(
        name -> {
          var in = ModelFiles.class.getResourceAsStream("/" + name);
          if (in == null) {
            throw new FileNotFoundException(name);
          }
          return in;
        },
        "on the class path");
  }

  static ModelFiles of(Path folder) {
    return new ModelFiles(name -> Files.newInputStream(folder.resolve(name)), "in " + folder);
  }

  String modelDigest() {
    return stated("model.sha256");
  }

  byte[] model() {
    return checked(MODEL, modelDigest());
  }

  byte[] vocabulary() {
    return checked(VOCABULARY, stated("vocabulary.sha256"));
  }

  private String stated(String key) {
    var properties = new Properties();
    try (var in = new ByteArrayInputStream(bytes(PROPERTIES))) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new InjectionModelException(PROPERTIES + " " + place + " can't be read", e);
    }
    var digest = properties.getProperty(key, "").strip();
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new InjectionModelException(PROPERTIES + " " + place + " states no " + key);
    }
    return digest;
  }

  private byte[] checked(String name, String expected) {
    var bytes = bytes(name);
    try {
      var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      if (!digest.equals(expected)) {
        throw new InjectionModelException(
            name + " " + place + " has SHA-256 " + digest + ", expected " + expected);
      }
      return bytes;
    } catch (NoSuchAlgorithmException e) {
      throw new InjectionModelException("This JDK has no SHA-256", e);
    }
  }

  private byte[] bytes(String name) {
    try (var in = source.open(name)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new InjectionModelException(
            name + " " + place + " is larger than " + MOST_BYTES + " bytes");
      }
      return bytes;
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new InjectionModelException(name + " is missing " + place, e);
    } catch (IOException e) {
      throw new InjectionModelException(
          name + " " + place + " can't be read: " + e.getMessage(), e);
    }
  }
}
