/**
 * The command line: it wires the verbs together, prints for a person or a script, and turns what
 * happened into an exit code. All behaviour that is not about printing, asking or wiring lives in
 * the verbs' modules.
 */
@NullMarked
package dev.redoubt.app.cli;

import org.jspecify.annotations.NullMarked;
