/* A limit takes effect as soon as it is chosen: the same address is fetched and its results change
   places with these. Whatever fails, the form is sent as it would be without this script. */
let waiting;

const part = (page, name) => page.querySelector(`[data-part="${name}"]`);
const address = () => location.pathname + location.search;
let shown = address();

/* Names an element so that its like is found in the new page: by id, or by name and value. */
function selectorOf({ id, name, value, tagName }) {
  if (id) return `#${CSS.escape(id)}`;
  return name ? `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]` : tagName.toLowerCase();
}

/* Groups that stand open stay open. */
function keepOpen(before, after) {
  for (const old of before.querySelectorAll("details")) {
    const name = old.classList.contains("facets") ? "" : old.querySelector("input")?.name;
    const like = name ? after.querySelector(`details.more:has([name="${name}"])`) : after.querySelector(".facets");
    if (like) like.open = old.open;
  }
}

function show(page) {
  const focused = document.activeElement;
  const inside = part(document, "listing").contains(focused) && selectorOf(focused);
  const words = document.querySelector("#q");
  keepOpen(part(document, "listing"), part(page, "listing"));
  for (const name of ["seek", "listing"]) part(document, name).replaceChildren(...part(page, name).childNodes);
  if (words) document.querySelector("#q").value = words.value;
  for (const lasting of ["h1", "[role=status]"]) // a live region is read when its words change
    document.querySelector(lasting).replaceChildren(...page.querySelector(lasting).childNodes);
  document.title = page.title;
  const links = page.querySelectorAll("a[hreflang]");
  document.querySelectorAll("a[hreflang]").forEach((link, n) => (link.href = links[n].href));
  if (inside) (part(document, "listing").querySelector(inside) || document.querySelector("main")).focus({ preventScroll: true });
}

async function load(url, push) {
  waiting?.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const response = await fetch(url, { signal });
  const html = await response.text();
  if (!response.ok || signal.aborted) throw signal.reason || new Error(response.status);
  if (push) history.pushState(null, "", url);
  shown = address();
  show(new DOMParser().parseFromString(html, "text/html"));
}

function take(event) {
  const form = event.target.closest(".facets form");
  if (!form || new URL(form.action).pathname !== location.pathname) return;
  event.preventDefault();
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  const url = new URL(form.action);
  url.search = new URLSearchParams(chosen);
  load(url, true).catch((error) => error.name === "AbortError" || form.submit());
}

addEventListener("change", take);
addEventListener("submit", take);
addEventListener("popstate", () => {
  if (address() !== shown) load(location.href, false).catch(() => location.reload());
});
