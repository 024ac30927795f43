/**
 * How to read one family of events: where its key, type and time stand, and what each type must
 * contain.
 *
 * <p>In come shape files (YAML) from the class path or a folder; out go {@link
 * dev.wadi.shape.Shape}s, checked when loaded and immutable. An error in a file names the file, the
 * line and what to do.
 */
package dev.wadi.shape;
