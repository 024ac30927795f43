/**
 * Joins the small files of a partition into large ones, under the protocol that every commit keeps.
 *
 * <p>In go the lake's current files; out come commits that replace some of them, and, after a time
 * of grace, the deletion of what was replaced. It promises that a reader finds every row exactly
 * once at every moment, beside a writer and however often it is killed.
 */
package dev.wadi.land.compact;
