package dev.wadi.land;

import java.nio.file.Path;

/**
 * A file that is written and fsynced, and where it goes in the lake.
 *
 * @param commit the commit that it belongs to
 * @param table the table whose rows it holds
 * @param key the object's key
 * @param file where it is staged
 * @param rows how many rows it has
 * @param bytes its length
 * @param sha256 of its bytes, in hexadecimal
 */
public record StagedObject(
    String commit, String table, String key, Path file, long rows, long bytes, String sha256) {}
