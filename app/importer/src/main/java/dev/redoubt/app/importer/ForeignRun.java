package dev.redoubt.app.importer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * What a file of another tool holds.
 *
 * @param file its name, without its folder
 * @param tool the tool, such as {@code garak}
 * @param version its version; empty when the file does not say
 * @param target what was attacked, in the tool's words
 * @param cases the cases, in order
 * @param problems what could not be read, one line each
 * @param sha256 digest of the file
 * @since 0.1.0
 */
public record ForeignRun(
    String file,
    String tool,
    String version,
    String target,
    List<ForeignCase> cases,
    List<String> problems,
    String sha256) {
  private static final int HEAD = 64 << 10;
  private static final int MOST_PROBLEMS = 20;

  public ForeignRun {
    cases = List.copyOf(cases);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a file; what it is shows its content.
   *
   * @throws ForeignFileException when no format fits, or it is hostile or damaged
   * @throws IOException when it can't be read
   */
  public static ForeignRun read(Path file, ForeignLimits limits) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream raw = Files.newInputStream(file);
        var in = new BufferedInputStream(new DigestInputStream(raw, digest), 2 * HEAD)) {
      in.mark(HEAD);
      String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
      in.reset();
      ForeignFormat format = format(file, head);
      var taken = new Taken(limits);
      try {
        format.read(new ForeignInput(in, limits), taken);
        in.transferTo(OutputStream.nullOutputStream());
      } catch (ForeignFileException e) {
        throw new ForeignFileException(file + " (" + format.id() + "): " + e.getMessage(), e);
      }
      if (taken.cases.isEmpty()) {
        throw new ForeignFileException(
            file + " (" + format.id() + "): holds no result" + first(taken.problems));
      }
      Path name = file.getFileName();
      return new ForeignRun(
          name == null ? file.toString() : name.toString(),
          taken.tool,
          taken.version,
          taken.target,
          taken.cases,
          taken.problems,
          HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static String first(List<String> problems) {
    return problems.isEmpty() ? "" : ": " + problems.getFirst();
  }

  private static ForeignFormat format(Path file, String head) {
    List<ForeignFormat> all =
        ServiceLoader.load(ForeignFormat.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(ForeignFormat::id, String.CASE_INSENSITIVE_ORDER))
            .toList();
    return all.stream()
        .filter(f -> f.recognises(head))
        .findFirst()
        .orElseThrow(() ->
            new ForeignFileException(
                file
                    + ": is none of "
                    + all.stream().map(ForeignFormat::id).collect(Collectors.joining(", "))
                    + "; see docs/import.md"));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static final class Taken implements ForeignCases {
    private final ForeignLimits limits;
    private final List<ForeignCase> cases = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private String tool = "";
    private String version = "";
    private String target = "";
    private long kept;

    Taken(ForeignLimits limits) {
      this.limits = limits;
    }

    @Override
    public void tool(String name, String number) {
      tool = Plain.line(name);
      version = Plain.line(number);
    }

    @Override
    public void target(String name) {
      target = Plain.line(name);
    }

    @Override
    public void add(ForeignCase one) {
      if (cases.size() >= limits.cases()) {
        throw new ForeignFileException("has more than " + limits.cases() + " cases; split the run");
      }
      long length = one.transcript().stream().mapToLong(t -> t.text().length()).sum();
      boolean fits = kept + length <= limits.keptCharacters();
      kept += fits ? length : 0;
      cases.add(
          fits
              ? one
              : new ForeignCase(
                  one.probe(),
                  one.opinions(),
                  one.outcome(),
                  one.reason(),
                  one.severity(),
                  List.of(),
                  one.line()));
    }

    @Override
    public void problem(String line) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(Plain.line(line));
      }
    }
  }
}
