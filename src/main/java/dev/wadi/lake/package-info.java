/**
 * Reads the lake: in come its plain files, or a bucket's objects by the port {@link
 * dev.wadi.lake.LakeObjects}, out go the rows of a query and the findings of a check.
 *
 * <p>Needs no running process, and writes nothing into the data folder. A reader sees whole commits
 * only: those whose marker says COMMITTED; a query also waits for the intent to be gone.
 */
package dev.wadi.lake;
