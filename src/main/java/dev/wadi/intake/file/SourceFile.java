package dev.wadi.intake.file;

/**
 * One of the files of a source.
 *
 * @param name as it was given
 * @param bytes its size on disk, -1 if that can't be known
 * @param fingerprint changes when the file does; empty for what can't be read a second time
 * @param format how it is read
 */
public record SourceFile(String name, long bytes, String fingerprint, Format format) {}
