/**
 * Kinesis streams as sources of batches, on the Kinesis Client Library: it spreads the shards over
 * processes and keeps their leases and checkpoints in DynamoDB.
 *
 * <p>A shard's records come in, in their order; batches of them go out to a route, each knowing the
 * one before it. The checkpoint never passes a record that no commit accounts for, and a batch that
 * fails is handed over again, with all behind it, until it lands.
 */
package dev.wadi.intake.kinesis;
