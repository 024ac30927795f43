/**
 * An API that is asked from time to time: pages of JSON come in, objects of JSON lines for the raw
 * bucket go out, one a page. It promises that nothing counts as read (no ETag, no cursor, no time)
 * before every object of the sweep is in the bucket, and that the same content is the same object.
 */
package dev.wadi.intake.poll;
