package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attempts of a plan that programs of the user's want to be made. */
final class ForeignCalls {
  private final CampaignSpec spec;
  private final Target target;
  private final CallWriter writer;

  ForeignCalls(CampaignSpec spec, Target target, CallWriter writer) {
    this.spec = spec;
    this.target = target;
    this.writer = writer;
  }

  /**
   * Those at one objective.
   *
   * @param from index of the first
   * @param plants whether the objective plants a text instead of speaking
   */
  List<PlannedCall> of(
      Objective objective, int from, boolean plants, List<Map<String, String>> cases) {
    var calls = new ArrayList<PlannedCall>();
    for (Aids.Probe probe : spec.aids().probes()) {
      if (probe.probe().objective().equals(objective.id())) {
        Technique technique = ProgramProbes.technique(probe);
        String first = probe.probe().turns().isEmpty() ? "" : probe.probe().turns().getFirst();
        for (int r = 0; r < spec.repetitions(); r++) {
          PlannedCall call = call(from + calls.size(), objective, technique, first, r, cases);
          calls.add(
              plants
                  ? call.leaveOut(
                      "the objective plants a text, and probes of programs speak in the chat")
                  : call);
        }
      }
    }
    for (Aids.Silence silence : spec.aids().silent()) {
      if (silence.objective().equals(objective.id())) {
        Technique technique = ProgramProbes.technique(silence);
        calls.add(
            call(from + calls.size(), objective, technique, "", 0, cases)
                .leaveOut(silence.reason()));
      }
    }
    return calls;
  }

  private PlannedCall call(
      int index,
      Objective objective,
      Technique technique,
      String text,
      int repetition,
      List<Map<String, String>> cases) {
    boolean asOther = objective.asker().equals("other");
    Optional<Identity> asker = asOther ? target.other() : target.attacker();
    List<Wording> wordings = objective.of(spec.wordings());
    String marker = wordings.isEmpty() ? null : wordings.getFirst().marker();
    var call =
        new PlannedCall(
            index,
            CallWriter.id(spec, objective, technique, repetition),
            objective,
            technique,
            0,
            repetition,
            CallWriter.seed(spec, objective, technique, repetition),
            asker.map(Identity::name).orElse(null),
            writer.filled(new Wording(text, null, marker, Map.of()), technique, repetition, cases),
            Dress.NONE,
            null);
    return asOther && asker.isEmpty() ? call.leaveOut(CallWriter.NOBODY_ASKS) : call;
  }
}
