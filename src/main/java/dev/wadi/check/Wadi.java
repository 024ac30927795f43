package dev.wadi.check;

import java.util.Set;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessDefinition;

/** The names by which routes refer to what keeps a batch's account. */
final class Wadi {

  /** The repository of the pipeline's claims. */
  static final String CLAIMS = "claims";

  /** The component that drops an event on purpose. */
  static final String DROP = "wadi-drop";

  /** The component that hands over commits to be published. */
  static final String LAND = "wadi-land";

  /** Ends the way of a batch. */
  static final String STAGE = "stage";

  static final String KEEP = "keep";
  static final String FLATTEN = "flatten";
  static final String DEAD_LETTERED = "deadLettered";

  /**
   * Brings what it refuses as a batch of its own, which has no other way than to be dead-lettered.
   */
  static final String POLL = "poll";

  /** Set which record an exchange is about. */
  static final Set<String> DECODERS = Set.of("decode", "decodeDeadLetter", "isolate");

  /** Give a record its outcome. */
  static final Set<String> OUTCOMES = Set.of(KEEP, "setAside", "archive", DEAD_LETTERED);

  /** Without these a commit is never published. */
  static final Set<String> OF_LAND = Set.of("describeObject", "notePublished", "commit");

  /** Hand over batches of records. */
  private static final Set<String> SOURCES =
      Set.of("wadi-sqs", "wadi-kinesis", "wadi-s3-drop", "wadi-http-log", "wadi-postgres");

  /** A route can only begin with these. */
  private static final Set<String> ONLY_FROM =
      Set.of(
          "wadi-sqs",
          "wadi-kinesis",
          "wadi-s3-drop",
          "wadi-http",
          "wadi-landed",
          "wadi-postgres",
          LAND);

  private Wadi() {}

  /** Whether a component's endpoints hand over batches. */
  static boolean isSource(String scheme) {
    return SOURCES.contains(scheme);
  }

  /** Whether nothing can be sent to a component's endpoints. */
  static boolean onlyBegins(String scheme) {
    return ONLY_FROM.contains(scheme);
  }

  /** The bean that a part calls; empty if none. */
  static String bean(OptionalIdentifiedDefinition<?> part) {
    String ref =
        part instanceof ProcessDefinition process
            ? process.getRef()
            : part instanceof BeanDefinition bean ? bean.getRef() : null;
    return ref == null ? "" : ref.replaceFirst("^#(bean:)?", "");
  }
}
