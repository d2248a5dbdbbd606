package dev.redoubt.detect;

import java.util.Set;

/** Ends of the names of files and hosts. */
final class FileSuffixes {
  private static final Set<String> KNOWN =
      Set.of(
          "com",
          "org",
          "net",
          "io",
          "dev",
          "ai",
          "app",
          "eu",
          "de",
          "uk",
          "us",
          "fr",
          "es",
          "test",
          "example",
          "invalid",
          "local",
          "localhost",
          "html",
          "htm",
          "pdf",
          "png",
          "jpg",
          "jpeg",
          "gif",
          "svg",
          "json",
          "yaml",
          "yml",
          "xml",
          "csv",
          "txt",
          "md",
          "doc",
          "docx",
          "xls",
          "xlsx",
          "java",
          "py",
          "js",
          "ts",
          "sh",
          "zip",
          "gz",
          "log",
          "toml",
          "sql",
          "gguf",
          "onnx");

  private FileSuffixes() {}

  static boolean isKnown(String suffix) {
    return KNOWN.contains(suffix);
  }
}
