/**
 * Routes judged without being run: what comes in are the places of route files and the names that
 * they may use, what goes out are findings with file and line. Promises to start, ask and write
 * nothing, and may therefore be called while a pipeline runs.
 */
package dev.wadi.check;
