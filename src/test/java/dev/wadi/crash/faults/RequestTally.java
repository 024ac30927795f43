package dev.wadi.crash.faults;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts requests to AWS's services by the operation that they ask for. Thread-safe. */
public final class RequestTally {

  private static final Pattern S3 = Pattern.compile("(\\w+) /([^/?\\s]*)/?([^?\\s]*)(\\S*) HTTP.*");

  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** How many there were of each operation since the start or the last call. */
  public Map<String, Long> take() {
    Map<String, Long> taken = new TreeMap<>();
    counts.forEach((operation, count) -> taken.put(operation, count.sumThenReset()));
    taken.values().removeIf(count -> count == 0);
    return taken;
  }

  void count(HttpMessage request) {
    counts.computeIfAbsent(operation(request), name -> new LongAdder()).increment();
  }

  /** {@code AmazonSQS.ReceiveMessage}, {@code S3.PUT events/}. */
  private static String operation(HttpMessage request) {
    String target = request.header("x-amz-target");
    if (target != null) {
      return target;
    }
    Matcher s3 = S3.matcher(request.start());
    if (!s3.matches()) {
      return request.start();
    }
    boolean list = s3.group(4).contains("list-type");
    // a key's table, or what of _wadi it is, or its bucket: names are as many as objects
    String key = s3.group(3);
    String folder = key.replaceFirst("^(_wadi/[^/]+/|[^/]+/).*", "$1");
    if (folder.equals(key)) {
      folder = s3.group(2);
    }
    return "S3." + (list ? "LIST" : s3.group(1)) + " " + folder;
  }
}
