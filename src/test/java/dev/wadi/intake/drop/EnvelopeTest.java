package dev.wadi.intake.drop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class EnvelopeTest {

  private static final String S3 =
      """
      {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1",
        "eventTime":"2026-11-21T12:00:00.123Z","eventName":"ObjectCreated:Put",
        "userIdentity":{"principalId":"AWS:AIDA"},"requestParameters":{"sourceIPAddress":"10.0.0.1"},
        "responseElements":{"x-amz-request-id":"C3D13FE58DE4C810","x-amz-id-2":"FMyUVURIY8"},
        "s3":{"s3SchemaVersion":"1.0","configurationId":"wadi",
          "bucket":{"name":"acme-raw","ownerIdentity":{"principalId":"A3"},"arn":"arn:aws:s3:::acme-raw"},
          "object":{"key":"%s","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e",
            "sequencer":"0055AED6DCD90281E5"%s}}}]}""";

  private static final String EVENT_BRIDGE =
      """
      {"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103","detail-type":"%s","source":"aws.s3",
        "account":"111122223333","time":"2026-11-21T12:00:00Z","region":"ca-central-1",
        "resources":["arn:aws:s3:::acme-raw"],
        "detail":{"version":"0","bucket":{"name":"acme-raw"},
          "object":{"key":"a+b/c %%20.json","size":5,"etag":"b1946ac92492d2347c6235b4d2611184",
            "version-id":"IYV3p45BT0ac8hjHg1houSdS1a.Mro8e","sequencer":"617f08299329d189"},
          "request-id":"N4N7GDK58NMKJ12R","requester":"123456789012","source-ip-address":"1.2.3.4",
          "reason":"PutObject"}}""";

  private final Envelope envelope = new Envelope();

  @Test
  void decodesTheKeyOfAnS3Event() {
    assertThat(only(S3.formatted("a+b%2Fc%C3%A9.json", "")))
        .isEqualTo(
            new ObjectVersion(
                "acme-raw",
                "a b/cé.json",
                "d41d8cd98f00b204e9800998ecf8427e-0055AED6DCD90281E5",
                null,
                "d41d8cd98f00b204e9800998ecf8427e",
                1024,
                Instant.parse("2026-11-21T12:00:00.123Z")));
  }

  @Test
  void tellsAVersionByItsId() {
    ObjectVersion object = only(S3.formatted("a.json", ",\"versionId\":\"096fKKXTRTtl3on89\""));
    assertThat(object.versionId()).isEqualTo("096fKKXTRTtl3on89");
    assertThat(object.id()).isEqualTo("acme-raw/a.json@096fKKXTRTtl3on89");
  }

  @Test
  void takesTheVersionNullForNone() {
    assertThat(only(S3.formatted("a.json", ",\"versionId\":\"null\"")).versionId()).isNull();
  }

  @Test
  void leavesTheKeyOfAnEventBridgeEventAsItIs() {
    assertThat(only(EVENT_BRIDGE.formatted("Object Created")))
        .isEqualTo(
            new ObjectVersion(
                "acme-raw",
                "a+b/c %20.json",
                "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
                "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
                "b1946ac92492d2347c6235b4d2611184",
                5,
                Instant.parse("2026-11-21T12:00:00Z")));
  }

  @Test
  void opensWhatCameThroughSns() throws Exception {
    String s3 = S3.formatted("a.json", "");
    String bridged = EVENT_BRIDGE.formatted("Object Created");
    assertThat(only(sns(s3))).isEqualTo(only(s3));
    assertThat(only(sns(bridged))).isEqualTo(only(bridged));
  }

  @Test
  void takesAllRecordsOfAMessage() {
    String one = S3.formatted("a.json", "");
    String two = S3.formatted("b.json", "").replace("{\"Records\":[", "").replaceFirst("]}$", "");
    String removed = two.replace("ObjectCreated:Put", "ObjectRemoved:Delete");
    assertThat(envelope.open(one.replaceFirst("]}$", "," + two + "," + removed + ",7]}")))
        .extracting(notice -> notice.getClass().getSimpleName())
        .containsExactly("Created", "Created", "Ignored", "Unreadable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectCreated:Put",
        "ObjectCreated:Post",
        "ObjectCreated:Copy",
        "ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectCreated:Put"
      })
  void takesEveryWayInWhichAnObjectIsMade(String event) {
    assertThat(only(S3.formatted("a", "").replace("ObjectCreated:Put", event)).key())
        .isEqualTo("a");
  }

  @Test
  void ignoresTheTestEventAndWhatIsNotNew() throws Exception {
    String test =
        """
        {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T12:00:00.000Z",
          "Bucket":"acme-raw","RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3"}""";
    assertThat(envelope.open(test)).containsExactly(new Notice.Ignored("test_event"));
    assertThat(envelope.open(sns(test))).containsExactly(new Notice.Ignored("test_event"));
    assertThat(envelope.open(EVENT_BRIDGE.formatted("Object Deleted")))
        .containsExactly(new Notice.Ignored("other_event"));
    assertThat(envelope.open(S3.formatted("a", "").replace("Created:Put", "Restore:Completed")))
        .containsExactly(new Notice.Ignored("other_event"));
  }

  @Test
  void tellsVersionsByTheTimeWhereNothingElseDoes() {
    String bare =
        """
        {"Records":[{"eventTime":"2026-11-21T12:00:00Z","eventName":"ObjectCreated:Put",
          "s3":{"bucket":{"name":"raw"},"object":{"key":"a"}}}]}""";
    assertThat(only(bare).id()).isEqualTo("raw/a@2026-11-21T12:00:00Z");
    assertThat(envelope.open(bare.replace("\"eventTime\":\"2026-11-21T12:00:00Z\",", "")))
        .first()
        .isInstanceOf(Notice.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{\"Records\":",
        "{}",
        "[]",
        "null",
        "7",
        "{\"Records\":[]}",
        "{\"Records\":[{}]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"object\":{\"key\":\"a\"}}}]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},"
            + "\"object\":{\"key\":\"%zz\",\"eTag\":\"e\"}}}]}",
        "{\"Type\":\"Notification\",\"Message\":\"hello\"}",
        "{\"Type\":\"Notification\"}",
        "{\"source\":\"aws.ec2\",\"detail-type\":\"Object Created\",\"detail\":{}}",
        "{\"context\":{\"id\":\"a\"}} {}"
      })
  void saysWhyAMessageIsNoNotification(String body) {
    List<Notice> notices = envelope.open(body);
    assertThat(notices).hasSize(1);
    Notice.Unreadable unreadable = (Notice.Unreadable) notices.get(0);
    assertThat(unreadable.flaw().reason()).isEqualTo("not_a_notification");
    assertThat(unreadable.flaw().message()).isNotBlank().doesNotContain("\n");
  }

  private ObjectVersion only(String body) {
    List<Notice> notices = envelope.open(body);
    assertThat(notices).hasSize(1);
    return ((Notice.Created) notices.get(0)).object();
  }

  private static String sns(String message) throws Exception {
    return """
        {"Type":"Notification","MessageId":"22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
          "TopicArn":"arn:aws:sns:us-west-2:123456789012:drops","Subject":"Amazon S3 Notification",
          "Message":%s,"Timestamp":"2026-11-21T12:00:00.000Z","SignatureVersion":"1",
          "Signature":"EXAMPLE","SigningCertURL":"https://sns.us-west-2.amazonaws.com/x.pem",
          "UnsubscribeURL":"https://sns.us-west-2.amazonaws.com/?Action=Unsubscribe"}"""
        .formatted(new ObjectMapper().writeValueAsString(message));
  }
}
