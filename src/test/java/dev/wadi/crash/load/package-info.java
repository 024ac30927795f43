/**
 * What a fault run sends: a load made from a seed, a process that sends it, and the log that it
 * keeps. What is to be sent is forced to the log before each try, so that nothing can arrive that
 * the log doesn't know. Shares no code with Wadi.
 */
package dev.wadi.crash.load;
