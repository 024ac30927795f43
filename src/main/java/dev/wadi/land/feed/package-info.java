/**
 * The way out: in come the lake's commits that stand, out go their rows to a route that begins with
 * {@code wadi-landed:<name>}.
 *
 * <p>It promises that a commit is noted in the lake as handed on only when the route has ended
 * without a failure for all of its rows, and that each is handed on, in the order of the commits.
 * It reads what has landed, so whatever becomes of it neither slows nor endangers what lands.
 */
package dev.wadi.land.feed;
