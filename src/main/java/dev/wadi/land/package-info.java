/**
 * Lands whole batches: gathers those that wait at {@code stage}, cuts them into commits, stages the
 * files, publishes and commits them, and settles what a crash left open.
 *
 * <p>In go batches with accounts; out come objects in the lake, a manifest for each commit, and
 * closed accounts. It promises what ARCHITECTURE.md calls the protocol: every commit wholly or not
 * at all.
 */
package dev.wadi.land;
