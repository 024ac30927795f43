/**
 * From bytes to an event, or to the reason why they are none.
 *
 * <p>In comes a {@link dev.wadi.event.SourceRecord}; out goes a {@link dev.wadi.event.Decoded}: no
 * input whatever makes decoding throw. One streaming parse builds the document, holds it to its
 * limits and hashes it; the shape says what it must contain.
 */
package dev.wadi.decode;
