package dev.wadi.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class RequestReaderTest {

  private static final String EVENT = "{ \"context\": {\"id\": \"é1\"}, \"n\": [1, 2.50] }";
  private static final String ATTRIBUTES =
      "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"";

  private final RequestReader reader = new RequestReader(Envelope.DATA);
  private final RequestReader keeper = new RequestReader(Envelope.KEEP);

  @Test
  void takesAJsonObjectAsItIs() throws Exception {
    assertThat(texts(read("application/json; charset=UTF-8", "\n" + EVENT + " ")))
        .containsExactly(EVENT);
  }

  @Test
  void takesTheElementsOfAnArrayAsTheyAre() throws Exception {
    Posted posted = read("application/json", "[" + EVENT + " ,\n 7, {}]");
    assertThat(texts(posted)).containsExactly(EVENT, "7", "{}");
    assertThat(posted.accepted()).isEqualTo(2);
    assertThat(posted.rejected())
        .containsExactly(new Posted.Rejection(1, null, "it is no JSON object"));
    // whoever decodes it finds that out as well, and names it by its own reason
    assertThat(posted.entries()).allMatch(entry -> entry.isolation() == null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-ndjson", "application/jsonl", "application/ndjson"})
  void takesEachLineAndTellsWhichIsNone(String type) throws Exception {
    Posted posted = read(type, EVENT + "\r\n\n{\"broken\":\n" + EVENT);
    assertThat(texts(posted)).containsExactly(EVENT + "\r", "{\"broken\":", EVENT);
    assertThat(posted.rejected()).hasSize(1);
    assertThat(posted.rejected().get(0).index()).isEqualTo(1);
    assertThat(posted.rejected().get(0).detail()).contains("not JSON");
  }

  @Test
  void takesTheDataOfAStructuredCloudEvent() throws Exception {
    String event = "{" + ATTRIBUTES + ",\"data\": " + EVENT + " , \"more\":{\"a\":[]}}";
    assertThat(texts(read(MediaType.CLOUD_EVENT, event))).containsExactly(EVENT);
  }

  @Test
  void takesTheDataThatIsInBase64() throws Exception {
    String data = Base64.getEncoder().encodeToString(EVENT.getBytes(StandardCharsets.UTF_8));
    String event = "{" + ATTRIBUTES + ",\"data_base64\":\"" + data + "\"}";
    assertThat(texts(read(MediaType.CLOUD_EVENT, event))).containsExactly(EVENT);
    assertThatThrownBy(
            () -> read(MediaType.CLOUD_EVENT, "{" + ATTRIBUTES + ",\"data_base64\":\"%\"}"))
        .hasMessageContaining("data_base64");
  }

  @Test
  void keepsAStructuredCloudEventAsItIs() throws Exception {
    String event = "{" + ATTRIBUTES + ",\"data\": " + EVENT + "}";
    assertThat(texts(keeper.read(headers(MediaType.CLOUD_EVENT), bytes(event))))
        .containsExactly(event);
  }

  @Test
  void takesTheBodyOfABinaryCloudEvent() throws Exception {
    assertThat(texts(reader.read(binary("application/json"), bytes(EVENT)))).containsExactly(EVENT);
    assertThat(texts(reader.read(binary("application/vnd.x+json"), bytes(EVENT))))
        .containsExactly(EVENT);
  }

  @Test
  void makesAStructuredCloudEventOfABinaryOne() throws Exception {
    Map<String, String> headers = binary("application/json");
    headers.put("CE-Subject", "Euro%20%E2%82%AC+1");
    assertThat(tree(keeper.read(headers, bytes(EVENT))))
        .isEqualTo(
            tree(
                "{"
                    + ATTRIBUTES
                    + ",\"subject\":\"Euro €+1\",\"datacontenttype\":\"application/json\",\"data\":"
                    + EVENT
                    + "}"));
    assertThat(tree(keeper.read(binary("text/plain"), bytes("hé"))))
        .isEqualTo(tree("{" + ATTRIBUTES + ",\"datacontenttype\":\"text/plain\",\"data\":\"hé\"}"));
    assertThat(tree(keeper.read(binary("image/png"), new byte[] {1, 2, 3})))
        .isEqualTo(
            tree(
                "{" + ATTRIBUTES + ",\"datacontenttype\":\"image/png\",\"data_base64\":\"AQID\"}"));
    assertThat(tree(keeper.read(binary("application/json"), new byte[0])))
        .isEqualTo(tree("{" + ATTRIBUTES + "}"));
  }

  @Test
  void takesTheGoodOfABatchAndSetsTheBadAside() throws Exception {
    String good = "{" + ATTRIBUTES + ",\"data\":" + EVENT + "}";
    String bad = "{\"specversion\":\"1.0\",\"source\":\"/s\",\"type\":\"t\",\"data\":{}}";
    Posted posted = read(MediaType.CLOUD_EVENTS, "[" + good + "," + bad + ",5]");
    assertThat(texts(posted)).containsExactly(EVENT, bad, "5");
    assertThat(posted.accepted()).isEqualTo(1);
    assertThat(posted.rejected())
        .containsExactly(
            new Posted.Rejection(1, "id", "id is missing"),
            new Posted.Rejection(2, null, "a CloudEvent must be a JSON object"));
    assertThat(posted.entries().get(0).isolation()).isNull();
    assertThat(posted.entries().get(1).isolation().reason()).isEqualTo("invalid_cloudevent");
    assertThat(posted.entries().get(1).isolation().message()).isEqualTo("id is missing");
  }

  @Test
  void takesAnEmptyBatch() throws Exception {
    assertThat(read(MediaType.CLOUD_EVENTS, "[]").entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'specversion':'1.0','source':'/s','type':'t','data':{}} | id",
        "{'specversion':'1.0','id':'','source':'/s','type':'t','data':{}} | id",
        "{'specversion':'1.0','id':7,'source':'/s','type':'t','data':{}} | id",
        "{'specversion':'1.0','id':null,'source':'/s','type':'t','data':{}} | id",
        "{'specversion':'1.0','id':'1','type':'t','data':{}} | source",
        "{'specversion':'1.0','id':'1','source':'/s','data':{}} | type",
        "{'id':'1','source':'/s','type':'t','data':{}} | specversion",
        "{'specversion':'2.0','id':'1','source':'/s','type':'t','data':{}} | specversion",
        "{'specversion':'1.0','id':'1','source':'/s','type':'t','time':'now','data':{}} | time",
        "{'specversion':'1.0','id':'1','source':'/s','type':'t'} | data",
        "{'specversion':'1.0','id':'1','source':'/s','type':'t','data':'text'} | data"
      })
  void namesTheFieldOfACloudEventThatIsWrong(String event, String field) {
    assertThatThrownBy(() -> read(MediaType.CLOUD_EVENT, event.replace('\'', '"')))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused.problem().field()).isEqualTo(field);
              assertThat(refused.problem().detail()).startsWith(field);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce-specversion", "ce-id", "ce-source", "ce-type"})
  void namesTheHeaderThatIsMissing(String header) {
    Map<String, String> headers = binary("application/json");
    headers.remove(header);
    assertThatThrownBy(() -> reader.read(headers, bytes(EVENT)))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.problem().field()).isEqualTo(header));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | '{\"a\":' | not JSON",
        "application/json | '{} {}' | behind",
        "application/json | '[{}' | not JSON",
        "application/json | 7 | must be a JSON object",
        "application/json | '' | empty",
        "application/cloudevents+json | '{} x' | not JSON",
        "application/cloudevents+json | '[]' | must be a JSON object",
        "application/cloudevents-batch+json | '{}' | must be a JSON array",
      })
  void saysWhatIsWrongWithABody(String type, String body, String why) {
    assertThatThrownBy(() -> read(type, body))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/cloudevents+avro",
        "application/json; charset=utf-16"
      })
  void takesNoOtherContent(String type) {
    assertThatThrownBy(() -> read(type, EVENT))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(415));
  }

  @Test
  void takesUtf8Alone() throws Exception {
    assertThatThrownBy(
            () -> reader.read(headers("application/json"), EVENT.getBytes(StandardCharsets.UTF_16)))
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(
            () ->
                reader.read(headers("application/json"), EVENT.getBytes(StandardCharsets.UTF_16LE)))
        .hasMessageContaining("UTF-8");
    // a mark that some systems put before it is not part of the event
    assertThat(texts(read("application/json", "\uFEFF" + EVENT))).containsExactly(EVENT);
    assertThat(texts(read("application/x-ndjson", "\uFEFF" + EVENT))).containsExactly(EVENT);
  }

  @Test
  void takesNoMoreEventsThanFitIntoMemory() {
    assertThatThrownBy(() -> read("application/json", "[" + "1,".repeat(60_000) + "1]"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(413));
  }

  @Test
  void takesAnEventAsDeepAsAnyMayBeAndNoDeeper() throws Exception {
    String most = deep(1_000);
    assertThat(texts(read("application/json", most))).containsExactly(most);
    for (int depth : new int[] {1_001, 100_000}) {
      assertThatThrownBy(() -> read("application/json", deep(depth)))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.problem().status()).isEqualTo(400))
          .hasMessageContaining("is nested deeper than 1000");
      assertThatThrownBy(() -> reader.read(binary("application/json"), bytes(deep(depth))))
          .hasMessageContaining("the body is nested deeper than 1000");
    }
  }

  @Test
  void setsAsideWhatOfSeveralIsTooDeep() throws Exception {
    Posted.Rejection rejected = new Posted.Rejection(1, null, "it is nested deeper than 1000");
    String deep = deep(1_001);
    Posted lines = read("application/x-ndjson", "{}\n" + deep + "\n{}\n");
    assertThat(lines.rejected()).containsExactly(rejected);
    assertThat(texts(lines)).containsExactly("{}", deep, "{}");
    Posted array = read("application/json", "[{}," + deep + ",{}]");
    assertThat(array.rejected()).containsExactly(rejected);
    assertThat(texts(array)).containsExactly("{}", deep, "{}");
    String event = "{" + ATTRIBUTES + ",\"data\":%s}";
    Posted batch =
        read(
            MediaType.CLOUD_EVENTS,
            "[" + event.formatted("{}") + "," + event.formatted(deep) + "]");
    assertThat(batch.rejected())
        .containsExactly(new Posted.Rejection(1, "data", "data is nested deeper than 1000"));
  }

  private static String deep(int depth) {
    return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  @Test
  void packsEventsIntoMessagesOfAQueue() throws Exception {
    String large = "{\"a\":\"" + "x".repeat(90_000) + "\"}";
    Posted posted = read("application/json", "[" + String.join(",", large, large, large) + "]");
    assertThat(posted.messages())
        .containsExactly("[" + large + "," + large + "]", "[" + large + "]");
    assertThat(read("application/json", EVENT).messages()).containsExactly(EVENT);
  }

  private Posted read(String type, String body) throws RefusedException {
    return reader.read(headers(type), bytes(body));
  }

  private static Map<String, String> headers(String type) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", type);
    return headers;
  }

  private static Map<String, String> binary(String type) {
    Map<String, String> headers = headers(type);
    headers.putAll(
        Map.of("Ce-Specversion", "1.0", "Ce-Id", "1", "Ce-Source", "/s", "Ce-Type", "t"));
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> texts(Posted posted) {
    return posted.texts();
  }

  private static Object tree(Posted posted) throws Exception {
    return tree(posted.texts().get(0));
  }

  private static Object tree(String json) throws Exception {
    return new ObjectMapper().readTree(json);
  }
}
