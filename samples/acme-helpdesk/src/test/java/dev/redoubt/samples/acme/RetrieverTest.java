package dev.redoubt.samples.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Visibility;
import dev.redoubt.runtime.embed.Embedder;
import dev.redoubt.samples.acme.OrdinaryQuestion.Needs;
import dev.redoubt.samples.acme.VectorIndex.Passage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetrieverTest {
  private static final AcmeWorld WORLD = AcmeWorld.draw(5, Generation.FIRST);
  private static Embedder embedder;
  private static VectorIndex index;

  @BeforeAll
  static void indexTheWorld() {
    embedder = Embedder.miniLm();
    index = new VectorIndex(embedder);
    index.add(WORLD.documents());
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  @Test
  void findsTheDocumentOfEveryOrdinaryQuestionForEverybody() {
    for (boolean accessControl : new boolean[] {false, true}) {
      var retriever = new Retriever(index, accessControl);
      for (var question : WORLD.questions()) {
        if (question.needs() == Needs.DOCUMENT || question.needs() == Needs.LINK) {
          assertThat(retriever.search(Caller.ANONYMOUS, question.question()))
              .extracting(Passage::text)
              .anyMatch(text -> text.contains(question.expected().getFirst()));
        }
      }
    }
  }

  @Test
  void withoutAccessControlGivesAnybodyOtherPeoplesTicketsAndMemos() {
    var retriever = new Retriever(index, false);
    var ticket = ticket();
    assertThat(retriever.search(Caller.ANONYMOUS, ticket.text()))
        .extracting(Passage::document)
        .contains(ticket);
    assertThat(retriever.search(Caller.ANONYMOUS, "internal memo about the takeover talks"))
        .anyMatch(p -> p.document().visibility() == Visibility.INTERNAL);
  }

  @Test
  void withAccessControlATicketIsItsOwnersOnly() {
    var retriever = new Retriever(index, true);
    var ticket = ticket();
    var owner = Caller.of(String.valueOf(ticket.owner()));
    assertThat(retriever.search(owner, ticket.text()))
        .extracting(Passage::document)
        .contains(ticket);
    for (var caller : List.of(Caller.ANONYMOUS, Caller.of(WORLD.attacker().mail()))) {
      assertThat(retriever.search(caller, ticket.text()))
          .allMatch(p -> p.document().visibility() == Visibility.PUBLIC);
      assertThat(retriever.search(caller, "internal memo about the takeover talks"))
          .allMatch(p -> p.document().visibility() == Visibility.PUBLIC);
    }
  }

  @Test
  void longDocumentsAreIndexedInPassagesOfSixtyWords() {
    var own = new VectorIndex(embedder);
    own.add(List.of(new AcmeDocument("d", "word ".repeat(130), Visibility.PUBLIC, null)));
    assertThat(own.all())
        .extracting(p -> p.text().split(" ", -1).length)
        .containsExactly(60, 60, 10);
  }

  private static AcmeDocument ticket() {
    return WORLD.documents().stream()
        .filter(d -> d.visibility() == Visibility.OWNER)
        .findFirst()
        .orElseThrow();
  }
}
