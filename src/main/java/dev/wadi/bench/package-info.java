/**
 * {@code wadi bench}: how fast this machine ingests, held against DuckDB's bare run on the same
 * file. Both run in a JVM of their own and tell themselves what they have taken; out comes one
 * report.
 */
package dev.wadi.bench;
