/**
 * Turns nested JSON into the columns of the lake. A document goes in, a map of column name to typed
 * value comes out, and the registry of columns grows with what is seen.
 *
 * <p>It promises that a path keeps its column's name and type for good, that no event can make two
 * columns of one name or more columns than the limit, and that what does not fit is counted and
 * still in {@code _doc}.
 */
package dev.wadi.flatten;
