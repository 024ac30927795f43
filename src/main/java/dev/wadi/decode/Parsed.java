package dev.wadi.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What parsing makes of bytes. */
sealed interface Parsed {

  /** A JSON object, and the hash of its content. */
  record Document(ObjectNode root, long hash) implements Parsed {}

  /**
   * What is wrong with it.
   *
   * @param rule the path at fault, or null
   */
  record Fault(Reason reason, String rule, String message) implements Parsed {}
}
