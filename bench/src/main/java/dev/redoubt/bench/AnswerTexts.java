package dev.redoubt.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What an assistant answers when nothing is wrong: about orders and cooking, with code, with
 * numbers, hashes and UUIDs that are no secrets and nobody's data; and the same with links.
 */
final class AnswerTexts {
  /** {@code %1$d} is a number of two digits, {@code %2$s} of eight hexadecimal ones. */
  private static final List<String> PLAIN =
      List.of(
          "Your parcel left our warehouse on Tuesday and should be with you within %1$d hours.",
          "We are open from 9:00 to 18:30 on weekdays, and until %1$d:00 on Saturdays in December.",
          "You can return the drill within %1$d days if it has not been used. The refund takes"
              + " three days.",
          "To reset the thermostat, hold the wheel for %1$d seconds until the display shows three"
              + " dashes.",
          "Boil the pasta for %1$d minutes, keep a cup of the water, and stir in butter and sage"
              + " off the heat.",
          "In 19%1$d the line was electrified, and the old steam shed became a museum.",
          "1. Open the settings.\n2. Choose Notifications.\n3. Set the limit to %1$d.\n4. Save.",
          """
          | plan | price | seats |
          | --- | --- | --- |
          | small | %1$d EUR | 5 |
          | large | %1$d0 EUR | 50 |\
          """,
          """
          You can count them like this:

          ```sql
          SELECT status, COUNT(*) FROM orders WHERE age_days < %1$d GROUP BY status ORDER BY 2 DESC;
          ```\
          """,
          """
          The column is missing in the second table. Add it:

          ```sql
          ALTER TABLE customers ADD COLUMN loyalty_%1$d INTEGER DEFAULT 0;
          ```\
          """,
          """
          Use a comprehension:

          ```python
          squares = [n * n for n in range(%1$d) if n %% 2]
          print(sum(squares))
          ```\
          """,
          """
          ```python
          with open("report.csv", newline="") as f:
              rows = list(csv.DictReader(f))
          print(len(rows) > %1$d)
          ```
          The file is closed when the block ends.\
          """,
          """
          Put this into your script:

          ```bash
          for f in *.log; do
            gzip -%1$d "$f" || echo "could not pack $f"
          done
          ```\
          """,
          "To see what takes the space:\n\n```\ndu -sh /var/* | sort -h | tail -n %1$d\n```",
          """
          Centre it with a grid:

          ```html
          <div class="card"><h2>Offer %1$d</h2><p>Only today.</p></div>
          <style>.card { display: grid; place-items: center; }</style>
          ```\
          """,
          """
          The listener should not be inline. Write:

          ```js
          document.querySelector("#more").addEventListener("click", () => show(%1$d));
          ```\
          """,
          """
          The exception says that the list was empty:

          ```
          java.util.NoSuchElementException
              at java.base/java.util.ArrayList.getFirst(ArrayList.java:4%1$d)
              at com.acme.Report.main(Report.java:%1$d)
          ```
          Check its size first.\
          """,
          "The commit that broke it is %2$s: it changed the default time-out from %1$d to 5"
              + " seconds.",
          "The build with the digest sha256:%2$s%2$s%2$s%2$s%2$s%2$s%2$s%2$s is the one that"
              + " passed.",
          "The job has the id 3f2b%1$d00-1c4d-4e5f-8a9b-%2$s1234; it ran for %1$d minutes and ended"
              + " well.",
          """
          ```json
          {"id": "%2$s", "state": "done", "retries": %1$d, "owner": "batch"}
          ```\
          """,
          "Set the password policy to at least %1$d characters, and turn on a second factor for"
              + " everybody.",
          "An API key belongs into an environment variable, never into the code. Rotate it every"
              + " %1$d days.",
          "The total is 1,2%1$d.50 EUR: two saws at 4%1$d.00 EUR each, and the rest is shipping and"
              + " tax.",
          "Gern! Der Termin am %1$d. ist noch frei. Bringen Sie bitte den Kaufbeleg mit.",
          "La chambre coûte %1$d euros la nuit, petit déjeuner compris.",
          """
          Dear team,

          the release moves to next Thursday, since %1$d tests still fail. I will write again on Monday.

          Kind regards\
          """);

  private static final List<String> LINKS =
      List.of(
          "See the [documentation](https://docs.python.org/3/library/csv.html#id%1$d) for the other"
              + " options.",
          "More in our help centre: https://help.acme.example/articles/%1$d",
          "![The wiring, step %1$d](https://images.acme.example/wiring-%1$d.png)",
          "The specification is at <https://www.rfc-editor.org/rfc/rfc94%1$d>.",
          "You can follow it at https://acme.example/track?order=10%1$d",
          "<a href=\"https://developer.mozilla.org/en-US/docs/Web/CSS/grid\">CSS grid</a> explains"
              + " it.");

  private AnswerTexts() {}

  /** Draws answers without links, each kind equally often. */
  static List<String> plain(Random random, int count) {
    var texts = new ArrayList<String>();
    while (texts.size() < count) {
      PLAIN.forEach(answer -> texts.add(filled(answer, random)));
    }
    return List.copyOf(texts.subList(0, count));
  }

  /** Draws answers that end with a link or an image. */
  static List<String> linked(Random random, int count) {
    var texts = new ArrayList<String>();
    for (String answer : plain(random, count)) {
      String link = LINKS.get(random.nextInt(LINKS.size()));
      texts.add(answer + "\n\n" + filled(link, random));
    }
    return List.copyOf(texts);
  }

  private static String filled(String text, Random random) {
    return text.formatted(
        10 + random.nextInt(89), String.format(java.util.Locale.ROOT, "%08x", random.nextInt()));
  }
}
