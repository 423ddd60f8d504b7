// The clinic, as somebody with an outage uses it: public cases, retold, each with its right answer.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { accessible, expect, fits, test } from "./site.js";

const error = (size, overflow, timeout) => `sqlalchemy.exc.TimeoutError: QueuePool limit of size ${size} overflow ${overflow} reached, connection timed out, timeout ${timeout} (Background on this error at: https://sqlalche.me/e/20/3o7r)`;
const found = (page) => page.locator('[data-figure="found"]');
const cause = (page) => page.locator('.cause button[aria-expanded="true"]');
const causes = (page) => page.locator(".cause > button");

async function bring(page, text) {
  await page.goto("clinic/");
  await page.getByRole("textbox", { name: "Your error, traceback, log or configuration" }).fill(text);
  await page.getByRole("button", { name: "Look at it" }).click();
  await expect(found(page)).toBeVisible();
}

test("an error shows the reader's own pool, the error in their words, and a cure that works", async ({ page, complaints }) => {
  await bring(page, `Traceback (most recent call last):\n  File "/app/main.py", line 42, in checkout\n${error(3, 2, "7.00")}`);
  await expect(found(page)).toHaveText("Found: 1 thing.");
  await expect(cause(page)).toHaveText("A connection is held while something slow runs");
  const status = page.locator('#clinic [data-figure="status"]');
  await expect(status).toContainText("Pool size: 3");
  await expect(page.locator('[data-figure="first-error"]')).toContainText("QueuePool limit of size 3 overflow 2 reached, connection timed out, timeout 7.00");
  // The cure, in the same world: nothing times out.
  const cured = page.locator(".cure").first().getByRole("row", { name: "Time-outs" }).locator("td");
  expect(Number(await cured.nth(0).textContent())).toBeGreaterThan(0);
  await expect(cured.nth(1)).toHaveText("0");
  await page.getByRole("button", { name: /^Cured: / }).first().click();
  await expect(page.locator("#clinic-picture.live")).toBeInViewport();
  await expect(page.locator("#clinic").getByRole("button", { name: "Play", exact: true })).toBeVisible(); // it has played, in short
  await expect(page.locator("#clinic dt", { hasText: "Time-outs" }).locator("xpath=..")).toContainText(/0$/u);
  // Each further cause can be seen, too.
  for (const name of ["Connections are taken and not returned", "The pool is too small for the load"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(cause(page)).toHaveText(name);
    await expect(page.locator('[data-figure="first-error"]')).toContainText("QueuePool limit of size 3 overflow 2 reached");
  }
  // Taken along: the numbers, and nothing of the paste.
  const link = page.getByRole("link", { name: "Open this world in the playground" });
  const address = await link.getAttribute("href");
  expect(address).toContain("pool_size=3");
  expect(address).not.toContain("main.py");
  await link.click();
  await expect(page.locator("#playground-picture.live")).toBeVisible();
  await expect(page.locator('#playground [data-figure="status"]').first()).toContainText("Pool size: 3");
  await expect(page.locator(".complaint:not(:empty)")).toHaveCount(0);
});

for (const [name, text, answers] of [
  ["R01: keys that nobody reads", 'app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql+psycopg2://svc@db.internal/notices"\napp.config["SQLALCHEMY_POOL_SIZE"] = 12\napp.config["SQLALCHEMY_POOL_TIMEOUT"] = 20\napp.config["SQLALCHEMY_POOL_RECYCLE"] = 240\n',
    [/QueuePool: .*pool_size 5, max_overflow 10, pool_timeout 30, pool_recycle -1/u, /SQLALCHEMY_POOL_SIZE is ignored since Flask-SQLAlchemy 3\.0/u]],
  ["R02: NullPool takes no sizes", 'options = {"pool_size": 8, "max_overflow": 2, "pool_timeout": 15, "pool_pre_ping": True}\noptions.update(poolclass=NullPool)\nengine = create_engine("postgresql+psycopg://svc@pooler:6432/ledger", **options)\n',
    [/TypeError: Invalid argument\(s\) 'pool_size','max_overflow','pool_timeout' sent to create_engine\(\), using configuration PGDialect_psycopg\/NullPool\/Engine\./u]],
  ["R06: an ini file", "[app:main]\nsqlalchemy.url = mysql+pymysql://web@db/catalogue\nsqlalchemy.pool_size = 4\n# each morning: (2006, \"MySQL server has gone away\")\n",
    [/QueuePool: .*pool_size 4/u, /gone away/u]],
  ["R13: too many clients", 'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at "10.0.0.7", port 5432 failed:\nFATAL:  sorry, too many clients already',
    [/All pools together may open more than the server allows/u]],
  ["R17: the garbage collector", "2026-05-03 08:12:44,018 ERROR sqlalchemy.pool.impl.AsyncAdaptedQueuePool The garbage collector is trying to clean up non-checked-in connection <AdaptedConnection <asyncpg.connection.Connection object at 0x7f10c2d0b6a0>>, which will be terminated.  Please ensure that SQLAlchemy pooled connections are returned to the pool explicitly.",
    [/Connections are taken and not returned|A task was cancelled/u, /The place in the warning is where the garbage collector ran/u]],
]) {
  test(name, async ({ page, complaints }) => {
    await bring(page, text);
    for (const answer of answers) await expect(page.locator("main")).toContainText(answer);
  });
}

test("secrets are masked before anything is kept, and nothing is sent", async ({ page, baseURL, complaints }) => {
  const asked = [];
  await page.goto("clinic/");
  await expect(page.locator("#clinic-text")).toBeVisible();
  page.on("request", (request) => request.url().startsWith(baseURL) || request.url().startsWith("blob:") || asked.push(request.url()));
  const secrets = ["hunter2", "p@ss/w0rd", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijklmnop", "AKIAIOSFODNN7EXAMPLE", "jane@example.org"];
  await page.locator("#clinic-text").fill(`engine = create_engine("postgresql://web:${secrets[0]}@db/shop", pool_size=4)\nDATABASE_URL=mysql://root:${secrets[1]}@db/x\nAuthorization: Bearer ${secrets[2]}\naws_access_key_id=${secrets[3]}\n[SQL: SELECT 1]\n[parameters: ('${secrets[4]}', 7)]\n${error(4, 10, "30.00")}\n`);
  await page.getByRole("button", { name: "Look at it" }).click();
  await expect(page.locator('[data-figure="masked"]')).toContainText("Masked before anything was kept:");
  await page.getByText("As Markdown, for an issue or a chat").click();
  const kept = await page.evaluate(async () => {
    const fields = [...document.querySelectorAll("textarea")].map((field) => field.value);
    const links = [...document.querySelectorAll("a")].map((link) => link.href);
    return JSON.stringify([document.documentElement.outerHTML, fields, links, { ...sessionStorage }, { ...localStorage }, location.href]);
  });
  for (const secret of secrets) expect(kept).not.toContain(secret);
  // After a reload the case is there again, masked.
  await page.reload();
  await expect(found(page)).toBeVisible();
  expect(asked).toEqual([]);
});

test("a case is one file that plays from the disk, asks for nothing, and keeps no secret", async ({ page, context, complaints }, info) => {
  await bring(page, `password=hunter2 ${error(5, 10, "30.00")}`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-figure=as-file]").click()]);
  await expect(page.locator("[data-figure=as-file-said]")).toHaveText(`${download.suggestedFilename()} is in your downloads.`);
  const path = info.outputPath("case.html");
  await download.saveAs(path);
  const file = await context.newPage();
  const asked = [];
  file.on("request", (request) => asked.push(request.url()));
  file.on("console", (message) => complaints.push(message.text()));
  file.on("pageerror", (error) => complaints.push(error.message));
  await file.goto(`file://${path}`);
  await expect(file.getByRole("heading", { level: 1 })).toHaveText(`A likely cause: ${await page.locator(".watch legend").textContent()}`);
  expect(await file.content()).not.toContain("hunter2");
  // Both films stand at the moment that tells most, and play from there to their end.
  const figure = file.locator("figure").first();
  const [slider, said, button] = [figure.getByRole("slider"), figure.locator("output"), figure.getByRole("button")];
  const stood = await said.textContent();
  const painted = () => figure.locator("canvas").last().evaluate((canvas) => canvas.toDataURL().length);
  expect(await painted()).toBeGreaterThan(2_000);
  await button.click();
  await expect(button).toHaveText("Pause");
  await expect(said).not.toHaveText(stood);
  await button.click();
  await expect(button).toHaveText("Play");
  await slider.focus();
  await file.keyboard.press("Home");
  const { begins } = JSON.parse(await figure.locator("script").textContent());
  await expect(said).toHaveText(`${begins.toFixed(1)} s`);
  await expect(slider).toHaveAttribute("aria-valuetext", `${begins.toFixed(1)} s`);
  await expect(file.locator("figure").last().locator("output")).toHaveText(stood);
  expect(asked).toEqual([`file://${path}`]);
});

test("a frame that may not give files away says so", async ({ page }) => {
  await page.goto("clinic/#try-queuepool-limit");
  await page.evaluate(() => Object.defineProperty(window, "origin", { value: "null" }));
  await page.locator("[data-figure=as-file]").click();
  await expect(page.locator("[data-figure=as-file-said]")).toContainText("may not give files away");
});

test("files are opened and dropped; what is nothing is said to be", async ({ page, complaints }) => {
  await page.goto("clinic/");
  await page.locator('#clinic-box input[type="file"]').setInputFiles({ name: "app.log", mimeType: "text/plain", buffer: Buffer.from(`INFO start\n${error(7, 1, "5.00")}\n`) });
  await expect(page.getByText("app.log is read.")).toBeVisible();
  await expect(page.locator('#clinic [data-figure="status"]')).toContainText("Pool size: 7");
  await bring(page, "Lorem ipsum dolor sit amet");
  await expect(found(page)).toHaveText("Nothing here is known as an error of a pool, or as its configuration.");
  await expect(page.locator("#clinic")).toBeHidden();
});

test("white space alone is said to be nothing; a refused engine has its own cure; a pool without a limit a reason", async ({ page, complaints }) => {
  await page.goto("clinic/");
  await page.getByRole("textbox", { name: "Your error, traceback, log or configuration" }).fill("  \n\t\n ");
  await page.getByRole("button", { name: "Look at it" }).click();
  await expect(page.locator("#clinic-box")).toContainText("nothing but white space");
  await bring(page, "TypeError: Invalid argument(s) 'pool_size' sent to create_engine(), using configuration PGDialect_psycopg2/NullPool/Engine.");
  await expect(page.locator("#clinic-cures")).toContainText("Remove the arguments that the message names");
  await bring(page, error(4000, 1000, "30.00"));
  await expect(page.locator('[data-figure="why-no-world"]')).toContainText("5000 connections");
  await bring(page, error(5, 10, "86400.00"));
  await expect(page.locator('[data-figure="cut-timeout"]')).toContainText("Here it is 600 s");
  await expect(page.locator('[data-figure="first-error"]')).toContainText("timeout 600.00");
});

const logs = (name) => readFileSync(new URL(`../paste/logs/${name}`, import.meta.url));
const file = (page) => page.locator('#clinic-box input[type="file"]');

test("a pool's log becomes a run on the lot: who held longest, what timed out, and the same before another pool", async ({ page, complaints }) => {
  await page.goto("clinic/");
  await file(page).setInputFiles({ name: "pool.log.gz", mimeType: "application/gzip", buffer: gzipSync(logs("threads.log")) });
  await expect(page.getByText("pool.log.gz is read.")).toBeVisible();
  await expect(page.locator('[data-figure="log"]')).toContainText(/^QueuePool, process \d+: 9 checkouts in .* at most 3 at the same time, 1 time-out, 1 still out/u);
  await expect(page.getByRole("heading", { name: "Held longest" })).toBeVisible();
  await page.getByRole("button", { name: "The first time-out" }).click();
  await expect(page.locator('[data-figure="log-shown"]')).toHaveText("Every checkout of this pool in the log.");
  await expect(page.locator("#clinic-picture.live")).toBeInViewport();
  const status = page.locator('#clinic [data-figure="status"]');
  await expect(status).toContainText("Current Checked out connections: 3");
  // The recorder's file says who, and since when.
  await file(page).setInputFiles({ name: "pool.jsonl", mimeType: "application/json", buffer: logs("threads.jsonl") });
  await expect(page.locator("#clinic-log")).toContainText("Recorded waits:");
  await expect(page.getByRole("heading", { name: "Lines of code that hold connections" })).toBeVisible();
  await expect(page.locator("#clinic-log")).toContainText("pool_log.py:");
  await page.getByLabel("pool_size").fill("many");
  await page.getByRole("button", { name: "Play it with these" }).click();
  await expect(page.locator("#clinic-log [role=alert]")).not.toBeEmpty();
  await page.getByLabel("pool_size").fill("10");
  await page.getByRole("button", { name: "Play it with these" }).click();
  const timeouts = page.locator('[data-figure="otherwise"]').getByRole("row", { name: "Time-outs" }).locator("td");
  await expect(timeouts.nth(0)).toHaveText("1");
  await expect(timeouts.nth(1)).toHaveText("0");
});

test("a long log is read in pieces, with progress, and can be stopped", async ({ page, complaints }) => {
  await page.goto("clinic/");
  await expect(page.locator(".paste-box")).toBeVisible();
  // Made in the page: a file of so many bytes does not go through the driver.
  const drop = (lines) => page.evaluate((lines) => {
    const parts = [];
    for (let line = 0; line < lines; line += 2) {
      const stamp = new Date(Date.UTC(2026, 4, 3) + line * 5).toISOString().replace("T", " ").replace("Z", "").replace(".", ",");
      const prefix = `${stamp} DEBUG sqlalchemy.pool.impl.QueuePool Connection <psycopg.Connection [IDLE] (host=db) at 0x7f${(line % 16).toString(16)}> `;
      parts.push(`${prefix}checked out from pool\n${prefix}being returned to pool\n`);
    }
    const transfer = new DataTransfer();
    transfer.items.add(new File(parts, "long.log"));
    document.querySelector(".paste-box").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, lines);
  await drop(60_000);
  await expect(page.getByText("long.log is read.")).toBeVisible();
  await expect(page.locator('[data-figure="log"]')).toContainText("30,000 checkouts");
  await drop(400_000);
  await page.getByRole("button", { name: "Stop reading" }).click();
  await expect(page.getByText("long.log is read no further.")).toBeVisible();
});

test("a file is followed while a program writes it", async ({ page, complaints }) => {
  await page.addInitScript(() => {
    // The picker gives a file of the page's own, which grows when the test says so.
    const first = "2026-05-03 08:12:40,000 DEBUG sqlalchemy.pool.impl.QueuePool Created new connection <C 1>\n2026-05-03 08:12:40,010 DEBUG sqlalchemy.pool.impl.QueuePool Connection <C 1> checked out from pool\n";
    globalThis.written = first;
    globalThis.showOpenFilePicker = async () => [{ getFile: async () => new File([globalThis.written], "pool.log") }];
  });
  await page.goto("clinic/");
  const status = page.locator(".paste-box [role=status]");
  await page.getByRole("button", { name: "Follow a file that grows" }).click();
  await expect(status).toHaveText("Following pool.log: 1 checkout so far.");
  await expect(page.locator("#clinic-picture.live")).toBeVisible();
  const checkedOut = page.locator('#clinic [data-figure="status"]');
  await expect(checkedOut).toContainText("Current Checked out connections: 1");
  await page.evaluate(() => (globalThis.written += "2026-05-03 08:12:41,500 DEBUG sqlalchemy.pool.impl.QueuePool Created new connection <C 2>\n2026-05-03 08:12:41,510 DEBUG sqlalchemy.pool.impl.QueuePool Connection <C 2> checked out from pool\n2026-05-03 08:12:43,000 DEBUG sqlalchemy.pool.impl.QueuePool Connection <C 2> being returned to pool\n"));
  await expect(status).toHaveText("Following pool.log: 2 checkouts so far.");
  await expect(checkedOut).toContainText("Connections in pool: 1");
  // A shorter file is another one.
  await page.evaluate(() => (globalThis.written = globalThis.written.slice(0, 200)));
  await expect(status).toHaveText("Following pool.log: 1 checkout so far.");
  await page.getByRole("button", { name: "Stop reading" }).click();
  await expect(page.locator('[data-figure="log"]')).toContainText("1 checkout");
});

test("an error carries its scene: a link with its text, which is never sent", async ({ page, complaints }) => {
  const text = `TimeoutError: ${error(3, 2, "7.00")}\nPool size: 3  Connections in pool: 0 Current Overflow: 2 Current Checked out connections: 5\npostgresql://web:hunter2@db/shop`;
  await page.goto(`clinic/#text=${encodeURIComponent(text)}`);
  await expect(found(page)).toHaveText("Found: 2 things.");
  await expect(page.locator('#clinic [data-figure="status"]')).toContainText("Pool size: 3");
  expect(await page.locator("#clinic-text").inputValue()).not.toContain("hunter2");
  await expect(page.locator('[data-figure="scene"]')).toContainText(/return "http.*\/clinic\/#text=" \+ quote/u);
  await page.goto("clinic/#text=%E0%A4%A");
  await expect(page.locator("#clinic-text")).toBeVisible();
});

test("from the home page, by the box and by the button", async ({ page, complaints }) => {
  await page.goto("");
  await page.locator("#clinic-door").scrollIntoViewIfNeeded();
  const box = page.getByRole("textbox", { name: "Your error, traceback, log or configuration" });
  await box.fill(error(6, 4, "30.00"));
  await page.locator("#clinic-door").getByRole("button", { name: "Look at it" }).click();
  await expect(page.locator('#clinic [data-figure="status"]')).toContainText("Pool size: 6");
  await page.evaluate(() => sessionStorage.clear());
  await page.goto("");
  await page.getByRole("link", { name: "I got “QueuePool limit…”" }).click();
  await expect(page.locator("#clinic-text")).toBeInViewport();
  await expect(page.locator('#clinic [data-figure="status"]')).toContainText("Pool size: 5");
});

test("each error can be tried", async ({ page, complaints }) => {
  await page.goto("clinic/");
  const names = await page.locator(".error-page h3").evaluateAll((titles) => titles.map((title) => title.id));
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    await page.locator(`.error-page:has(#${name})`).getByRole("link", { name: "See it happen" }).click();
    await expect(found(page), name).toContainText("Found: ");
    await expect(causes(page).first(), name).toBeVisible();
  }
});

test("the errors read without JavaScript", async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false, baseURL })).newPage();
  await page.goto("clinic/#gone-away");
  await expect(page.locator("#gone-away")).toBeInViewport();
  await expect(page.locator(".error-page").first()).toContainText("It does not say:");
  await page.context().close();
});

