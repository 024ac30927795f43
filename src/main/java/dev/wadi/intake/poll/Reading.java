package dev.wadi.intake.poll;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Takes an answer for a page of JSON, or says why it is none. */
record Reading(PollOptions options) {

  private static final List<String> ENCODINGS = List.of("", "identity");
  private static final List<String> CHARSETS = List.of("utf-8", "utf8", "us-ascii");

  /** What is kept of an answer that is refused. */
  private static final int KEPT_BYTES = 64 * 1024;

  private static final PageContent NOTHING = new PageContent(new byte[0], 0, null);

  PageContent read(Api.Answer answer) throws RefusedAnswerException {
    if (answer.status() == 204) {
      return NOTHING;
    }
    if (!answer.whole()) {
      throw new RefusedAnswerException(
          "answer_too_large", "it has more bytes than wadi.poll.max-bytes allows");
    }
    requireJson(answer);
    return PageContent.read(answer.body(), options.items(), options.paging().cursor());
  }

  /** What of an answer goes into its dead letter. */
  static byte[] kept(Api.Answer answer) {
    return answer.body().length <= KEPT_BYTES
        ? answer.body()
        : Arrays.copyOf(answer.body(), KEPT_BYTES);
  }

  private void requireJson(Api.Answer answer) throws RefusedAnswerException {
    String encoding = answer.header("content-encoding").orElse("").trim().toLowerCase(Locale.ROOT);
    if (!ENCODINGS.contains(encoding)) {
      throw new RefusedAnswerException(
          "wrong_content_type", "it is encoded as " + encoding + ", which was not asked for");
    }
    String type = answer.header("content-type").orElse("none").toLowerCase(Locale.ROOT);
    String name = type.replaceFirst(";.*", "").trim();
    if (!options.contentTypes().contains(name) && !name.endsWith("+json")) {
      throw new RefusedAnswerException(
          "wrong_content_type",
          "its content type is " + name + ": if it is JSON, add it to wadi.poll.content-types");
    }
    int charset = type.indexOf("charset=");
    if (charset >= 0) {
      String found = type.substring(charset + "charset=".length()).replaceAll("[\"\\s]|;.*", "");
      if (!CHARSETS.contains(found)) {
        throw new RefusedAnswerException("wrong_content_type", "its text is in " + found);
      }
    }
  }
}
