package dev.wadi.simulator;

/** A customer of the shop. */
record Customer(String id, String name, String email, String country, String currency) {}
