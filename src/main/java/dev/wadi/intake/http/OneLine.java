package dev.wadi.intake.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** Why something isn't JSON, for people, without what the parser adds about itself. */
final class OneLine {

  private static final int LONGEST = 200;

  private OneLine() {}

  static String of(IOException e) {
    String text =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    String line = String.valueOf(text).replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
