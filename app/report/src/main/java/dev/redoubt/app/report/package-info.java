/**
 * Turns the result of a run into the files that people and tools read: {@code index.html}, {@code
 * assessment.json}, {@code findings.sarif} and {@code junit.xml}. A {@link
 * dev.redoubt.app.report.Report} goes in, each {@link dev.redoubt.app.report.Reporter} found by
 * {@link java.util.ServiceLoader} writes one file, and nothing else is read or written: the same
 * report gives the same bytes.
 */
@NullMarked
package dev.redoubt.app.report;

import org.jspecify.annotations.NullMarked;
