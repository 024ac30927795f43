package dev.wadi.simulator;

import dev.wadi.simulator.JsonText.Members;

/**
 * Something that a visitor does on a page.
 *
 * @param at milliseconds of the simulation
 * @param name such as {@code page_view}
 * @param number counts up within the session, from 1
 * @param signedIn whether the visitor is known as a user by then
 * @param page the path of the page
 * @param engagement the members of {@code engagement}
 */
record VisitStep(
    long at,
    String id,
    String name,
    int number,
    boolean signedIn,
    String page,
    Members engagement,
    VisitStory story) {}
