package dev.wadi.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class HttpPortTest {

  @Test
  void saysWhatToDoWhenThePortIsInUse() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> HttpPort.requireFree("127.0.0.1", port))
          .isInstanceOf(SetupException.class)
          .hasMessage(
              "port %d is in use: stop the other program or choose another with --port", port);
    }
  }

  @Test
  void findsOutAfterTheStartThatAnotherProgramWasFaster() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Main main = new Main();
      main.setDefaultPropertyPlaceholderLocation("false");
      main.configure().httpServer().withEnabled(true).withHost("127.0.0.1");
      main.configure().httpServer().setPort(other.getLocalPort());
      try {
        // Camel starts all the same
        main.start();

        assertThat(main.isStarted()).isTrue();
        assertThatThrownBy(() -> HttpPort.listening(main.getCamelContext()))
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("port " + other.getLocalPort() + " is in use");
      } finally {
        main.stop();
      }
    }
  }

  @Test
  void letsAFreePortBe() {
    assertThatCode(() -> HttpPort.requireFree("127.0.0.1", 0)).doesNotThrowAnyException();
  }

  @Test
  void saysThatAnAddressIsNotThisMachines() {
    assertThatThrownBy(() -> HttpPort.requireFree("192.0.2.1", 0))
        .isInstanceOf(SetupException.class)
        .hasMessage("wadi.http.host is '192.0.2.1', which is no address of this machine");
  }
}
