/**
 * The report formats, one class each, and what they share: counting attempts into rates, the words
 * of the summary, escaping of untrusted text, and the drawing of the pictures.
 */
@NullMarked
package dev.redoubt.app.report.internal;

import org.jspecify.annotations.NullMarked;
