package dev.redoubt.app.report.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Reporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * {@code index.html}: one self-contained page for people. It asks for nothing from outside and runs
 * no script; its content security policy forbids both, in case a transcript ever found a hole in
 * the escaping.
 */
@AutoService(Reporter.class)
public final class HtmlReporter implements Reporter {
  @Override
  public String id() {
    return "html";
  }

  @Override
  public String fileName() {
    return "index.html";
  }

  @Override
  public void write(Report report, OutputStream out) throws IOException {
    String css = css();
    Html html = new Html();
    html.open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy(css));
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "referrer", "content", "no-referrer");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.label("title", report.assessment().system().name() + ": Redoubt report");
    html.style(css);
    html.closeLine();
    html.open("body");
    body(html, report);
    html.closeLine().closeLine();
    out.write(html.page().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void body(Html html, Report report) {
    HeadSection.write(html, report);
    html.open("main");
    SummarySection.write(html, report);
    PictureSection.write(html, report);
    Demo demo = report.demo();
    if (demo != null) {
      OrdinarySection.write(html, demo);
      CurveSection.write(html, demo);
    }
    TwinSection.write(html, report.twins());
    FindingSection.write(html, report);
    if (demo != null && demo.guard() != null) {
      GuardSection.write(html, demo.guard(), report.assessment().findings());
    }
    CoverageSection.write(html, report);
    RepeatSection.write(html, report);
    html.closeLine();
  }

  private static String css() throws IOException {
    try (InputStream in = HtmlReporter.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String policy(String css) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; img-src data:; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(hash)
          + "'; base-uri 'none'; form-action 'none'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
