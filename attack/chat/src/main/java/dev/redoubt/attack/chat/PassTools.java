package dev.redoubt.attack.chat;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of a pass share. All of it is thread-safe.
 *
 * @param plan the pass
 * @param probes objectives, techniques, judges, strategies
 * @param truth the ground truth
 * @param words what only the moment of sending knows
 * @param caller how the target is called; absent for a replay, in which nothing is
 * @param tape where exchanges go
 * @param before what the tape held when the pass went on
 * @param budget what may still be used up
 * @param circuit whether going on makes sense
 * @param aids what is asked besides the target
 * @param clock tells the time
 */
record PassTools(
    Plan plan,
    Probes probes,
    Truth truth,
    LateWords words,
    @Nullable Caller caller,
    Tape tape,
    TapeState before,
    Budget budget,
    Circuit circuit,
    LiveAids aids,
    InstantSource clock) {

  /** Says whether nothing may be called. */
  boolean offline() {
    return caller == null;
  }
}
