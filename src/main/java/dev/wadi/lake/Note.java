package dev.wadi.lake;

import java.util.List;
import java.util.Locale;

/** What is worth to be known of a lake, and breaks no promise. */
public enum Note {
  LINE_GAP("gaps in the lines of ordered sources: what a source has lost, or never handed over");

  private final String what;

  Note(String what) {
    this.what = what;
  }

  /** The code of the note, as it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What was counted, in words. */
  public String what() {
    return what;
  }

  /**
   * All notes of one kind.
   *
   * @param count how many there are, at least 1
   * @param examples the first of them, each in one line
   */
  public record Noted(Note note, long count, List<String> examples) {

    public Noted {
      examples = List.copyOf(examples);
    }
  }
}
