/**
 * The fault runs: each takes a seed, lets a fault happen to Wadi or to the control while a load
 * comes in, lets everything land, has it checked, and adds a line to the table of results.
 */
package dev.wadi.crash.run;
