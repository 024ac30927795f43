/**
 * Routes changed while they run. In come the texts of the route files as they are now and as they
 * run; out goes the smallest change between the two, made while no batch is in a route. Promises
 * that either all of it takes effect or the routes go on as they were, and that no source is
 * acknowledged for anything else than before.
 */
package dev.wadi.reload;
