package dev.wadi.crash.check;

import java.util.List;

/**
 * What a check has found.
 *
 * @param events how many keys were sent
 * @param lost keys that were sent, and are not in the lake
 * @param twice rows of keys that are there already
 * @param misfiled all else that breaks the promise: a copy, conflict or poison that isn't where it
 *     belongs, an object that nobody names or that is damaged, an account that doesn't add up
 * @param plainTwice rows of keys that are there already, for a reader of all files that knows of no
 *     manifests
 * @param findings what was found, a line each
 */
public record Verdict(
    int events, int lost, int twice, int misfiled, int plainTwice, List<String> findings) {

  public Verdict {
    findings = List.copyOf(findings);
  }

  /** Whether nothing breaks the promise. */
  public boolean ok() {
    return lost + twice + misfiled == 0;
  }
}
