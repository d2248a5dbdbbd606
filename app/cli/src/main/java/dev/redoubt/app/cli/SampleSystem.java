package dev.redoubt.app.cli;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Start;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.embed.Embedder;
import dev.redoubt.samples.acme.AcmeConfig;
import dev.redoubt.samples.acme.AcmeHelpDesk;
import dev.redoubt.samples.acme.AcmeWorld;
import dev.redoubt.samples.acme.Customer;
import dev.redoubt.samples.acme.Generation;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sample that a {@code redoubt.yaml} asks for, running on the local model while it is assessed.
 */
final class SampleSystem implements AutoCloseable {
  private static final String ACME = "acme-helpdesk";

  private final DemoModel model;
  private final Embedder embedder;
  private final AcmeHelpDesk desk;

  private SampleSystem(DemoModel model, Embedder embedder, AcmeHelpDesk desk) {
    this.model = model;
    this.embedder = embedder;
    this.desk = desk;
  }

  /**
   * Starts it.
   *
   * @param base folder of the description
   * @param modelUrl a model instead of the local one
   * @throws UsageException when there is no such sample, or its port is taken
   */
  static SampleSystem open(Start start, Path base, @Nullable URI modelUrl, PrintWriter err)
      throws InterruptedException {
    if (!start.sample().equals(ACME)) {
      throw new UsageException(
          "start.sample: there is no sample '" + start.sample() + "'; there is " + ACME);
    }
    ServerLogs.quiet();
    DemoModel model = DemoModel.open(modelUrl, err);
    Embedder embedder = Embedder.miniLm();
    boolean started = false;
    try {
      AcmeHelpDesk desk =
          AcmeHelpDesk.start(
              AcmeConfig.of(model.url(), base.resolve(start.folder()), start.seed())
                  .withPort(start.port())
                  .withEmbedder(embedder));
      started = true;
      return new SampleSystem(model, embedder, desk);
    } finally {
      if (!started) {
        embedder.close();
        model.close();
      }
    }
  }

  /** Variables that its description may use: who can log in. */
  Map<String, String> environment() {
    return environment(desk.world());
  }

  /** The same without starting it. */
  static Map<String, String> environment(Start start) {
    return start.sample().equals(ACME)
        ? environment(AcmeWorld.draw(start.seed(), Generation.FIRST))
        : System.getenv();
  }

  private static Map<String, String> environment(AcmeWorld world) {
    Map<String, String> all = new HashMap<>(System.getenv());
    for (Customer user : world.users()) {
      String name = "ACME_" + user.identity().toUpperCase(Locale.ROOT);
      all.put(name + "_USER", user.mail());
      all.put(name + "_PASSWORD", user.password());
    }
    return all;
  }

  /** The sample as it describes itself. */
  AiSystem describe() {
    return desk.describe(desk.baseUrl());
  }

  @Override
  public void close() {
    desk.close();
    embedder.close();
    model.close();
  }
}
