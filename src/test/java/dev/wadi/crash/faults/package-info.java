/**
 * Faults of the network and of the services behind it: an HTTP proxy, on the JDK alone, that lets
 * requests pass, or makes of them what networks and throttled services do. Shares no code with
 * Wadi.
 */
package dev.wadi.crash.faults;
