/**
 * Lands whole files: the same steps as the live routes, over blocks of records instead of an
 * exchange for each.
 *
 * <p>Pieces of files come in; commits go out, under the same protocol. What is read is decoded by
 * several threads, decided in the files' order, staged and published. It joins the stages, as the
 * routes do for live events.
 */
package dev.wadi.ingest;
