package dev.wadi.simulator;

import dev.wadi.simulator.JsonText.Members;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What becomes of one visit to the shop: products are viewed and put into the cart, an order is
 * placed and paid, its parcel sent and delivered, or it ends on the way.
 */
final class OrderStory {

  private record Product(String sku, String title, int cents) {}

  private static final List<Product> PRODUCTS =
      List.of(
          new Product("BAG-20", "Rucksack \"Wanderer\" 20 l", 7_990),
          new Product("BTL-07", "Bottle, 0.7 l", 2_450),
          new Product("LMP-01", "Head lamp, 400 lm", 4_999),
          new Product("MAP-AT", "Map: Österreich 1:50 000", 1_290),
          new Product("SCK-3P", "Socks, 3 pairs", 1_895),
          new Product("STV-12", "Stove & pot", 11_900),
          new Product("TNT-02", "Tent for two", 28_900));
  private static final List<String> METHODS = List.of("card", "paypal", "invoice", "direct debit");
  private static final List<String> REFUSALS =
      List.of("insufficient_funds", "card_expired", "suspected_fraud", "timeout");
  private static final List<String> CARRIERS = List.of("DHL", "PostNL", "UPS");
  private static final List<String> REASONS = List.of("wrong size", "damaged", "changed my mind");

  private final Dice dice;
  private final Customer customer;
  private final String correlation;
  private final String order;
  private final List<Product> cart = new ArrayList<>();
  private final Queue<ShopEvent> events = new ArrayDeque<>();
  private long now;

  private OrderStory(Dice dice, Customer customer, long start) {
    this.dice = dice;
    this.customer = customer;
    this.correlation = dice.uuid();
    this.order = "ord-" + dice.hex(8);
    this.now = start;
  }

  /** What happens when a customer comes at {@code start}, in the order of the moments. */
  static Queue<ShopEvent> tell(Dice dice, Customer customer, long start) {
    OrderStory story = new OrderStory(dice, customer, start);
    story.look();
    if (!story.cart.isEmpty() && dice.chance(0.7) && story.pay()) {
      story.ship();
    }
    return story.events;
  }

  private void look() {
    if (dice.chance(0.08)) {
      boolean news = dice.chance(0.3);
      event("account:user:registered", "accounts", json -> json.flag("newsletter", news));
      now += dice.around(1);
    }
    int views = dice.between(1, 5);
    for (int i = 0; i < views; i++) {
      Product product = dice.pick(PRODUCTS);
      event("catalog:product:viewed", "catalog", json -> write(json, product));
      now += dice.around(0.8);
      if (dice.chance(0.45)) {
        cart.add(product);
        int quantity = dice.chance(0.9) ? 1 : dice.between(2, 4);
        event(
            "cart:item:added",
            "cart",
            json -> {
              write(json, product);
              json.number("quantity", quantity);
            });
        now += dice.around(0.3);
      }
    }
  }

  private boolean pay() {
    String method = dice.pick(METHODS);
    event("checkout:order:placed", "checkout", this::writeOrder);
    now += dice.around(0.5);
    while (dice.chance(0.1)) {
      String why = dice.pick(REFUSALS);
      payment("payment:order:declined", method, json -> json.plain("reason", why));
      if (dice.chance(0.3)) {
        event("checkout:order:abandoned", "checkout", this::writeOrder);
        return false;
      }
      now += dice.around(2);
    }
    int score = dice.between(0, 100);
    payment("payment:order:completed", method, json -> json.number("risk_score", score));
    return true;
  }

  private void ship() {
    String carrier = dice.pick(CARRIERS);
    String parcel = carrier.substring(0, 2).toUpperCase(java.util.Locale.ROOT) + dice.hex(16);
    now += dice.around(300);
    parcel("shipping:parcel:dispatched", carrier, parcel);
    now += dice.around(1_500);
    if (dice.chance(0.01)) {
      parcel("shipping:parcel:lost", carrier, parcel);
      refund("parcel lost");
      return;
    }
    parcel("shipping:parcel:delivered", carrier, parcel);
    if (dice.chance(0.06)) {
      now += dice.around(3_000);
      refund(dice.pick(REASONS));
    }
  }

  private void payment(String name, String method, Members more) {
    event(
        name,
        "payments",
        json -> {
          writeOrder(json);
          json.plain("method", method).members(more);
        });
  }

  private void parcel(String name, String carrier, String parcel) {
    double kilograms = dice.between(2, 80) / 10.0;
    event(
        name,
        "shipping",
        json -> {
          json.plain("order_id", order);
          json.open("parcel").plain("id", parcel).plain("carrier", carrier);
          json.number("weight_kg", kilograms).close();
        });
  }

  private void refund(String reason) {
    event(
        "payment:refund:issued",
        "payments",
        json -> {
          writeOrder(json);
          json.plain("reason", reason);
        });
  }

  private void event(String name, String service, Members data) {
    events.add(
        new ShopEvent(now, dice.uuid(), name, correlation, customer, service + "-api", data));
  }

  private static void write(JsonText json, Product product) {
    json.plain("sku", product.sku()).text("title", product.title());
    json.number("price", product.cents() / 100.0);
  }

  private void writeOrder(JsonText json) {
    json.plain("order_id", order).number("items", cart.size());
    json.number("amount", cart.stream().mapToInt(Product::cents).sum() / 100.0);
    json.plain("currency", customer.currency());
  }
}
