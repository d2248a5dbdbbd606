/**
 * Acme Help Desk: a small but real retrieval-augmented assistant, the sample that the demo and the
 * labs attack. A question goes from the endpoint to the retriever (sentence embeddings over a
 * synthetic world that is drawn from a seed), from there with the passages and the caller's own
 * data to the model, and the tools that the model calls are carried out and written to a ledger. It
 * serves ordinary customers well and is weak in the ways that real deployments are: see {@link
 * dev.redoubt.samples.acme.AcmeHelpDesk}.
 */
@NullMarked
package dev.redoubt.samples.acme;

import org.jspecify.annotations.NullMarked;
