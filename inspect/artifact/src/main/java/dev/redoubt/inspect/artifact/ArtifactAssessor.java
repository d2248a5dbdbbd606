package dev.redoubt.inspect.artifact;

import com.google.auto.service.AutoService;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.AssessmentContext;
import dev.redoubt.core.Assessor;
import dev.redoubt.core.Component;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.TargetUnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Inspects the files of every model that a system's description names. */
@AutoService(Assessor.class)
public final class ArtifactAssessor implements Assessor {
  /** Files that are named one by one among what was not tested; the rest is counted. */
  private static final int MOST_GAPS = 50;

  /** Made by {@link java.util.ServiceLoader}. */
  public ArtifactAssessor() {}

  @Override
  public String id() {
    return "inspect.artifact";
  }

  @Override
  public boolean supports(Component component) {
    return component instanceof Component.ModelArtifact;
  }

  @Override
  public Coverage assess(AiSystem system, Component component, AssessmentContext context) {
    if (!(component instanceof Component.ModelArtifact model)) {
      throw new IllegalArgumentException(component.name() + " is no model");
    }
    Path base = context.baseFolder();
    Path path = base.resolve(model.path());
    if (!Files.exists(path)) {
      throw new TargetUnreachableException(
          model.name() + ": " + model.path() + " is not there; see " + model.location());
    }
    var gaps = new ArrayList<Coverage.Gap>();
    var inspector =
        new ArtifactInspector(
            Limits.DEFAULT,
            Runtime.getRuntime().availableProcessors(),
            digest -> false,
            context::cancelled);
    long[] done = {0};
    try {
      Totals totals =
          inspector.inspect(
              List.of(path),
              file -> {
                String shown = shown(base, file.path());
                ArtifactFindings.of(file, model.name(), shown).forEach(context::finding);
                if (file.verdict() == Verdict.INCOMPLETE && gaps.size() < MOST_GAPS) {
                  gaps.add(new Coverage.Gap(model.name(), shown, reason(file)));
                }
                context.progress("files of " + model.name(), ++done[0], 0);
              });
      if (totals.incomplete() > gaps.size()) {
        gaps.add(
            new Coverage.Gap(
                model.name(),
                totals.incomplete() - gaps.size() + " more files",
                "incomplete; redoubt inspect artifact lists them"));
      }
      String detail =
          totals.files()
              + " files, "
              + totals.malicious()
              + " malicious, "
              + totals.unproven()
              + " unproven, "
              + totals.incomplete()
              + " incomplete";
      return new Coverage(List.of(new Coverage.Item(model.name(), id(), detail)), gaps);
    } catch (InterruptedException e) {
      gaps.add(new Coverage.Gap(model.name(), id(), "stopped by the user"));
      return new Coverage(List.of(), gaps);
    }
  }

  private static String shown(Path base, String path) {
    Path file = Path.of(path).toAbsolutePath().normalize();
    Path folder = base.toAbsolutePath().normalize();
    Path shown = file.startsWith(folder) ? folder.relativize(file) : file;
    return shown.toString().replace('\\', '/');
  }

  private static String reason(FileResult file) {
    for (Observation o : file.observations()) {
      if (o.verdict() == Verdict.INCOMPLETE) {
        return o.what();
      }
    }
    for (MemberResult member : file.members()) {
      for (Observation o : member.observations()) {
        if (o.verdict() == Verdict.INCOMPLETE) {
          return member.path() + " " + o.what();
        }
      }
    }
    return "incomplete";
  }
}
