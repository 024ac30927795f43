/**
 * Sources that hand on bounded batches and acknowledge a batch only once its account is closed.
 *
 * <p>A source takes in {@linkplain dev.wadi.intake.Delivery deliveries} of its {@linkplain
 * dev.wadi.intake.Origin origin}; its {@linkplain dev.wadi.intake.Dispatch dispatch} makes batches
 * of them for a route. Nothing is acknowledged before a commit stands; what fails is held and tried
 * again, and only a source that stops gives back what it holds.
 */
package dev.wadi.intake;
