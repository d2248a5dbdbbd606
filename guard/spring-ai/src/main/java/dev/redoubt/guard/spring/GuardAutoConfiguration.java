package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.engine.RetrievalGuard;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Sets the guard up for Spring Boot: every {@code ChatClient} that is made of the auto-configured
 * builder is guarded. Any bean can be replaced by one's own; {@code redoubt.guard.enabled=false}
 * turns it off. A policy that can't be read keeps the application from starting.
 *
 * @since 0.2.0
 */
@AutoConfiguration
@ConditionalOnClass(ChatClient.class)
@ConditionalOnProperty(
    prefix = "redoubt.guard",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@EnableConfigurationProperties(GuardProperties.class)
public class GuardAutoConfiguration {
  /** The guard of the policy. */
  @Bean
  @ConditionalOnMissingBean
  public Guard redoubtGuard(GuardProperties properties) {
    return properties.policy() == null
        ? Guard.of(Policy.standard())
        : Guard.load(Path.of(properties.policy()));
  }

  /** Where a person is asked; listing and deciding is the application's own page. */
  @Bean
  @ConditionalOnMissingBean
  public Confirmations redoubtConfirmations(GuardProperties properties) {
    return properties.confirmSeconds() <= 0
        ? Confirmations.NOBODY
        : new Confirmations(
            properties.patience(), properties.confirmMost(), InstantSource.system(), pending -> {});
  }

  /** Before chat memory. */
  @Bean
  @ConditionalOnMissingBean
  public GuardAdvisor redoubtGuardAdvisor(Guard guard, Confirmations confirmations) {
    return new GuardAdvisor(guard, GuardAdvisor::callerParameter, confirmations);
  }

  /** Next to the model. */
  @Bean
  @ConditionalOnMissingBean
  public GuardModelAdvisor redoubtGuardModelAdvisor(Guard guard, Confirmations confirmations) {
    return new GuardModelAdvisor(guard, confirmations);
  }

  /** Filter for what is retrieved. */
  @Bean
  @ConditionalOnMissingBean
  public GuardedDocuments redoubtGuardedDocuments(Guard guard, GuardProperties properties) {
    return new GuardedDocuments(RetrievalGuard.of(guard).unlabelled(properties.unlabelled()));
  }

  /** Puts both advisors into every builder of chat clients. */
  @Bean
  @ConditionalOnMissingBean(name = "redoubtChatClientCustomizer")
  public ChatClientBuilderCustomizer redoubtChatClientCustomizer(
      GuardAdvisor outer, GuardModelAdvisor inner) {
    return builder -> builder.defaultAdvisors(outer, inner);
  }
}
