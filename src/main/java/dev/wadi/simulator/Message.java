package dev.wadi.simulator;

/**
 * The body of a queue's message.
 *
 * @param body one event, or a JSON array of events
 * @param events how many events it carries
 */
record Message(String body, int events) {}
