/** Tests of the command line: what a user types, what comes out, and the exit code. */
@org.jspecify.annotations.NullMarked
package dev.redoubt.app.cli;
