package dev.redoubt.inspect.artifact.internal.config;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.pickle.PythonNames;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the configuration of a NeMo model, in which {@code _target_} and {@code target} name what
 * Hydra imports and calls with the rest of the map (CVE-2025-23304).
 */
@AutoService(FormatReader.class)
public final class NemoReader implements FormatReader {
  private static final String DANGEROUS = "inspect.artifact.nemo-dangerous";
  private static final String UNPROVEN = "inspect.artifact.nemo-unproven";

  /**
   * Classes of these packages are made from a configuration by design: their constructors build
   * layers, optimisers and schedules. Functions there, in lower case, are not covered.
   */
  private static final List<String> PACKAGES =
      List.of(
          "nemo.collections.",
          "nemo.core.",
          "nemo.lightning.",
          "torch.nn.",
          "torch.optim.",
          "torchmetrics.",
          "megatron.core.",
          "pytorch_lightning.",
          "lightning.pytorch.",
          "torchaudio.transforms.");

  /** Made by {@link java.util.ServiceLoader}. */
  public NemoReader() {}

  @Override
  public String id() {
    return "nemo";
  }

  @Override
  public boolean claims(Head head, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("model_config.yaml") || lower.endsWith("model_config.yml");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("NeMo configuration");
    Deque<Object> waiting = new ArrayDeque<>();
    Object root = Config.read(source);
    if (root != null) {
      waiting.push(root);
    }
    int seen = 0;
    while (!waiting.isEmpty()) {
      // Aliases let a small document unfold into a large one.
      if (++seen > 200_000) {
        throw new dev.redoubt.inspect.artifact.LimitException("a configuration of too many parts");
      }
      Object next = waiting.pop();
      if (next instanceof Map<?, ?> map) {
        map.forEach((key, value) -> {
          if (value instanceof String text && isTarget(key)) {
            target(text.strip(), context);
          } else if (value != null) {
            waiting.push(value);
          }
        });
      } else if (next instanceof List<?> list) {
        list.forEach(value -> {
          if (value != null) {
            waiting.push(value);
          }
        });
      }
    }
  }

  private static boolean isTarget(Object key) {
    return key.equals("_target_") || key.equals("target") || key.equals("cls");
  }

  private static void target(String name, ReadContext context) {
    boolean dotted = name.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");
    if (name.isEmpty() || (!dotted && !name.contains("("))) {
      return;
    }
    String why = PythonNames.danger(name);
    if (why != null) {
      context.observe(DANGEROUS, Verdict.MALICIOUS, "has " + name + " called, which " + why, -1);
    } else if (!harmless(name)) {
      context.observe(
          UNPROVEN,
          Verdict.UNPROVEN,
          "has " + name + " imported and called, which nobody has shown to be harmless",
          -1);
    }
  }

  private static boolean harmless(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return Character.isUpperCase(last.charAt(0)) && PACKAGES.stream().anyMatch(name::startsWith);
  }
}
