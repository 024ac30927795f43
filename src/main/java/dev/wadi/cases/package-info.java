/**
 * Cases of routes: what is given, what is expected of it, and how that differs from what came.
 *
 * <p>Files of YAML come in; cases and, of what came of each, differences that a person can read go
 * out. Nothing here runs a route. What is wrong with a file is said with its line and what to do.
 */
package dev.wadi.cases;
