package dev.redoubt.core;

import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.Component.Sees;
import dev.redoubt.core.GroundTruth.Ledger;
import dev.redoubt.core.GroundTruth.Statement;
import dev.redoubt.core.GroundTruth.Wallet;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the ground truth of an endpoint; {@link GroundTruthReader} reads it back. */
final class GroundTruthWriter {
  private final YamlOut out;

  GroundTruthWriter(YamlOut out) {
    this.out = out;
  }

  void write(GroundTruth truth) {
    out.line(4, "groundTruth:");
    if (!truth.facts().isEmpty()) {
      out.line(6, "facts:");
      for (PlantedFact fact : truth.facts()) {
        out.item(8, "name", fact.name());
        out.text(10, "value", fact.value());
        out.line(10, "kind: " + fact.kind().name().toLowerCase(Locale.ROOT));
        out.optional(10, "owner", fact.owner());
      }
    }
    out.optional(6, "factsFile", truth.factsFile());
    out.optional(6, "documentsFile", truth.documentsFile());
    ledger(truth.ledger());
    out.optional(6, "sinkUrl", truth.sinkUrl());
    out.optional(6, "systemPrompt", truth.systemPrompt());
    out.optional(6, "systemPromptFile", truth.systemPromptFile());
    plants(truth);
    if (!truth.statements().isEmpty()) {
      out.line(6, "statements:");
      truth.statements().forEach(this::statement);
    }
    if (!truth.policies().isEmpty()) {
      out.line(6, "policies:");
      truth.policies().forEach(this::policy);
    }
    wallet(truth.wallet());
    GroundTruth.Page page = truth.page();
    if (page != null) {
      out.line(6, "page:");
      if (page.url() == null) {
        out.line(8, "insert: " + page.insert().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      } else {
        out.text(8, "url", page.url());
      }
    }
    GroundTruth.Files files = truth.files();
    if (files != null) {
      out.line(6, "files:");
      out.text(8, "folder", files.folder());
      out.text(8, "outside", files.outside());
    }
    AgentTruthReader.write(out, truth.agent());
  }

  void sees(Sees sees) {
    if (!sees.equals(Sees.NOTHING)) {
      out.line(8, "sees:");
      out.texts(10, "owners", sees.owners());
      out.texts(10, "visibility", sees.visibility());
      out.texts(10, "documents", sees.documents());
      if (sees.tools() != null) {
        out.list(10, "tools", sees.tools());
      }
    }
  }

  private void ledger(@Nullable Ledger ledger) {
    if (ledger == null) {
      return;
    }
    if (ledger.equals(Ledger.jsonl(ledger.file()))) {
      out.text(6, "ledgerFile", ledger.file());
      return;
    }
    out.line(6, "ledger:");
    out.text(8, "file", ledger.file());
    out.line(8, "format: " + ledger.format().name().toLowerCase(Locale.ROOT));
    out.line(8, "clockSkewSeconds: " + number(ledger.clockSkewSeconds()));
    out.line(8, "settleSeconds: " + number(ledger.settleSeconds()));
  }

  private void plants(GroundTruth truth) {
    Plant ticket = truth.plant();
    if (ticket != null && ticket.parts().isEmpty() && truth.plants().size() == 1) {
      out.line(6, "plant:");
      plant(8, ticket);
    } else if (!truth.plants().isEmpty()) {
      out.line(6, "plants:");
      for (Plant plant : truth.plants()) {
        if (plant.served()) {
          out.line(8, plant.channel() + ": {}");
        } else {
          out.line(8, plant.channel() + ":");
          plant(10, plant);
        }
      }
    }
  }

  private void plant(int indent, Plant plant) {
    out.text(indent, "url", plant.url());
    out.optional(indent, "body", plant.body());
    if (!plant.parts().isEmpty()) {
      out.line(indent, "multipart:");
      for (Plant.Part part : plant.parts()) {
        out.item(indent + 2, "name", part.name());
        out.text(indent + 4, "value", part.value());
        out.optional(indent + 4, "file", part.file());
      }
    }
  }

  private void statement(Statement statement) {
    out.item(8, "name", statement.name());
    out.text(10, "question", statement.question());
    out.text(10, "value", statement.value());
    out.optional(10, "unit", statement.unit());
    out.texts(10, "accept", statement.accept());
    out.texts(10, "wrong", statement.wrong());
  }

  private void policy(Policy policy) {
    out.item(8, "name", policy.name());
    switch (policy) {
      case Policy.NeverBelow p -> {
        out.line(10, "kind: never-below");
        out.text(10, "product", p.product());
        out.line(10, "price: " + number(p.price()));
        out.text(10, "currency", p.currency());
      }
      case Policy.NeverSays p -> {
        out.line(10, "kind: never-says");
        out.texts(10, "words", p.words());
        out.texts(10, "patterns", p.patterns());
        out.optional(10, "about", p.about());
      }
      case Policy.NeverNames p -> {
        out.line(10, "kind: never-names");
        out.texts(10, "competitors", p.competitors());
        out.text(10, "about", p.about());
      }
      case Policy.NeverCode p -> out.line(10, "kind: never-code");
      case Policy.MustSay p -> {
        out.line(10, "kind: must-say");
        out.text(10, "ask", p.ask());
        out.texts(10, "words", p.words());
        out.texts(10, "patterns", p.patterns());
      }
      case Policy.Prohibited p -> {
        out.line(10, "kind: prohibited");
        out.text(10, "ask", p.ask());
        out.texts(10, "marks", p.marks());
      }
      case Policy.Decision p -> {
        out.line(10, "kind: decision");
        out.text(10, "ask", p.ask());
        out.optional(10, "path", p.path());
        out.optional(10, "pattern", p.pattern());
        out.texts(10, "forbidden", p.forbidden());
      }
    }
  }

  private void wallet(@Nullable Wallet wallet) {
    if (wallet == null) {
      return;
    }
    out.line(6, "wallet:");
    amount("maxCompletionTokens", wallet.maxCompletionTokens());
    amount("maxToolCalls", wallet.maxToolCalls());
    amount("maxSeconds", wallet.maxSeconds());
    amount("maxCostPerAnswer", wallet.maxCostPerAnswer());
  }

  private void amount(String key, @Nullable Number value) {
    if (value != null) {
      out.line(8, key + ": " + number(value.doubleValue()));
    }
  }

  /** Without an exponent, and whole numbers without a fraction. */
  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
