/**
 * One class for each command. In go options, out come an exit code, results on standard output and
 * errors on standard error, each error one line that says what to do.
 */
package dev.wadi.cli;
