package dev.redoubt.attack.chat;

import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Lists the files of a class path folder, over all folders and jars of the class path, so that a
 * new file is found without being entered in a list.
 */
final class ResourceFolder {
  private static final int MAX_BYTES = 1 << 20;

  private ResourceFolder() {}

  /**
   * Reads every file of the folder.
   *
   * @param loader whose class path
   * @param folder with slashes, no slash at the end
   * @param extension such as {@code .yaml}
   * @return text by file name without extension, in order of name; the first on the class path wins
   */
  static Map<String, String> read(ClassLoader loader, String folder, String extension) {
    var texts = new TreeMap<String, String>();
    try {
      Enumeration<URL> places = loader.getResources(folder);
      for (URL place : Collections.list(places)) {
        (place.getProtocol().equals("jar")
                ? fromJar(place, folder, extension)
                : fromFolder(place, extension))
            .forEach(texts::putIfAbsent);
      }
    } catch (IOException e) {
      throw new TargetUnreachableException(
          "the probes in " + folder + " can't be read: " + e.getMessage() + "; reinstall", e);
    }
    return texts;
  }

  private static Map<String, String> fromFolder(URL place, String extension) throws IOException {
    var texts = new LinkedHashMap<String, String>();
    if (place.getProtocol().equals("file")) {
      try (var files = Files.list(Path.of(URI.create(place.toString())))) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (name.endsWith(extension)) {
            texts.put(stem(name, extension), Files.readString(file));
          }
        }
      }
    }
    return texts;
  }

  private static Map<String, String> fromJar(URL place, String folder, String extension)
      throws IOException {
    var texts = new LinkedHashMap<String, String>();
    URLConnection connection = place.openConnection();
    if (!(connection instanceof JarURLConnection jarConnection)) {
      return texts;
    }
    // Not from the shared cache: closing a cached jar would close it for the class loader too.
    jarConnection.setUseCaches(false);
    try (JarFile jar = jarConnection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.startsWith(folder + "/")
            && name.endsWith(extension)
            && name.indexOf('/', folder.length() + 1) < 0) {
          try (InputStream in = jar.getInputStream(entry)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            texts.put(stem(name.substring(folder.length() + 1), extension), text);
          }
        }
      }
    }
    return texts;
  }

  private static String stem(String name, String extension) {
    return name.substring(0, name.length() - extension.length());
  }
}
