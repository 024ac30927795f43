package dev.wadi.lake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A file of the lake, as its commit's manifest names it.
 *
 * @param table the table's name
 * @param key the object's key
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ManifestFile(
    @JsonProperty(required = true) String table,
    @JsonProperty(required = true) String key,
    long rows,
    long bytes,
    String sha256) {}
