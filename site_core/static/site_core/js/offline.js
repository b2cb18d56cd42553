/* The page shown without a network: lists the pages that this device has kept, newest first. */
const list = document.querySelector("[data-kept-pages]");
const languages = [...document.querySelectorAll("a[hreflang]")].map((link) => link.hreflang);
const isPage = new RegExp(`^/(${languages.join("|")})/`);

async function keptPages() {
  const pages = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const path = new URL(request.url).pathname;
      if (!isPage.test(path) || path.endsWith("/offline/")) continue;
      const response = await cache.match(request, { ignoreVary: true });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      pages.push({ path, page, at: new Date(response.headers.get("Date")) });
    }
  }
  return pages.sort((one, other) => other.at - one.at);
}

function row({ path, page, at }) {
  const item = list.querySelector("template").content.cloneNode(true);
  const link = item.querySelector("a");
  link.href = path;
  const title = item.querySelector("b");
  title.textContent = page.querySelector("h1")?.textContent.trim() || page.title;
  title.lang = page.querySelector("h1")?.lang || page.documentElement.lang;
  item.querySelector(".of").textContent = `${at.getDate()}.${at.getMonth() + 1}.`;
  return item;
}

async function show() {
  const pages = await keptPages();
  list.querySelector("ul").replaceChildren(...pages.map(row));
  list.hidden = !pages.length;
}

list.querySelector("button").addEventListener("click", async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const path = new URL(request.url).pathname;
      if (isPage.test(path) && !path.endsWith("/offline/")) await cache.delete(request, { ignoreVary: true });
    }
  }
  await show();
  document.querySelector("main").focus();
});

if (self.caches) show().catch(() => {});
