/**
 * Objects of a bucket as a source: a store's notifications come in from a queue, batches of the
 * records that are in the objects go out to a route.
 *
 * <p>A notification is deleted only when a commit accounts for every record of every object that it
 * names. What can't be read of them is a record with a flaw, and nothing is passed over.
 */
package dev.wadi.intake.drop;
