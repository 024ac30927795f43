package dev.wadi.tap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What has come to a node.
 *
 * @param body as JSON, or a text of what can't be
 * @param source the name of the source that its record is of; null before it is decoded
 * @param position where the record stands there; null before it is decoded
 */
record Passed(JsonNode body, String source, String position) {}
