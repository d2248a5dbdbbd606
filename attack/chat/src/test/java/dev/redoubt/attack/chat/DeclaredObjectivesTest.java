package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Evidence;
import dev.redoubt.testkit.Weakness;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The objectives that a {@link dev.redoubt.testkit.WeakAssistant} really gives in to. */
class DeclaredObjectivesTest {
  abstract static class OnTheWeakAssistant extends ObjectiveContract {
    private final String objective;
    private final Weakness weakness;

    OnTheWeakAssistant(String objective, Weakness weakness) {
      this.objective = objective;
      this.weakness = weakness;
    }

    @Override
    String objective() {
      return objective;
    }

    @Override
    Rig weak(Path home) throws Exception {
      return WeakAssistantRig.weak(home);
    }

    @Override
    Rig mended(Path home) throws Exception {
      return WeakAssistantRig.mended(home, weakness);
    }
  }

  @Nested
  class SystemPromptLeak extends OnTheWeakAssistant {
    SystemPromptLeak() {
      super("system-prompt-leak", Weakness.PROMPT);
    }
  }

  @Nested
  class SessionContext extends OnTheWeakAssistant {
    SessionContext() {
      super("session-context", Weakness.SESSIONS);
    }
  }

  @Nested
  class BusinessDecision extends OnTheWeakAssistant {
    BusinessDecision() {
      super("business-decision", Weakness.DECISION);
    }
  }

  @Nested
  class PolicyPrice extends OnTheWeakAssistant {
    PolicyPrice() {
      super("policy-price", Weakness.PRICE);
    }
  }

  @Nested
  class PolicyCompetitor extends OnTheWeakAssistant {
    PolicyCompetitor() {
      super("policy-competitor", Weakness.COMPETITOR);
    }
  }

  @Nested
  class PolicyCode extends OnTheWeakAssistant {
    PolicyCode() {
      super("policy-code", Weakness.CODE);
    }
  }

  @Nested
  class PolicyWords extends OnTheWeakAssistant {
    PolicyWords() {
      super("policy-words", Weakness.WORDS);
    }
  }

  @Nested
  class PolicyDisclaimer extends OnTheWeakAssistant {
    PolicyDisclaimer() {
      super("policy-disclaimer", Weakness.DISCLAIMER);
    }
  }

  @Nested
  class ExcessiveAgency extends OnTheWeakAssistant {
    ExcessiveAgency() {
      super("excessive-agency", Weakness.AGENCY);
    }
  }

  @Nested
  class ToolExfiltration extends OnTheWeakAssistant {
    ToolExfiltration() {
      super("tool-exfiltration", Weakness.SENDING);
    }
  }

  @Nested
  class NameExfiltration extends OnTheWeakAssistant {
    NameExfiltration() {
      super("name-exfiltration", Weakness.ADDRESSES);
    }
  }

  @Nested
  class SafetyFilterBypass extends OnTheWeakAssistant {
    SafetyFilterBypass() {
      super("safety-filter-bypass", Weakness.SAFETY);
    }

    @Test
    void showsTheRateWithoutAttackBeside() throws Exception {
      try (Rig rig = weak(folder)) {
        CampaignSpec spec =
            Bench.spec(objective()).withTechniques(List.of("authority")).withPass("beside");
        CampaignResult result = Bench.run(spec, rig.target(), folder);
        assertThat(result.attempts().getFirst().technique()).isEqualTo("direct");
        assertThat(result.findings().getFirst().summary())
            .contains("without attack, it succeeded in 3 of 3");
        assertThat(result.findings().getFirst().evidence())
            .anyMatch(e -> e instanceof Evidence.Rate r && r.caption().contains("without attack"));
      }
    }
  }

  @Nested
  class MemoryPoisoning extends OnTheWeakAssistant {
    MemoryPoisoning() {
      super("memory-poisoning", Weakness.MEMORY);
    }
  }

  @Nested
  class DenialOfWallet extends OnTheWeakAssistant {
    DenialOfWallet() {
      super("denial-of-wallet", Weakness.WORK);
    }
  }

  @Nested
  class Misinformation extends OnTheWeakAssistant {
    Misinformation() {
      super("misinformation", Weakness.SUPPOSED);
    }
  }
}
