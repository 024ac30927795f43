/**
 * Simulated worlds: a software factory that emits CDEvents 0.5.1, an online shop with named events,
 * a website with its visitors. In: a scenario, a seed, a period or the clock, and rates of faults.
 * Out: an endless stream of events as bytes, and the queue messages that carry them. The same seed
 * and options give the same bytes; every event but a faulty one is valid, and faults are added to
 * the world's events, never put in the place of one.
 */
package dev.wadi.simulator;
