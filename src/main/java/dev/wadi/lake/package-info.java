/**
 * Reads the lake: in come its plain files, out go the rows of a query and the findings of a check.
 *
 * <p>Needs no running process, and writes nothing into the data folder. A reader sees whole commits
 * only: those whose marker says COMMITTED and whose intent is gone.
 */
package dev.wadi.lake;
