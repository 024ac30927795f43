/**
 * A look at what passes the nodes of running routes.
 *
 * <p>Requests over HTTP come in, each naming a node; lines of JSON about some of the exchanges that
 * come to it go out. Who looks slows nobody: what the reader doesn't take in time is left out and
 * counted, and a node that nobody looks at costs one volatile read.
 */
package dev.wadi.tap;
