package dev.wadi.tap;

import java.util.function.Predicate;

/**
 * Who may look. What passes may be anybody's secret.
 *
 * @param closed whether nobody may, since others reach the server and no token is asked for
 * @param admits whether the header {@code Authorization}, null if there is none, shows what must be
 *     shown, if anything
 */
public record TapAccess(boolean closed, Predicate<String> admits) {}
