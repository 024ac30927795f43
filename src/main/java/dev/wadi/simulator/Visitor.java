package dev.wadi.simulator;

import java.util.List;

/** Somebody who comes to the website again and again, from one place and with one browser. */
final class Visitor {

  private record Agent(
      String browser,
      String version,
      String os,
      String device,
      int width,
      int height,
      String raw) {}

  private record Place(
      String country, String city, String timezone, double latitude, double longitude) {}

  private static final List<Agent> AGENTS =
      List.of(
          new Agent(
              "Chrome",
              "141.0.0.0",
              "Windows 11",
              "desktop",
              1920,
              1080,
              "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/141.0.0.0 Safari/537.36"),
          new Agent(
              "Safari",
              "26.0",
              "iOS 26",
              "phone",
              393,
              852,
              "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                  + " like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"),
          new Agent(
              "Firefox",
              "144.0",
              "Linux",
              "desktop",
              2560,
              1440,
              "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"),
          new Agent(
              "Chrome",
              "141.0.0.0",
              "Android 16",
              "phone",
              412,
              915,
              "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/141.0.0.0 Mobile Safari/537.36"),
          new Agent(
              "Safari",
              "26.0",
              "macOS 26",
              "desktop",
              1512,
              982,
              "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like"
                  + " Gecko) Version/26.0 Safari/605.1.15"));
  private static final List<Place> PLACES =
      List.of(
          new Place("DE", "Köln", "Europe/Berlin", 50.94, 6.96),
          new Place("FR", "Orléans", "Europe/Paris", 47.9, 1.91),
          new Place("GB", "Leeds", "Europe/London", 53.8, -1.55),
          new Place("US", "Portland", "America/Los_Angeles", 45.52, -122.68),
          new Place("BR", "São Paulo", "America/Sao_Paulo", -23.55, -46.63),
          new Place("IN", "Pune", "Asia/Kolkata", 18.52, 73.86),
          new Place("JP", "京都", "Asia/Tokyo", 35.01, 135.77),
          new Place("ZA", "Durban", "Africa/Johannesburg", -29.86, 31.02));

  private final String id;
  private final String user;
  private final String ip;
  private final Agent agent;
  private final Place place;
  private int sessions;

  Visitor(Dice dice) {
    id = dice.uuid();
    user = dice.chance(0.35) ? "usr-" + dice.hex(8) : null;
    // of the blocks that RFC 5737 sets aside for documentation
    ip = dice.pick(List.of("192.0.2.", "198.51.100.", "203.0.113.")) + dice.between(1, 254);
    agent = dice.pick(AGENTS);
    place = dice.pick(PLACES);
  }

  /** Counts a visit; how many there were with this one. */
  int comes() {
    return ++sessions;
  }

  boolean isMember() {
    return user != null;
  }

  void write(JsonText json, int visit, boolean signedIn) {
    json.open("visitor").plain("id", id).flag("is_new", visit == 1);
    if (signedIn) {
      json.plain("user_id", user);
    }
    json.close();
    json.open("user_agent").plain("raw", agent.raw());
    json.open("browser").plain("name", agent.browser()).plain("version", agent.version()).close();
    json.plain("os", agent.os());
    json.open("device").plain("type", agent.device());
    json.open("screen").number("width", agent.width()).number("height", agent.height());
    json.close().close().close();
    json.open("location").plain("ip", ip).plain("country_code", place.country());
    json.text("city", place.city()).plain("timezone", place.timezone());
    json.number("latitude", place.latitude()).number("longitude", place.longitude()).close();
  }
}
