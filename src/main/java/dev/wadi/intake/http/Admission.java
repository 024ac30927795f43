package dev.wadi.intake.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who may send. What is asked for must all be shown; where nothing is, only this machine may send,
 * or anybody if the operator has said so.
 *
 * @param token what must be shown, if anything
 * @param certificates whether a client's certificate must be shown; the server has judged it
 * @param anonymous whether anybody may send where nothing is asked for
 */
public record Admission(AccessToken token, boolean certificates, boolean anonymous) {

  public Admission {
    Objects.requireNonNull(token, "token");
  }

  /** Whether nobody may send, since nothing is asked for. */
  public boolean isClosed() {
    return !anonymous && !certificates && !token.isAskedFor();
  }

  /** Why a request is refused; null if it isn't. */
  Problem refusal(HttpServerRequest request) {
    if (isClosed()) {
      return Problem.of(
          403,
          "nobody may send: wadi.http.host or wadi.http.names says that others reach it, so set"
              + " WADI_HTTP_EVENTS_TOKEN, or wadi.http.events.anonymous = true");
    }
    if (certificates && !isCertified(request.sslSession())) {
      return Problem.of(401, "a client's certificate is needed");
    }
    if (!token.admits(request.getHeader(HttpHeaders.AUTHORIZATION))) {
      return Problem.of(
          401,
          "a token is needed: send Authorization: Bearer and the token",
          Map.of("WWW-Authenticate", "Bearer"));
    }
    return null;
  }

  private static boolean isCertified(SSLSession session) {
    try {
      return session != null && session.getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }
}
