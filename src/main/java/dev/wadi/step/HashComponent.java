package dev.wadi.step;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code wadi-hash:user.email?into=user.email_hash&secretKey=...}: replaces a field by its hash.
 * Without {@code into} the hash stands where the field stood.
 */
public final class HashComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    String into = getAndRemoveParameter(parameters, "into", String.class, remaining);
    String key = getAndRemoveParameter(parameters, "secretKey", String.class);
    FieldHash hash = new FieldHash(Member.of(remaining), Member.of(into), key);
    return new DocumentEndpoint(uri, this, hash::apply);
  }
}
