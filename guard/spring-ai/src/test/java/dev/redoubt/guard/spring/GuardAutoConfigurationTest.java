package dev.redoubt.guard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GuardAutoConfigurationTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GuardAutoConfiguration.class));

  @Test
  void readsThePolicyAndGuardsEveryClient(@TempDir Path folder) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("guard.yaml"),
            "guard: 1\nrules:\n  - {id: mail, scanner: personal-data, action: rewrite}\n");
    runner
        .withPropertyValues("redoubt.guard.policy=" + policy, "redoubt.guard.confirm-seconds=30")
        .run(context -> {
          assertThat(context.getBean(Guard.class).policy().rules()).hasSize(1);
          assertThat(context.getBean(Confirmations.class)).isNotSameAs(Confirmations.NOBODY);
          var builder = ChatClient.builder(new FakeModel().say("Write to eve@evil.example"));
          context
              .getBeansOfType(ChatClientBuilderCustomizer.class)
              .values()
              .forEach(c -> c.customize(builder));
          assertThat(builder.build().prompt().user("hi").call().content())
              .isEqualTo("Write to [e-mail address removed]");
        });
  }

  @Test
  void withoutAPolicyTheStandardOneHolds() {
    runner.run(context -> assertThat(context.getBean(Guard.class).policy().rules()).isNotEmpty());
  }

  @Test
  void aWrongPolicyKeepsTheApplicationFromStartingAndSaysWhy(@TempDir Path folder)
      throws IOException {
    Path policy = Files.writeString(folder.resolve("guard.yaml"), "guard: 1\nrulez: []\n");
    runner
        .withPropertyValues("redoubt.guard.policy=" + policy)
        .run(context -> {
          assertThat(context).hasFailed();
          assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("rulez");
        });
  }

  @Test
  void canBeTurnedOff() {
    runner
        .withPropertyValues("redoubt.guard.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(Guard.class));
  }
}
