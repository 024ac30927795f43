// Asks for the status each second and shows it. Every value goes in as text, never as markup.
"use strict";

const EVERY_MS = 1000;
// outcomes are counted when a commit stands, and leave "in flight" when their batch ends a moment
// later: only what stays is an imbalance
const LOOKS_UNTIL_UNBALANCED = 15;
const COMMITS_SHOWN = 8;

const number = new Intl.NumberFormat("en");
const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const one = (id) => document.getElementById(id);

let unbalancedLooks = 0;

function span(seconds) {
  const s = Math.floor(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${oneDecimal.format(bytes / 1024)} KB`;
  if (bytes < 1024 ** 3) return `${oneDecimal.format(bytes / 1024 ** 2)} MB`;
  return `${oneDecimal.format(bytes / 1024 ** 3)} GB`;
}

/** Fills a table's body; a cell is text, or {text, as} with a class. */
function fill(id, rows) {
  const body = one(id);
  if (rows.length === 0) return;
  body.replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement("tr");
      for (const cell of cells) {
        const td = document.createElement("td");
        if (typeof cell === "object") {
          td.className = cell.as;
          td.textContent = cell.text;
        } else {
          td.textContent = cell;
        }
        row.append(td);
      }
      return row;
    }),
  );
}

const numeric = (text) => ({ text, as: "number" });

function showTotals(totals) {
  const shown = { ...totals, taken: totals.received - totals.returned };
  for (const place of document.querySelectorAll("[data-total]")) {
    place.textContent = number.format(shown[place.dataset.total]);
  }
  for (const place of document.querySelectorAll("[data-share]")) {
    place.style.flexGrow = shown[place.dataset.share];
  }
  unbalancedLooks = totals.balanced ? 0 : unbalancedLooks + 1;
  const broken = unbalancedLooks >= LOOKS_UNTIL_UNBALANCED;
  one("equals").textContent = broken ? "≠" : "=";
  one("verdict").className = broken ? "bad" : unbalancedLooks > 0 ? "" : "good";
  one("verdict").textContent = broken
    ? "It does not balance: see the log, and run wadi verify."
    : unbalancedLooks > 0
      ? "A commit is being counted."
      : "✓ It balances.";
  const outside = [];
  if (totals.returned > 0) {
    outside.push(`${number.format(totals.returned)} were given back to be received again.`);
  }
  if (totals.redelivered > 0) {
    outside.push(`${number.format(totals.redelivered)} redelivered ones had landed before.`);
  }
  one("outside").textContent = outside.join(" ");
}

function show(status) {
  one("phase").textContent = status.phase;
  one("phase").className = status.phase === "running" ? "state good" : "state";
  one("profile").textContent = status.profile;
  one("uptime").textContent = span(status.uptime_seconds);
  one("rate").textContent = oneDecimal.format(status.events_per_second);
  one("lag").textContent = `${oneDecimal.format(status.lag_seconds)} s`;
  document.title = `Wadi: ${number.format(status.totals.landed)} landed`;
  showTotals(status.totals);
  fill(
    "commits",
    status.commits.slice(0, COMMITS_SHOWN).map((commit) => [
      commit.id,
      new Date(commit.committed_at).toLocaleTimeString(),
      numeric(number.format(commit.rows)),
      numeric(number.format(commit.files)),
      numeric(size(commit.bytes)),
      numeric(`${commit.seconds.toFixed(2)} s`),
    ]),
  );
  fill(
    "sources",
    status.sources.map((source) => [
      source.archive ? `${source.name} (archives dead letters)` : source.name,
      numeric(number.format(source.received)),
      numeric(number.format(source.returned)),
      numeric(number.format(source.landed)),
      numeric(number.format(source.redelivered)),
      numeric(number.format(source.in_flight)),
      numeric(`${oneDecimal.format(source.lag_seconds)} s`),
    ]),
  );
  fill(
    "routes",
    status.routes.map((route) => [
      route.id,
      { text: route.state, as: route.state === "started" ? "state good" : "state bad" },
      numeric(number.format(route.exchanges)),
      { text: number.format(route.failures), as: route.failures > 0 ? "number failed" : "number" },
      { text: describe(route), as: "quiet" },
    ]),
  );
}

// What a route is for, and its file if it is one of the user's.
function describe(route) {
  const own = route.file === "" || route.file.startsWith("classpath:");
  return own ? route.description : `${route.description} (${route.file.replace(/^file:/, "")})`.trim();
}

async function poll() {
  try {
    const answer = await fetch("api/status", { cache: "no-store" });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    show(await answer.json());
    one("trouble").hidden = true;
  } catch (e) {
    if (one("trouble").hidden) {
      const since = new Date().toLocaleTimeString();
      one("trouble").textContent = `Wadi has not answered since ${since}; what you see is old.`;
      one("trouble").hidden = false;
      one("phase").className = "state bad";
      one("phase").textContent = "no answer";
    }
  }
  setTimeout(poll, EVERY_MS);
}

one("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(one("query").textContent);
    one("copy").textContent = "Copied";
  } catch (e) {
    // no clipboard without HTTPS or loopback: select it, so that a key copies it
    getSelection().selectAllChildren(one("query"));
    one("copy").textContent = "Selected";
  }
  setTimeout(() => (one("copy").textContent = "Copy"), 1500);
});

poll();
