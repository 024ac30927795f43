/**
 * Sources that hand on bounded batches and acknowledge a batch only once its account is closed.
 *
 * <p>A queue's messages come in; batches of records go out to a route. Nothing is deleted from the
 * queue before a commit stands, everything that is held stays hidden in the queue, and what ends
 * otherwise is given back.
 */
package dev.wadi.intake;
