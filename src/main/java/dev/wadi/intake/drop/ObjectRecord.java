package dev.wadi.intake.drop;

import dev.wadi.event.Flaw;

/**
 * A record as it was found in an object.
 *
 * @param number its place: the line that it begins in, or, where lines say nothing, which record it
 *     is; from 1
 * @param flaw why it is no event; null if it may be one
 */
record ObjectRecord(long number, byte[] bytes, Flaw flaw) {}
