package dev.redoubt.bench;

import dev.redoubt.guard.engine.Role;

/** Texts of one kind that every tool is shown, and what should become of them. */
enum ShieldSet {
  TYPED_ATTACKS(
      "attacks typed by people",
      true,
      Role.USER,
      Origin.DEV,
      "hijacks, prompt extractions and jailbreaks in English and German, from three collections"),
  DOCUMENT_ATTACKS(
      "orders hidden in documents",
      true,
      Role.DOCUMENT,
      Origin.DEV,
      "other people's mails, manuals, records and rules with an order inside; most orders are"
          + " ours"),
  ENCODED_ATTACKS(
      "encoded attacks",
      true,
      Role.USER,
      Origin.DEV,
      "base64, hex, ROT13, Morse, look-alike letters and 12 more; composed by us"),
  FOREIGN_ATTACKS(
      "attacks in other languages",
      true,
      Role.USER,
      Origin.DEV,
      "more than 20 languages; most are composed by us, 98 are pentesters' in Albanian and Scottish"
          + " Gaelic"),
  PERSONAL_DATA(
      "answers that hold personal data",
      true,
      Role.ANSWER,
      Origin.TRAIN,
      "sentences of Presidio's own research set with a card, IBAN, e-mail address, telephone or"
          + " social security number"),
  SECRETS(
      "answers that hold a secret",
      true,
      Role.ANSWER,
      Origin.GENERATED,
      "26 forms of keys, tokens and passwords, drawn at random"),
  DATA_LINKS(
      "answers with a link or image that carries data out",
      true,
      Role.ANSWER,
      Origin.GENERATED,
      "Markdown, HTML and CSS; the data in the query, the path or the host name"),
  WEB_ATTACKS(
      "classic web attacks in a chat message",
      true,
      Role.USER,
      Origin.GENERATED,
      "SQL injection, scripts, paths, shell commands, templates: the firewall's home ground"),
  CHATS(
      "ordinary chats",
      false,
      Role.USER,
      Origin.DEV,
      "questions, small talk, requests to voice assistants, sentences; also Persian, Ukrainian,"
          + " Vietnamese, German"),
  TRIGGER_WORDS(
      "ordinary chats full of trigger words",
      false,
      Role.USER,
      Origin.DEV,
      "\"ignore\", \"system prompt\", \"jailbreak\" in harmless sentences, also in other languages;"
          + " composed by us"),
  ENCODED_CHATS(
      "ordinary texts in the same encodings", false, Role.USER, Origin.DEV, "composed by us"),
  CODE_QUESTIONS(
      "developers' questions with code in them",
      false,
      Role.USER,
      Origin.GENERATED,
      "SQL, HTML, shell, paths, templates, as one asks about them"),
  DOCUMENTS(
      "ordinary documents",
      false,
      Role.DOCUMENT,
      Origin.DEV,
      "the documents of the second row without the orders; rules for agents among them"),
  ANSWERS(
      "ordinary answers without links",
      false,
      Role.ANSWER,
      Origin.MIXED,
      "generated answers, code help included; other people's recipes, manuals, guides and code"),
  LINKED_ANSWERS(
      "ordinary answers with a link or image",
      false,
      Role.ANSWER,
      Origin.MIXED,
      "the same, with links to documentation, shops and pictures");

  /** Where the texts of a set come from. */
  enum Origin {
    DEV("dev"),
    TRAIN("train"),
    GENERATED("generated"),
    MIXED("dev, train, generated");

    private final String word;

    Origin(String word) {
      this.word = word;
    }

    /** As the page says it. */
    String word() {
      return word;
    }
  }

  private final String title;
  private final boolean attack;
  private final Role role;
  private final Origin origin;
  private final String content;

  ShieldSet(String title, boolean attack, Role role, Origin origin, String content) {
    this.title = title;
    this.attack = attack;
    this.role = role;
    this.origin = origin;
    this.content = content;
  }

  /** Its name on the page. */
  String title() {
    return title;
  }

  /** Whether its texts should be stopped; one of the others is a false alarm. */
  boolean attack() {
    return attack;
  }

  /** What its texts are. */
  Role role() {
    return role;
  }

  /** Where its texts come from. */
  Origin origin() {
    return origin;
  }

  /** What is in it, for people. */
  String content() {
    return content;
  }
}
