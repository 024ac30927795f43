package dev.wadi.decode;

/** What comes from an event, made fit for a message of one line. */
final class Shown {

  private static final int MAX = 200;

  private Shown() {}

  /** At most {@value #MAX} characters, none of which is a control character. */
  static String text(CharSequence text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MAX); i++) {
      char c = text.charAt(i);
      boolean plain = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
      shown.append(plain && !Character.isSurrogate(c) ? c : '?');
    }
    return text.length() > MAX ? shown.append("...").toString() : shown.toString();
  }
}
