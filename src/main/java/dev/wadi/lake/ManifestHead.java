package dev.wadi.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a query needs of a marker: its state, its files and the objects that these replace, which
 * stand before them. Reading stops when the files are known, since the deliveries that follow are
 * most of a manifest, and a lake has thousands of manifests.
 */
record ManifestHead(String state, List<String> replaces, List<ManifestFile> files) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFactory FACTORY = JSON.getFactory();

  /**
   * Reads the head of a marker.
   *
   * @throws IOException if it is not there, or is no marker
   */
  static ManifestHead read(Path marker) throws IOException {
    try (JsonParser json = FACTORY.createParser(marker.toFile())) {
      return read(json);
    }
  }

  /**
   * Reads the head of a marker.
   *
   * @throws IOException if it is no marker
   */
  static ManifestHead read(byte[] marker) throws IOException {
    try (JsonParser json = FACTORY.createParser(marker)) {
      return read(json);
    }
  }

  private static ManifestHead read(JsonParser json) throws IOException {
    String state = null;
    List<String> replaces = List.of();
    List<ManifestFile> files = null;
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("no JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("state")) {
        state = json.getText();
      } else if (name.equals("replaces")) {
        replaces = list(json, String[].class);
      } else if (name.equals("files")) {
        files = list(json, ManifestFile[].class);
      } else {
        json.skipChildren();
      }
      if (Manifest.ABORTED.equals(state) || (state != null && files != null)) {
        break;
      }
    }
    if (!Manifest.COMMITTED.equals(state) && !Manifest.ABORTED.equals(state)) {
      throw new IOException("its state is " + state);
    }
    if (files == null && Manifest.COMMITTED.equals(state)) {
      throw new IOException("no files");
    }
    return new ManifestHead(state, replaces, files == null ? List.of() : files);
  }

  private static <T> List<T> list(JsonParser json, Class<T[]> type) throws IOException {
    T[] elements = JSON.readValue(json, type);
    if (elements == null || Arrays.asList(elements).contains(null)) {
      throw new IOException("null is no list, and nothing in one");
    }
    return List.of(elements);
  }

  boolean isCompaction() {
    return !replaces.isEmpty();
  }

  boolean isCommitted() {
    return state.equals(Manifest.COMMITTED);
  }
}
