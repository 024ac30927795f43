package dev.wadi.land;

import java.time.Duration;

/**
 * By what right this process writes to the lake.
 *
 * @param writer its name, as {@code host/pid/start}
 * @param epochs who may write
 * @param lease how long others leave a commit alone that it has begun; when it takes longer, they
 *     may give it up, and it is tried again
 */
public record Tenure(String writer, Epochs epochs, Duration lease) {}
