/**
 * The page, and what a program can ask over HTTP: health, metrics, status.
 *
 * <p>Reads what {@link dev.wadi.ops} gathers and changes nothing. Routes serve it, so that a user
 * can move or guard it as any other route; {@link dev.wadi.dashboard.Dashboard} gives them the
 * beans that they name.
 */
package dev.wadi.dashboard;
