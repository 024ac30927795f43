package dev.wadi.land;

/** How rows are spread over folders and files. */
public record FileLayout(Partitioning partitioning, FileLimits limits) {}
