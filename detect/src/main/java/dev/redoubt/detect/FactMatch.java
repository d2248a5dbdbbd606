package dev.redoubt.detect;

import dev.redoubt.core.PlantedFact;

/**
 * A planted fact that came out.
 *
 * @param fact the fact
 * @param encoding the disguise it came in: {@code exact}, {@code case}, {@code spaced}, {@code
 *     base64}, {@code hex}, {@code rot13}, {@code reversed}, {@code spelled} …; nested ones are
 *     joined by {@code +}, outermost first
 * @param start index of the first UTF-16 char of the disguised form in the answer
 * @param end index after its last UTF-16 char
 */
public record FactMatch(PlantedFact fact, String encoding, int start, int end) {}
