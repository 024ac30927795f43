/**
 * The safety of the one HTTP server: TLS by files that may be renewed, how long a connection may be
 * idle, and under which names it is called. What it serves, and to whom, is not decided here.
 */
package dev.wadi.web;
