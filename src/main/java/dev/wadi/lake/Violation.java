package dev.wadi.lake;

import java.util.Locale;

/** The ways in which a lake can break the promise, or be damaged. */
public enum Violation {
  MANIFEST_UNREADABLE("commits whose manifest can't be read"),
  FILE_MISSING("files that a manifest names and that are gone"),
  FILE_CHANGED("files that are not as they were written"),
  FILE_UNREADABLE("files whose rows can't be read"),
  FILE_NAMED_TWICE("files that are named twice"),
  FILE_UNREFERENCED("files that no committed manifest names"),
  REPLACED_WRONGLY("files that a compaction replaced though they were not there to be replaced"),
  ROWS_DIFFER("files with other than the manifest's number of rows"),
  ROWS_OF_ANOTHER_COMMIT("files with rows of another commit than the file's"),
  ROWS_MALFORMED("files with rows without a proper key or hash"),
  NOT_CONSERVED("accounts that received more or less than they account for"),
  COUNT_DIFFERS("accounts that say something else than the rows"),
  DELIVERED_TWICE("deliveries that were accounted for twice"),
  PART_TWICE("parts of lines that were accounted for twice"),
  LANDED_TWICE("events that landed more than once"),
  DUPLICATE_UNFOUNDED("duplicates of which no original has landed"),
  CONFLICT_UNFOUNDED("conflicts with nothing that has landed"),
  DEAD_LETTER_TWICE("dead letters that were archived more than once"),
  DEAD_LETTER_BYTES_MISSING("dead letters whose original bytes are gone");

  private final String what;

  Violation(String what) {
    this.what = what;
  }

  /** The code of the violation, as it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What was counted, in words. */
  public String what() {
    return what;
  }
}
