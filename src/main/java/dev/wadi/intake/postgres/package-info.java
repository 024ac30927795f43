/**
 * Change data capture: the rows of PostgreSQL's tables and every change of them as a source of
 * batches. Debezium's engine reads and decodes the write-ahead log; what it hands over is kept in
 * order here until a commit accounts for it.
 *
 * <p>The slot on the server, and the position in the lake's bucket, move only behind what has
 * landed; what comes again has the position that it had.
 */
package dev.wadi.intake.postgres;
