package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds values that the words around them call a credential. */
final class CredentialPhrases {
  /** How much is believed of the text. */
  enum Trust {
    /** Anybody's text: outright statements, or values that look the part beside a word for one. */
    ANY_TEXT,
    /** The text of the system's owner, who says what is to be kept. */
    OWN_PROMPT
  }

  private static final Pattern DIGESTS =
      Pattern.compile("(?i)h1$|sha[0-9-]|md5|integrity|digest|checksum|etag|hash|fingerprint");
  private static final int SHORTEST_PIN = 6;
  private static final int SHORTEST_PASSWORD = 6;

  private final String text;
  private final Trust trust;
  private final List<Token> tokens;
  private final CredentialContext context;
  private final boolean[] skipped;
  private final SourceLines lines;

  private CredentialPhrases(String text, Trust trust) {
    this.text = text;
    this.trust = trust;
    this.tokens = Tokens.of(text);
    this.context = new CredentialContext(tokens);
    this.skipped = new boolean[tokens.size()];
    this.lines = SourceLines.of(trust == Trust.ANY_TEXT ? text : "");
    skipUrls();
  }

  static List<Span> find(String text, Trust trust) {
    return new CredentialPhrases(text, trust).run();
  }

  private void skipUrls() {
    int t = 0;
    for (UrlSpan url : UrlScanner.scan(text)) {
      while (t < tokens.size() && tokens.get(t).end() <= url.start()) {
        t++;
      }
      int question = text.indexOf('?', url.start(), url.end());
      while (t < tokens.size() && tokens.get(t).start() < url.end()) {
        // What a URL carries in its query may be a credential all the same.
        boolean query = tokens.get(t).start() > question && question >= 0;
        skipped[t] = !query || trust == Trust.OWN_PROMPT;
        t++;
      }
    }
  }

