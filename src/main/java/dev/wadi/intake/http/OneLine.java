package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/** Why something isn't JSON, for people, without what the parser adds about itself. */
final class OneLine {

  private static final int LONGEST = 200;

  private OneLine() {}

  static String tooDeep(String what) {
    return what + " is nested deeper than " + JsonCursor.MAX_DEPTH;
  }

  /**
   * @param what isn't JSON, or is nested too deeply
   */
  static String of(String what, IOException e) {
    if (e instanceof StreamConstraintsException) {
      // no other bound is set
      return tooDeep(what);
    }
    String text =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    String line = String.valueOf(text).replaceAll("\\s+", " ");
    return what
        + " is not JSON: "
        + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...");
  }
}
