/**
 * What an operator sees and sets: metrics, health, settings, and points at which tests stop a
 * process. Any stage may use it.
 */
package dev.wadi.ops;
