/**
 * External programs as targets, probes, judges and assessors, so that an extension need not be
 * Java. A program is started once and spoken to in JSON, one message a line, on its standard input
 * and output ({@code docs/extensions.md}, {@code docs/schemas/extension.schema.json}).
 *
 * <p>A typed request goes into one of the four {@code …Program} classes, a typed answer or a {@link
 * dev.redoubt.runtime.program.ProgramException} comes out. The program is hostile until proved
 * otherwise: its lines, its messages, its time and its processes are bounded, and whatever it does
 * costs one request, not the run.
 */
@NullMarked
package dev.redoubt.runtime.program;

import org.jspecify.annotations.NullMarked;
