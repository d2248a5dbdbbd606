package dev.redoubt.app.cli;

import dev.redoubt.runtime.llm.LocalModel;
import dev.redoubt.runtime.llm.LocalModelOptions;
import dev.redoubt.runtime.llm.ModelServer;
import dev.redoubt.runtime.llm.ModelSpec;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The model behind the assistant: the local one, served on loopback, or another endpoint. */
final class DemoModel implements AutoCloseable {
  private final URI url;
  private final @Nullable LocalModel model;
  private final @Nullable ModelServer server;

  private DemoModel(URI url, @Nullable LocalModel model, @Nullable ModelServer server) {
    this.url = url;
    this.model = model;
    this.server = server;
  }

  /**
   * Opens the model at {@code other}, or fetches, loads and serves the local one where that is
   * absent.
   */
  static DemoModel open(@Nullable URI other, PrintWriter err) throws InterruptedException {
    if (other != null) {
      return new DemoModel(other, null, null);
    }
    Path weights = ModelCommand.fetch(ModelSpec.DEFAULT, err);
    LocalModel model = LocalModel.load(weights, LocalModelOptions.defaults());
    ModelServer server = ModelServer.start(model, 0);
    return new DemoModel(server.baseUrl(), model, server);
  }

  URI url() {
    return url;
  }

  String name() {
    return model == null ? "the model at " + url : ModelSpec.DEFAULT.name();
  }

  /** Digest of the weights; empty for a model elsewhere. */
  String digest() {
    return model == null ? "" : "sha256:" + ModelSpec.DEFAULT.sha256();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (model != null) {
      model.close();
    }
  }
}
