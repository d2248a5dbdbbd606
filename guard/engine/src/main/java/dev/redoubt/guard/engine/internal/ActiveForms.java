package dev.redoubt.guard.engine.internal;

import java.util.List;
import java.util.regex.Pattern;

/** Wordings that do something where an answer is rendered, run or put into a query. */
final class ActiveForms {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE;

  /**
   * A wording.
   *
   * @param which the option that it belongs to
   * @param why in plain words
   * @param everywhere whether it counts in code blocks too
   */
  record Form(String which, String why, Pattern pattern, boolean everywhere) {}

  static final List<String> WHICH = List.of("html", "sql", "shell", "template", "ssrf", "terminal");

  static final List<Form> ALL =
      List.of(
          form(
              "html",
              "an HTML element that runs or loads something",
              // "a <form> tag" is talk: a tag counts with an attribute, a script with its end as
              // well.
              "<script\\b[^>]{0,1000}(?:src\\s{0,4}=[^>]{0,500}>?|>(?:[^<]|<(?!/script)){1,4000}+</script)"
                  + "|<(?:iframe|object|embed|applet|frame|portal|base|link|form|meta)\\b[^>]{0,600}?"
                  + "\\b(?:src|data|code|href|action|formaction|http-equiv|srcdoc|background)\\s{0,4}=[^>]{0,600}>?"),
          form(
              "html",
              "an event handler in HTML",
              "<[a-z][a-z0-9-]{0,20}\\b[^>]{0,1000}?[\\s/\"']on[a-z]{3,24}\\s{0,4}=[^>]{0,500}"),
          form(
              "html",
              "a URL that runs a script",
              "(?:javascript|vbscript|livescript):(?=[^\\s])|data:(?:text/html|image/svg\\+xml|application/xhtml\\+xml)[;,]"),
          form(
              "html",
              "a document inside an attribute",
              "\\bsrcdoc\\s{0,4}=\\s{0,4}[\"']?[^>]{0,500}"),
          form(
              "html",
              "style that loads or runs something",
              "style\\s{0,4}=\\s{0,4}[\"'][^\"']{0,500}(?:expression\\s{0,4}\\(|behavior\\s{0,4}:|-moz-binding)"),
          form(
              "sql",
              "SQL that ends the statement around it",
              "['\"]\\s{0,4}(?:\\)\\s{0,4}){0,3}(?:or|and|\\|\\|)\\s{1,4}(?:'[^']{0,20}'\\s{0,3}=\\s{0,3}'[^']{0,20}"
                  + "|\"[^\"]{0,20}\"\\s{0,3}=\\s{0,3}\"[^\"]{0,20}|[0-9]{1,6}\\s{0,3}=\\s{0,3}[0-9]{1,6}|true\\b)"),
          form(
              "sql",
              "a second SQL statement",
              "['\")0-9]\\s{0,4};\\s{0,4}(?:drop|delete|update|insert|alter|truncate|exec|execute|shutdown|grant)\\s"),
          form(
              "sql",
              "SQL that joins a foreign table",
              "['\")0-9]\\s{1,4}union\\s{1,4}(?:all\\s{1,4})?select\\b"),
          form(
              "sql",
              "SQL that waits or leaves the database",
              "\\bwaitfor\\s{1,4}delay\\s{0,4}'|\\bxp_cmdshell\\b|\\bpg_sleep\\s{0,2}\\([0-9]|\\bbenchmark\\s{0,2}\\([0-9]{4,}"
                  + "|\\binto\\s{1,4}(?:out|dump)file\\b|\\bload_file\\s{0,2}\\("),
          form(
              "shell",
              "a shell command after another",
              "(?:[;|&]|\\$\\(|&&|\\|\\|)\\s{0,4}(?:rm\\s{1,4}-[a-z]{1,5}|curl|wget|nc|ncat|bash|sh|zsh|powershell|pwsh|chmod"
                  + "|mkfifo|cat\\s{1,4}/etc/|base64\\s{1,4}-d|certutil|bitsadmin|whoami\\b|dd\\s{1,4}if=)(?![a-z])"),
          form(
              "shell",
              "a shell that connects to a host",
              "/dev/(?:tcp|udp)/[a-z0-9.]{1,60}/[0-9]{1,5}|\\bnc(?:at)?\\s{1,4}(?:-[a-z]{1,5}\\s{1,4}){0,3}-e\\s"
                  + "|\\bpowershell(?:\\.exe)?\\s{1,4}[^\\n]{0,80}-e(?:nc|ncodedcommand)?\\s{1,4}[a-z0-9+/=]{20}"),
          form(
              "template",
              "an expression that a template engine would run",
              "\\$\\{\\s{0,4}(?:jndi:|(?:[a-z]{1,8}:){1,3}-?j|T\\s{0,2}\\(|[^}\\s]{0,60}(?:Runtime|ProcessBuilder|getClass))"
                  + "|\\{\\{[^}\\n]{0,200}(?:__class__|__mro__|__globals__|__subclasses__|__import__|cycler\\.|lipsum|constructor"
                  + "|config\\.items|request\\.application)|\\{\\{\\s{0,4}[0-9]{1,5}\\s{0,3}\\*\\s{0,3}'?[0-9]{1,5}'?\\s{0,4}\\}\\}"
                  + "|<%=?[^%\\n]{0,200}(?:system|exec|eval|`|File\\.|Runtime)|#\\{[^}\\n]{0,100}(?:system|exec|eval|`|T\\()"
                  + "|\\{php\\}|\\{%\\s{0,4}(?:import|include|debug)\\b[^%\\n]{0,100}%\\}|\\*\\{[^}\\n]{0,60}T\\("),
          new Form(
              "terminal",
              "a control sequence for a terminal",
              Pattern.compile(
                  "\\x1B(?:\\[[0-?]{0,64}[ -/]{0,8}[@-~]|[\\]PX^_][^\\x07\\x1B]{0,2000}(?:\\x07|\\x1B\\\\)?|[ -~])"
                      + "|[\\x9B\\x9D\\x90]|\\x08{2,64}"),
              true));

  private ActiveForms() {}

  private static Form form(String which, String why, String regex) {
    return new Form(which, why, Pattern.compile(regex, FLAGS), false);
  }
}
