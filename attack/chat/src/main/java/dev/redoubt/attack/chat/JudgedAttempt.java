package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt with its verdict and what the rest of the pass needs of its exchanges, so that a
 * resumed pass need not read them again.
 *
 * @param attempt the attempt
 * @param sameness what two attempts share that asked the same and got the same; absent without a
 *     reply
 * @param seen what each exchange brought to light, in order; null when an older tape did not keep
 *     it
 * @param usage what it took
 */
record JudgedAttempt(
    Attempt attempt,
    @Nullable String sameness,
    @Nullable List<ExtractionMeter.Seen> seen,
    AttemptUsage usage) {}
