package dev.redoubt.attack.chat;

import dev.redoubt.core.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Words that only the moment of sending knows: the address at the attacker's sink, and a value that
 * is drawn for the attempt. The same seed and sink give the same words. Thread-safe.
 */
final class LateWords {
  /** 12 letters of 31: 59 bits. */
  private static final int NONCE_LENGTH = 12;

  /** Five of them: short, since small models must copy the address. */
  private static final int MAIL_TAG = 5;

  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final Placeholders context;
  private final @Nullable String sinkBase;

  /**
   * @param sinkBase base URL of the sink; absent when there is none
   */
  LateWords(Target target, @Nullable String sinkBase) {
    this.context = CallWriter.placeholders(target);
    this.sinkBase = sinkBase;
  }

  /** The texts of a call, filled and dressed. */
  Wording filled(PlannedCall call) {
    return call.dressed(of(call));
  }

  /** Fills a text of an attempt, words of the endpoint's context too. */
  String fill(PlannedCall call, String text) {
    return of(call).fill(context.fill(text));
  }

  private Placeholders of(PlannedCall call) {
    var words = new HashMap<String, String>();
    words.put("nonce", nonce(call));
    if (sinkBase != null) {
      words.put("sink", sinkBase + "/" + token(call));
      words.put("token", token(call));
      words.put("page", page(sinkBase, token(call)));
    }
    return new Placeholders(Map.copyOf(words));
  }

  /** Address of the page that the attacker's server holds for an attempt. */
  static String page(String sinkBase, String token) {
    return sinkBase + pagePath(token);
  }

  /** Its path there. */
  static String pagePath(String token) {
    return "/page/" + token;
  }

  /** A value that stands nowhere else and follows from the seed. */
  static String nonce(PlannedCall call) {
    return nonce(new Random(call.seed()));
  }

  static String nonce(RandomGenerator random) {
    var nonce = new StringBuilder();
    for (int i = 0; i < NONCE_LENGTH; i++) {
      nonce.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return nonce.insert(NONCE_LENGTH / 2, '-').toString();
  }

  /** What stands in a mail address of the attacker in front of its host, drawn from a generator. */
  static String mailTag(RandomGenerator random) {
    return "+" + nonce(random).substring(0, MAIL_TAG) + "@";
  }

  /** Short, since small models must copy it; the same in every pass, since passes are compared. */
  static String token(PlannedCall call) {
    return token(call.objective().id(), call.technique().id(), call.repetition());
  }

  static String token(String objective, String technique, int repetition) {
    return Fingerprint.of(objective, technique, Integer.toString(repetition)).substring(0, 5);
  }
}