  private List<Span> run() {
    List<Span> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Span span = skipped[i] ? null : judge(i);
      if (span != null) {
        found.add(span);
      }
    }
    for (Span phrase : QuotedPhrases.find(text, tokens, context)) {
      if (trust == Trust.OWN_PROMPT || !lines.at(phrase.start())) {
        found.add(phrase);
      }
    }
    return Spans.resolve(found);
  }

  private @Nullable Span judge(int index) {
    Token token = tokens.get(index);
    ValueShape shape = ValueShape.of(token.text());
    int direct = context.direct(index);
    boolean holds =
        switch (shape) {
          case NONE -> direct >= 0 && isShortSecret(index, direct);
          case WEAK ->
              direct >= 0
                  ? isStated(index, direct)
                  : isHiddenOutright(index) && CharCounts.of(token.text()).digits() > 0;
          case DIGITS -> direct >= 0 || isNear(index, 5) || isHiddenOutright(index);
          case MEDIUM -> direct >= 0 || isOddNear(index) || isHidden(index);
          case STRONG -> direct >= 0 || isNear(index, 16) || isHidden(index) || standsOut(index);
        };
    if (!holds) {
      return null;
    }
    if (trust == Trust.ANY_TEXT && !SourceValue.mayBe(text, token, lines.at(token.start()))) {
      return null;
    }
    int word = direct >= 0 ? direct : context.near(index);
    String type = word >= 0 ? context.type(word) : "high-entropy";
    return Span.of(type, text, token.start(), token.end());
  }

  /** Short values count where the text says "PIN: 482139" or "password: x7!kk". */
  private boolean isShortSecret(int index, int word) {
    String value = tokens.get(index).text();
    String type = context.type(word);
    boolean digits = value.chars().allMatch(Ascii::isDigit);
    if (trust == Trust.OWN_PROMPT) {
      return false;
    }
    if (digits) {
      return (type.equals("pin") || type.equals("password")) && value.length() >= SHORTEST_PIN;
    }
    CharCounts counts = CharCounts.of(value);
    return type.equals("password")
        && value.length() >= SHORTEST_PASSWORD
        && value.length() < ValueShape.SHORTEST
        && counts.letters() > 0
        && counts.digits() + counts.symbols() > 0;
  }

  /** An ordinary word needs an outright statement, and to be all that is stated. */
  private boolean isStated(int index, int word) {
    Token token = tokens.get(index);
    String value = token.text();
    if (CredentialWords.isNoValue(value) || CredentialWords.isNameOfOne(value)) {
      return false;
    }
    boolean narrow = CredentialWords.isPlain(tokens.get(word).text()) || isTyped(word);
    boolean quoted = token.quoted(text);
    CharCounts counts = CharCounts.of(value);
    boolean wordlike = counts.upper() + counts.digits() + counts.symbols() == 0;
    if (trust == Trust.ANY_TEXT && !narrow) {
      return quoted && !wordlike;
    }
    if (word > index) {
      // "Politeness is the key" against "Thunderbird is the access code".
      return narrow || counts.digits() > 1;
    }
    boolean distinct = !wordlike || counts.separators() >= 2;
    boolean whole = token.endsClause(text) || (distinct && isFollowedByLittleWord(index));
    return quoted || (whole && (distinct || narrow));
  }

  private boolean isFollowedByLittleWord(int index) {
    return index + 1 == tokens.size()
        || LITTLE_WORDS.contains(tokens.get(index + 1).text().toLowerCase(Locale.ROOT));
  }

  private static final Set<String> LITTLE_WORDS =
      Set.of(
          "and", "or", "but", "for", "to", "in", "on", "at", "by", "with", "when", "if", "which",
          "that", "as", "it", "from", "until", "only", "never", "do", "please", "unless", "use",
          "und", "oder", "aber", "für", "zum", "im", "bei", "wenn", "niemals", "et", "ou", "pour",
          "mais", "y", "pero", "para", "e", "ma", "per");

  /** "API key", "access code", "admin token": a broad word made narrow by the word before it. */
  private boolean isTyped(int word) {
    if (word == 0) {
      return false;
    }
    String before = tokens.get(word - 1).text().toLowerCase(Locale.ROOT);
    return NARROWING.contains(before);
  }

  private static final Set<String> NARROWING =
      Set.of(
          "api",
          "access",
          "admin",
          "master",
          "secret",
          "security",
          "private",
          "override",
          "unlock",
          "vault",
          "recovery",
          "auth",
          "authorization",
          "authorisation",
          "authentication",
          "login",
          "service",
          "root",
          "staff",
          "internal",
          "maintenance",
          "activation",
          "license",
          "licence",
          "door",
          "alarm",
          "safe",
          "wifi",
          "encryption",
          "signing",
          "session",
          "refresh",
          "bearer",
          "bypass",
          "backup",
          "emergency",
          "manager",
          "approval");

  private boolean isNear(int index, int most) {
    int near = context.near(index);
    if (near < 0 || Math.abs(near - index) > most) {
      return false;
    }
    return trust == Trust.OWN_PROMPT || near < index;
  }

  /** In anybody's text "code generated by avx512test" is no secret: names have few changes. */
  private boolean isOddNear(int index) {
    CharCounts counts = CharCounts.of(tokens.get(index).text());
    boolean odd =
        counts.symbols() > 0 || counts.upper() * counts.lower() > 0 || counts.changes() >= 3;
    return isNear(index, 16) && (odd || trust == Trust.OWN_PROMPT);
  }

  private boolean isHidden(int index) {
    return trust == Trust.OWN_PROMPT && context.hidden(index);
  }

  /** "Do not reveal this value: 8276859557": an identifier needs to be what is spoken of. */
  private boolean isHiddenOutright(int index) {
    return trust == Trust.OWN_PROMPT
        && tokens.get(index).gap().indexOf(':') >= 0
        && context.hiddenBefore(index);
  }

  /** A line of base64 among others of its length: a certificate, a picture, a signature. */
  private boolean isLineOfBlock(int index) {
    return isAloneBeside(index, index - 1) || isAloneBeside(index, index + 1);
  }

  private boolean isAloneBeside(int index, int other) {
    if (other < 0 || other >= tokens.size()) {
      return false;
    }
    Token later = tokens.get(Math.max(index, other));
    int shorter = Math.min(tokens.get(index).text().length(), tokens.get(other).text().length());
    return shorter >= 20 && later.gap().indexOf('\n') >= 0;
  }

  private boolean isPartOfMore(Token token) {
    char before = token.start() == 0 ? ' ' : text.charAt(token.start() - 1);
    char after = token.end() >= text.length() ? ' ' : text.charAt(token.end());
    return "[]+/=\\".indexOf(before) >= 0 || "[]+/=\\".indexOf(after) >= 0;
  }

  /** Digests that are named so, as in lists of checked downloads, and base64 are no such thing. */
  private boolean standsOut(int index) {
    Token token = tokens.get(index);
    String value = token.text();
    String before = index == 0 ? "" : tokens.get(index - 1).text();
    if (DIGESTS.matcher(before).lookingAt()
        || isPartOfMore(token)
        || isLineOfBlock(index)
        || value.chars().anyMatch(c -> "/+=\\".indexOf(c) >= 0)) {
      return false;
    }
    CharCounts counts = CharCounts.of(value);
    return counts.upper() >= 2
        && counts.lower() >= 2
        && counts.digits() >= 2
        && counts.separators() <= 2
        && value.length() >= 20
        && counts.changes() * 3 >= value.length();
  }
}
