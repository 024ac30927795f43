/**
 * Events that come by HTTP: a request's are written to the intake log, an append-only log on disk,
 * and answered with 202 once they are there durably; the log is a source of batches like a queue,
 * and lets go of what a commit accounts for.
 *
 * <p>In come CloudEvents, JSON and JSON lines; out go the bytes of single events. What was answered
 * with 202 is in the lake or a dead letter in the end, whenever the process dies.
 */
package dev.wadi.intake.http;
