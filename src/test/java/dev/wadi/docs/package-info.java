/**
 * The pages for people, read and held true: their links, the commands and the names in them, and
 * what the tutorial and the guides say that happens. In comes Markdown, out come its parts; whether
 * they are true is asked of the code that they speak of.
 */
package dev.wadi.docs;
