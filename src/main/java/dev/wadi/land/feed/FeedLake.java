package dev.wadi.land.feed;

import dev.wadi.land.CommitLog;
import dev.wadi.land.LakeStore;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The lake that feeds read.
 *
 * @param temporary a folder for copies of files, which nobody else uses
 * @param writer this process, as commits name it
 * @param shared whether other processes write to the lake and may have the same feeds
 */
public record FeedLake(
    LakeStore store, CommitLog log, Path temporary, String writer, boolean shared, Clock clock) {}
