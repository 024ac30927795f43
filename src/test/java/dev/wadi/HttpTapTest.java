package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Settings;
import dev.wadi.tap.TapAccess;
import dev.wadi.tap.TappedNodes;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HttpTapTest {

  @Test
  void onThisMachineWhoeverReachesThePortMayLook() {
    TapAccess access = access(Map.of());

    assertThat(access.closed()).isFalse();
    assertThat(access.admits().test(null)).isTrue();
  }

  @Test
  void whereOthersReachItNobodyMayLookWithoutATokenOfItsOwn() {
    assertThat(access(Map.of("wadi.http.host", "0.0.0.0")).closed()).isTrue();
    assertThat(access(Map.of("wadi.http.names", "wadi.example.com")).closed()).isTrue();
    assertThat(
            access(
                    Map.of(
                        "wadi.http.host",
                        "0.0.0.0",
                        "wadi.http.events.anonymous",
                        "true",
                        "wadi.http.events.token",
                        "of-senders"))
                .closed())
        .isTrue();
  }

  @Test
  void withATokenItMustBeShownEverywhere() {
    for (String host : new String[] {"127.0.0.1", "0.0.0.0"}) {
      TapAccess access =
          access(
              Map.of(
                  "wadi.http.host",
                  host,
                  "wadi.http.tap.token",
                  "of-the-tap",
                  "wadi.http.events.token",
                  "of-senders"));

      assertThat(access.closed()).isFalse();
      assertThat(access.admits().test("Bearer of-the-tap")).isTrue();
      assertThat(access.admits().test("Bearer of-senders")).isFalse();
      assertThat(access.admits().test(null)).isFalse();
    }
  }

  private static TapAccess access(Map<String, String> settings) {
    return new HttpTap(Settings.load("local", settings, null), new TappedNodes()).access();
  }
}
