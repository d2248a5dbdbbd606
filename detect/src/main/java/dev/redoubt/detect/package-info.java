/**
 * Recognises things in text: disguised characters, encodings, planted facts, verbatim copies,
 * credentials, personal data and URLs. A text goes through {@link dev.redoubt.detect.Normaliser}
 * and {@link dev.redoubt.detect.Decoders}; what they yield is searched; offsets of everything found
 * point into the text as it was given. Every class is stateless or immutable, safe for many
 * threads, and takes time linear in the text, whatever the text holds (lone surrogates and millions
 * of invisible characters included).
 */
@NullMarked
package dev.redoubt.detect;

import org.jspecify.annotations.NullMarked;
