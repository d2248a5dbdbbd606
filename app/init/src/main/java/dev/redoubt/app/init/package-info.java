/**
 * The first hour with Redoubt: looks around a repository, drafts its {@code redoubt.yaml}, draws
 * canaries, and writes reference architectures. A repository is read, never run: files go through
 * the patterns of {@code signs.yaml} into a {@link dev.redoubt.app.init.Survey}, and a survey with
 * the owner's answers becomes a description.
 */
@NullMarked
package dev.redoubt.app.init;

import org.jspecify.annotations.NullMarked;
