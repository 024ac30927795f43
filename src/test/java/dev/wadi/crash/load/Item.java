package dev.wadi.crash.load;

import java.util.Objects;

/**
 * One event, or what should be one.
 *
 * @param kind what is expected of it; which of two conflicting payloads lands depends on which the
 *     queue delivers first
 * @param key source and id of an event; a number of its own of a poison
 * @param hash of its payload, by {@link PayloadHash}
 * @param reason the code that a poison is rejected with; empty of an event
 * @param body as sent
 */
public record Item(Kind kind, String key, String hash, String reason, String body) {

  public Item {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(body, "body");
  }
}
