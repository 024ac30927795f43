/**
 * Writes the files of a commit. Rows come in, one set per file; files that are whole, fsynced and
 * hashed lie in the staging folder when it is done.
 *
 * <p>It promises that no value, whatever its characters, fails a file, and that a failed commit
 * leaves nothing staged. It knows nothing of commits' protocol or of the lake's layout.
 */
package dev.wadi.land.format;
