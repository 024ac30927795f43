package dev.wadi.decode;

import java.util.Locale;

/** Why a record is no event. The codes stand in dead letters and are selected by, so they stay. */
public enum Reason {
  /** No bytes, or white space. */
  EMPTY,
  /** Not JSON by RFC 8259. */
  NOT_JSON,
  /** JSON, but not an object. */
  NOT_AN_OBJECT,
  /** Something follows the object. */
  TRAILING_CONTENT,
  /** Not UTF-8, or a text with half of a surrogate pair, which UTF-8 can't hold. */
  INVALID_UTF8,
  /** Nested deeper than the limit. */
  TOO_DEEP,
  /** An object has two members of one name, and readers differ on which counts. */
  DUPLICATE_MEMBER,
  /** An integer beyond signed 64 bits, or a decimal that is infinite as a double. */
  NUMBER_OUT_OF_RANGE,
  /** A text or a name longer than the limit. */
  STRING_TOO_LONG,
  /** More bytes or values than the limit. */
  TOO_LARGE,
  /** A required field isn't there, is null, or is blank where something must stand. */
  MISSING_FIELD,
  /** A field's value isn't of the kind that is declared for it. */
  WRONG_TYPE,
  /** The event's type isn't of a form that its shape knows, or can't name a partition. */
  BAD_TYPE,
  /** The event's time isn't written in the shape's format, or isn't in the years 1 to 9999. */
  BAD_TIME;

  /** As it stands in dead letters: {@code not_json}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
