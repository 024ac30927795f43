package dev.wadi.simulator;

/**
 * The body of a queue's message, or a file.
 *
 * @param body one event, a JSON array of events, or events as lines
 * @param events how many events it carries
 */
record Message(String body, int events) {}
