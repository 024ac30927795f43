/**
 * Steps that a user's route names where plain Camel has none: a keyed hash of a field, and what a
 * table says of a field. In: the event's JSON as a step before has left it. Out: the same with what
 * the step says; an event that it can't work on fails alone.
 */
package dev.wadi.step;
