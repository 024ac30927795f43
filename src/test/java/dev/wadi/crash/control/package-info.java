/**
 * The control of the fault runs: what one would write with Camel's own components, put through the
 * same loads and faults.
 */
package dev.wadi.crash.control;
