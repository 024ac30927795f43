package dev.wadi.crash.check;

import java.util.ArrayList;
import java.util.List;

/** Counts what is found, and keeps a line of each. */
final class Findings {

  private final List<String> lines = new ArrayList<>();
  private int lost;
  private int twice;
  private int misfiled;

  void lost(String what) {
    lost++;
    lines.add("lost: " + what);
  }

  void twice(String what, int more) {
    twice += more;
    lines.add("twice: " + what);
  }

  void misfiled(String what) {
    misfiled++;
    lines.add("misfiled: " + what);
  }

  void misfiledUnless(boolean right, String what) {
    if (!right) {
      misfiled(what);
    }
  }

  Verdict verdict(int events, int plainTwice) {
    return new Verdict(events, lost, twice, misfiled, plainTwice, lines);
  }
}
