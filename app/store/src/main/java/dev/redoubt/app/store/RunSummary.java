package dev.redoubt.app.store;

import java.time.Duration;
import java.time.Instant;

/**
 * One line about a run.
 *
 * @param id id of the run
 * @param kind what made it
 * @param systemName name of the system
 * @param toolVersion version of Redoubt
 * @param seed seed of the run
 * @param started when it began, to the millisecond
 * @param duration how long it took, to the millisecond
 * @param findings number of findings
 * @param attempts number of attempts
 * @since 0.1.0
 */
public record RunSummary(
    String id,
    String kind,
    String systemName,
    String toolVersion,
    long seed,
    Instant started,
    Duration duration,
    int findings,
    int attempts) {}
