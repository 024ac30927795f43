/**
 * A look at what passes the nodes of running routes.
 *
 * <p>Requests over HTTP come in, each naming a node; lines of JSON about some of the exchanges that
 * come to it go out. No route waits for who looks: what the reader doesn't take in time, and what a
 * filter has no time for, is left out and counted; a node that nobody looks at costs one volatile
 * read.
 */
package dev.wadi.tap;
