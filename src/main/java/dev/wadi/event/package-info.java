/**
 * The values that travel along the pipeline, and the few ports that stages reach each other by.
 *
 * <p>Every other package may depend on this one; this one depends on none of them and knows nothing
 * of Camel. Values are immutable, except {@link dev.wadi.event.Account}, which is filled in as its
 * batch passes.
 */
package dev.wadi.event;
