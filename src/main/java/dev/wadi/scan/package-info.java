/**
 * How DuckDB reads the lake's files: in come paths and the columns that are wanted, out goes the
 * SQL that reads them as one table, whatever the format of each.
 *
 * <p>It promises that a column has the type that is asked for and no guessed one, and that a null
 * is told from an empty text.
 */
package dev.wadi.scan;
