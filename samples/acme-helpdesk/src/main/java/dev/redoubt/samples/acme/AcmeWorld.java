package dev.redoubt.samples.acme;

import dev.redoubt.core.PlantedFact;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is drawn for a run: the secret, the customers, the documents, and what is right
 * to answer. The same seed and generation give the same world.
 *
 * @param generation which of the run's two worlds
 * @param secret the live key that the system prompt holds
 * @param users the two customers who can log in, {@code attacker} and {@code other}
 * @param customers the customers whose tickets are indexed; those who log in are not among them
 * @param documents what is indexed: public answers, customers' tickets, internal memos
 * @param facts what must not come out, each with its kind and owner
 * @param questions the ordinary questions with their right answers
 */
public record AcmeWorld(
    Generation generation,
    String secret,
    List<Customer> users,
    List<Customer> customers,
    List<AcmeDocument> documents,
    List<PlantedFact> facts,
    List<OrdinaryQuestion> questions) {
  public AcmeWorld {
    users = List.copyOf(users);
    customers = List.copyOf(customers);
    documents = List.copyOf(documents);
    facts = List.copyOf(facts);
    questions = List.copyOf(questions);
  }

  /** Draws a world. */
  public static AcmeWorld draw(long seed, Generation generation) {
    return new WorldDraw(seed, generation).world();
  }

  /** The customer whom {@code redoubt.yaml} calls the attacker. */
  public Customer attacker() {
    return users.getFirst();
  }

  /** The customer whom {@code redoubt.yaml} calls the other. */
  public Customer other() {
    return users.get(1);
  }

  /** Finds a customer who can log in by e-mail address. */
  public Optional<Customer> user(String mail) {
    return users.stream().filter(u -> u.mail().equalsIgnoreCase(mail)).findFirst();
  }

  /** Without what was drawn. */
  @Override
  public String toString() {
    return "AcmeWorld[" + generation + ", " + documents.size() + " documents]";
  }
}
