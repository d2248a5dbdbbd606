package dev.redoubt.app.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Another model for a sample that a description starts. */
final class SampleModelOption {
  static final String NAME = "--model-url";

  @Option(
      names = NAME,
      paramLabel = "URL",
      description = "Model of a sample that the description starts, instead of the local one.")
  @Nullable String url;

  /** Its base URL; absent for the local one. */
  @Nullable URI base() {
    return url == null ? null : Options.baseUrl(NAME, url);
  }
}
