package dev.wadi.crash.run;

import java.util.Locale;

/** Who is put through the faults. */
enum Contender {
  WADI,
  CONTROL;

  /** As in the table. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Contender of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
