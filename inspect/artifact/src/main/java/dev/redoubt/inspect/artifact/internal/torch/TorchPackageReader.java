package dev.redoubt.inspect.artifact.internal.torch;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Tells archives of {@code torch.package}: their loader imports modules from the archive itself,
 * also where a module of that name is installed, so that a pickle of harmless names is harmless no
 * more.
 */
@AutoService(FormatReader.class)
public final class TorchPackageReader implements FormatReader {
  private static final int DIRECTORY = 1 << 17;

  /** Made by {@link java.util.ServiceLoader}. */
  public TorchPackageReader() {}

  @Override
  public String id() {
    return "torch-package";
  }

  @Override
  public boolean claims(Head head, String name) throws IOException {
    return head.has(0, "PK") && where(head.tail(DIRECTORY)) >= 0;
  }

  private static int where(byte[] directory) {
    return new String(directory, StandardCharsets.ISO_8859_1).indexOf("/.data/extern_modules");
  }

  @Override
  public void read(ByteSource source, ReadContext context) {
    context.format("torch.package archive");
    context.observe(
        "inspect.artifact.torch-package",
        Verdict.UNPROVEN,
        "is a torch.package: its loader imports and runs Python modules from the archive",
        -1);
  }
}
