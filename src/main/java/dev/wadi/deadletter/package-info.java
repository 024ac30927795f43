/**
 * What becomes of records that are no events: in come rejections, out go messages for the
 * dead-letter queue, and from the queue rows of the table {@code dead_letters}.
 *
 * <p>A rejected record counts as dead-lettered only once the queue has answered; its original bytes
 * are kept whole; archived twice is once.
 */
package dev.wadi.deadletter;
