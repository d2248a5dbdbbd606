package dev.redoubt.core;

/** How sure a finding is: {@code CERTAIN} only where planted facts, a ledger or a parse decided. */
public enum Confidence {
  TENTATIVE,
  FIRM,
  CERTAIN
}
