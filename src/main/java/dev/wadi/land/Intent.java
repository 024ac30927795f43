package dev.wadi.land;

import java.util.List;

/**
 * What a commit is about to publish, put in the lake before the first object.
 *
 * @param commit the commit's id
 * @param writer the process that publishes, as {@code host/pid/start}
 * @param objects the keys to come
 */
public record Intent(String commit, String writer, List<String> objects) {

  public Intent {
    objects = List.copyOf(objects);
  }
}
