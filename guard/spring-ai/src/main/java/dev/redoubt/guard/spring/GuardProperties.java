package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.RetrievalGuard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code redoubt.guard}.
 *
 * @param policy path of {@code guard.yaml}; absent uses every scanner that needs no options
 * @param unlabelled what becomes of passages that do not say who may read them
 * @param confirmSeconds how long a question waits for a person; 0 asks nobody
 * @param confirmMost how many questions may wait at once
 * @since 0.2.0
 */
@ConfigurationProperties("redoubt.guard")
public record GuardProperties(
    @Nullable String policy,
    @DefaultValue("drop") RetrievalGuard.Unlabelled unlabelled,
    @DefaultValue("0") int confirmSeconds,
    @DefaultValue("100") int confirmMost) {
  Duration patience() {
    return Duration.ofSeconds(Math.max(0, confirmSeconds));
  }
}
