package dev.wadi.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * Makes parsers that take whatever is JSON: limits are their user's. They remember the names of
 * members for each other; but a long one for no longer than it is read, or a few thousand of them
 * would fill the memory. Thread-safe.
 */
public final class JsonParsers {

  /** In characters of a name. */
  private static final int LONGEST_TO_REMEMBER = 1_000;

  private final int maxDepth;
  private volatile JsonFactory factory;

  /**
   * @param maxDepth of nesting; the one limit that a parser has
   */
  public JsonParsers(int maxDepth) {
    this.maxDepth = maxDepth;
    forget();
  }

  /** A parser of these bytes. */
  public JsonParser of(byte[] bytes) throws IOException {
    return factory.createParser(bytes);
  }

  /** To be told each name that a parser gives. */
  public void met(String name) {
    if (name.length() > LONGEST_TO_REMEMBER) {
      forget();
    }
  }

  /** To be told of bytes that a parser fails at, perhaps behind a name that it has not given. */
  public void failedAt(byte[] bytes) {
    if (bytes.length > LONGEST_TO_REMEMBER) {
      forget();
    }
  }

  /** A parser hands what it has met to its own factory, which goes with it. */
  private void forget() {
    factory =
        new JsonFactoryBuilder()
            // these would be remembered by all parsers of the process
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }
}
