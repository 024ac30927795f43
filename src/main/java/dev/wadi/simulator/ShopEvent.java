package dev.wadi.simulator;

import dev.wadi.simulator.JsonText.Members;

/**
 * Something that happens in the shop, and the event by which a service tells of it.
 *
 * @param at milliseconds of the simulation
 * @param name such as {@code payment:order:completed}
 * @param correlation the same for all that happens to one order
 * @param service what tells of it
 * @param data the members of {@code data}
 */
record ShopEvent(
    long at,
    String uuid,
    String name,
    String correlation,
    Customer customer,
    String service,
    Members data) {

  void tell(JsonText json, long micros) {
    json.open().plain("event_uuid", uuid).plain("event_name", name);
    json.millionths("created_at", micros).number("schema_version", 2);
    json.plain("correlation_id", correlation);
    json.open("producer").plain("service", service).plain("region", "eu-west-1").close();
    json.open("user").plain("id", customer.id()).text("name", customer.name());
    json.plain("email", customer.email()).plain("country", customer.country()).close();
    json.open("data").members(data).close();
    json.close();
  }
}
