/**
 * Hands rows that have landed on to a queue, a stream or a table: in come batches of rows as maps,
 * out go messages, records and inserts.
 *
 * <p>It promises that what is not taken fails, to be handed on again, or is named as refused: no
 * row is dropped silently. What is handed on again is told by its {@code event_key}.
 */
package dev.wadi.outbound;
