/**
 * Red team for chat endpoints. An {@link dev.redoubt.attack.chat.Objective} says what the attacker
 * wants and which ground truth decides, a {@link dev.redoubt.attack.chat.Technique} how the request
 * is dressed; both are YAML files found on the class path. A {@link
 * dev.redoubt.attack.chat.CampaignSpec} and a {@link dev.redoubt.attack.chat.Target} give a {@link
 * dev.redoubt.attack.chat.Plan} of calls; {@link dev.redoubt.attack.chat.Campaign} makes them,
 * writes each exchange to the tape of its {@link dev.redoubt.attack.chat.RunFolder} before a {@link
 * dev.redoubt.attack.chat.Judge} looks at it, and turns the attempts into rates with intervals,
 * findings and coverage.
 */
@NullMarked
package dev.redoubt.attack.chat;

import org.jspecify.annotations.NullMarked;
