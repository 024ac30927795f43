package dev.wadi.supply;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code docs/licences.md}. */
final class LicencesPage {

  private LicencesPage() {}

  static String of(List<Bill.Part> parts) {
    Map<String, Integer> counts = new TreeMap<>();
    parts.forEach(part -> counts.merge(String.join(" or ", part.licences()), 1, Integer::sum));
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Licences

        Wadi's own licence: none has been chosen yet. The repository has no LICENSE file, so nobody but its owners may use, change or pass on Wadi itself until they add one.

        The jars beside it, in `target/lib`, are other people's, and each may be had under one of the licences below. This page is made from the build's bill of materials (`target/wadi.cdx.json`, CycloneDX), which takes them from the jars' own POMs; `BillOfMaterialsIT` fails if a jar is missing from it, or has no licence that is allowed there. Where several are named, one may be chosen: of the two under `EPL-2.0 or GPL-2.0-with-classpath-exception`, for example, EPL-2.0.

        | licence | jars |
        |---|---|
        """);
    counts.forEach((licence, count) -> page.append("| %s | %d |\n".formatted(licence, count)));
    page.append("\n| jar | version | licence |\n|---|---|---|\n");
    parts.forEach(
        part ->
            page.append(
                "| %s:%s | %s | %s |\n"
                    .formatted(
                        part.group(),
                        part.name(),
                        part.version(),
                        String.join(" or ", part.licences()))));
    return page.toString();
  }
}
