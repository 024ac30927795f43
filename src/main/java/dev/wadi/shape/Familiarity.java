package dev.wadi.shape;

/** How much of an event the catalogue of its shape knows. */
public enum Familiarity {
  /** Checked in full; also where the shape has no catalogue. */
  KNOWN("known"),
  /** A version of the specification that the catalogue doesn't have. */
  UNKNOWN_SPEC_VERSION("spec_version"),
  /** A type that this version of the specification doesn't have. */
  UNKNOWN_TYPE("type"),
  /** An event of a vendor's own, whose content is free. */
  CUSTOM("custom");

  private final String label;

  Familiarity(String label) {
    this.label = label;
  }

  /** As it stands in metrics. */
  public String label() {
    return label;
  }
}
