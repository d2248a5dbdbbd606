/**
 * Reads the results of other red-team tools. A file goes through the {@link
 * dev.redoubt.app.importer.ForeignFormat} that recognises it, case by case and in bounded memory,
 * and becomes findings and attempts. What such a tool reports without ground truth stays
 * unassessed: its hits are shown as its own and no rate is claimed for them.
 */
@NullMarked
package dev.redoubt.app.importer;

import org.jspecify.annotations.NullMarked;
