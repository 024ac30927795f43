package dev.wadi.simulator;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An online shop at work: many customers look, order and wait for parcels at a time. */
final class Shop implements World {

  private static final int CUSTOMERS = 2_000;

  private record Home(String country, String currency) {}

  private static final List<Home> HOMES =
      List.of(
          new Home("DE", "EUR"),
          new Home("FR", "EUR"),
          new Home("NL", "EUR"),
          new Home("PT", "EUR"),
          new Home("GB", "GBP"),
          new Home("SE", "SEK"),
          new Home("US", "USD"),
          new Home("JP", "JPY"));

  private final List<Customer> customers = new ArrayList<>();
  private final Stories<ShopEvent> orders;

  /**
   * @param meanMillisToNextOrder how much time of the simulation lies between the beginnings of two
   *     orders, on average
   */
  Shop(Dice dice, double meanMillisToNextOrder) {
    for (int i = 0; i < CUSTOMERS; i++) {
      customers.add(customer(dice, i));
    }
    orders =
        new Stories<>(
            dice,
            meanMillisToNextOrder,
            ShopEvent::at,
            start -> OrderStory.tell(dice, dice.pick(customers), start));
  }

  @Override
  public void tell(JsonText json, long micros) {
    orders.next().tell(json, micros);
  }

  private static Customer customer(Dice dice, int number) {
    String first = dice.pick(Organization.FIRST_NAMES);
    String last = dice.pick(Organization.LAST_NAMES);
    Home home = dice.pick(HOMES);
    String email = ascii(first) + "." + ascii(last) + number + "@mail.example";
    return new Customer(
        "usr-" + dice.hex(8), first + " " + last, email, home.country(), home.currency());
  }

  /** Without accents and signs, as people choose their addresses. */
  private static String ascii(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z]", "")
        .toLowerCase(Locale.ROOT);
  }
}