for (const [width, colorScheme] of [[1280, "light"], [390, "dark"], [320, "light"]]) {
  test(`axe finds nothing, and nothing scrolls sideways, ${colorScheme}, ${width} px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await bring(page, `engine = create_engine("postgresql://web@db/shop", pool_size=2 * 4, max_overflow=settings.EXTRA)\n${error(8, 10, "30.00")}`);
    await expect(page.locator("#clinic-picture.live")).toBeAttached();
    for (const details of await page.locator("#cure details").all()) await details.locator("summary").click();
    await accessible(page);
    await fits(page, width);
    await file(page).setInputFiles({ name: "pool.jsonl", mimeType: "application/json", buffer: logs("threads.jsonl") });
    await expect(page.getByRole("heading", { name: "Held longest" })).toBeVisible();
    await accessible(page);
    await fits(page, width);
  });
}

test("by keyboard alone: from the box to the cure", async ({ page, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("clinic/");
  await page.locator("#clinic-text").focus();
  await page.keyboard.insertText(error(5, 10, "30.00"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(causes(page).first()).toBeVisible();
  await causes(page).nth(1).focus();
  await page.keyboard.press("Enter");
  await expect(cause(page)).toHaveText(await causes(page).nth(1).textContent());
  const cured = page.getByRole("button", { name: /^Cured: / }).first();
  await cured.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#clinic-picture")).toBeInViewport();
});
