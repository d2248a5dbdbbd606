/**
 * What stops an attack at run time. A {@link dev.redoubt.guard.engine.Policy} is read from {@code
 * guard.yaml}; a {@link dev.redoubt.guard.engine.Guard} made of it looks at the texts of an {@link
 * dev.redoubt.guard.engine.Exchange} (what the user said, what was retrieved, what tools returned,
 * what the model answers and which tools it wants to call), lets each rule's {@link
 * dev.redoubt.guard.engine.Scanner} look, and gives one {@link dev.redoubt.guard.engine.Verdict}.
 * It does no input or output of its own apart from reading the policy and a key file, so that it
 * can be embedded anywhere.
 */
@NullMarked
package dev.redoubt.guard.engine;

import org.jspecify.annotations.NullMarked;
