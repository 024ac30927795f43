/**
 * A queue as a source: its messages come in, batches of their events go out. Nothing is deleted
 * from the queue before a commit stands, and everything that is held stays hidden in it.
 */
package dev.wadi.intake.sqs;
