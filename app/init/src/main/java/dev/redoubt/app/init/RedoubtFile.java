package dev.redoubt.app.init;

import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a draft in its place.
 *
 * @since 0.1.0
 */
public final class RedoubtFile {
  private RedoubtFile() {}

  /**
   * Refuses to replace a description, before anything is asked.
   *
   * @throws UsageException where one is there
   */
  public static void requireNew(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(
          file + " is there already: say --force to replace it, or move it away first");
    }
  }

  /**
   * Writes a draft that {@code redoubt.yaml}'s own reader takes without a problem.
   *
   * @throws dev.redoubt.core.TargetUnreachableException where it can't be written
   * @throws UsageException where an answer makes it unreadable, with what the reader says
   */
  public static void write(Path file, String draft) {
    RedoubtYaml.parse(draft, RedoubtYaml.FILE_NAME, new AnyVariable());
    AtomicFiles.write(file, draft);
  }

  /** An environment in which every variable is set: the draft may name some that are set later. */
  private static final class AnyVariable extends AbstractMap<String, String> {
    @Override
    public Set<Map.Entry<String, String>> entrySet() {
      return Set.of();
    }

    @Override
    public @Nullable String get(@Nullable Object key) {
      return "set-later";
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return true;
    }
  }
}
