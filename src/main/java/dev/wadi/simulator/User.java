package dev.wadi.simulator;

/** Somebody who writes, reviews and ships changes. */
record User(String login, String name) {}
