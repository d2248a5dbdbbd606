package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Target;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.GuardEvent;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.gateway.Gateway;
import dev.redoubt.guard.gateway.GatewayConfig;
import dev.redoubt.runtime.embed.Embedder;
import dev.redoubt.samples.acme.AcmeConfig;
import dev.redoubt.samples.acme.AcmeHelpDesk;
import dev.redoubt.samples.acme.Generation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sample assistant as one side of the demo sees it: bare, or with the guard at both of its
 * places and access control in its retriever.
 */
final class DemoScene implements AutoCloseable {
  private final AcmeHelpDesk desk;
  private final @Nullable Gateway front;
  private final @Nullable Gateway back;
  private final AiSystem system;
  private final Path systemFile;

  private DemoScene(
      AcmeHelpDesk desk,
      @Nullable Gateway front,
      @Nullable Gateway back,
      AiSystem system,
      Path systemFile) {
    this.desk = desk;
    this.front = front;
    this.back = back;
    this.system = system;
    this.systemFile = systemFile;
  }

  /** The assistant as it was launched. */
  static DemoScene bare(URI model, Path folder, long seed, Embedder embedder) throws IOException {
    ReportFiles.makeFolder(folder);
    AcmeHelpDesk desk =
        AcmeHelpDesk.start(AcmeConfig.of(model, folder, seed).withEmbedder(embedder));
    return described(desk, null, null, desk.baseUrl(), folder);
  }

  /**
   * The assistant of a new world behind the guard: attackers talk to the front gateway, the
   * assistant to the back one.
   */
  static DemoScene guarded(
      URI model,
      Path folder,
      long seed,
      Embedder embedder,
      Policy policy,
      Consumer<GuardEvent> events)
      throws IOException {
    ReportFiles.makeFolder(folder);
    Guard guard = Guard.of(policy);
    Gateway back = Gateway.start(GatewayConfig.onLoopback(guard, model, Place.BACK, events));
    AcmeHelpDesk desk =
        AcmeHelpDesk.start(
            AcmeConfig.of(back.baseUrl(), folder, seed)
                .withGeneration(Generation.SECOND)
                .withAccessControl(true)
                .withForwardCaller(true)
                .withEmbedder(embedder));
    Gateway front =
        Gateway.start(GatewayConfig.onLoopback(guard, desk.baseUrl(), Place.FRONT, events));
    return described(desk, front, back, front.baseUrl(), folder);
  }

  private static DemoScene described(
      AcmeHelpDesk desk, @Nullable Gateway front, @Nullable Gateway back, URI entry, Path folder) {
    Path file = folder.resolve(RedoubtYaml.FILE_NAME);
    AiSystem system = RedoubtYaml.write(desk.describe(entry), file);
    return new DemoScene(desk, front, back, system, file);
  }

  AcmeHelpDesk desk() {
    return desk;
  }

  AiSystem system() {
    return system;
  }

  /** What the attacker and the customers talk to. */
  Endpoint endpoint() {
    return system.components().stream()
        .filter(Endpoint.class::isInstance)
        .map(Endpoint.class::cast)
        .findFirst()
        .orElseThrow();
  }

  Target target() {
    return Target.described(system, endpoint(), systemFile);
  }

  @Override
  public void close() {
    if (front != null) {
      front.close();
    }
    desk.close();
    if (back != null) {
      back.close();
    }
  }
}
