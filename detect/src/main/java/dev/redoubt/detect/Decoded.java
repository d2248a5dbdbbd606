package dev.redoubt.detect;

/**
 * A text that was found encoded in another.
 *
 * @param encoding how it was encoded, outermost first, joined by {@code +}: {@code base64}, {@code
 *     base64+rot13}
 * @param text the decoded text
 * @param start index of the first UTF-16 char of the encoded form in the original text
 * @param end index after its last UTF-16 char
 */
public record Decoded(String encoding, String text, int start, int end) {}
