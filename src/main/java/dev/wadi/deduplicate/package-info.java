/**
 * Tells the first of an event from its copies.
 *
 * <p>Claims come in, an answer goes out: fresh, landed with the same or another payload, or in
 * flight. In-flight claims are in memory and never evicted; what has landed is in a ledger on disk,
 * which is derived from the lake's commits and rebuilt from them when it is gone or damaged.
 */
package dev.wadi.deduplicate;
