"use strict";
// Everything that came from a post enters the page as text (textContent), never as markup.

const PER_TABLE = 12, PER_PAGE = 10; // rows, pieces of evidence
const WHAT = {
  sentences: "Sentences as the program finds them, and it errs; the cue is marked.", posts: "Posts.", mentions: "Mentions of the name, each in its sentence.",
  pair: "Sentences that name both.", word: "Sentences with the word.", topic: "Posts that hold some of the topic.", notes: "Notes and addresses that cite it.",
  "hand codes": "Sentences coded by hand, with what the tagger says of them.", points: "The marks that it is taken between or drawn through.",
  event: "The event, and where its date is from.",
};
const [MARK, LABEL, CELLS, KIND, N, CATEGORY, PERIOD, HOLDER] = [0, 1, 2, 3, 4, 5, 6, 7];
const byId = (id) => document.getElementById(id);
const figures = new Map(JSON.parse(byId("figures").textContent).map((figure) => [figure.slug, figure]));
const form = byId("filters"), dialog = byId("evidence");
let store = null, opened = null, page = 0;

const evidence = () => (store ??= JSON.parse(byId("store").textContent));

function made(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function button(text, press) {
  const element = made("button", text);
  element.type = "button";
  element.addEventListener("click", press);
  return element;
}

// Filters: of tables by what a row is restricted to, of evidence by its post and its holder.

function chosen() {
  const { category, first, last, holder } = form.elements;
  const [from, to] = [first.value, last.value];
  const turned = from && to && from > to; // whoever asks from 2021 to 2017 means 2017 to 2021
  return { category: category.value, first: turned ? to : from, last: turned ? from : to, holder: holder.value };
}

function within(date, { first, last }) {
  const year = date.slice(0, 4);
  return (!first || year >= first) && (!last || year <= last);
}

function rowFits(row, asked) {
  return (!asked.category || !row[CATEGORY] || row[CATEGORY] === asked.category) && (!row[PERIOD] || within(row[PERIOD], asked)) &&
    (!asked.holder || !row[HOLDER] || row[HOLDER] === asked.holder);
}

function whole(row, asked) {
  const parts = [asked.category && !row[CATEGORY] && "all categories", (asked.first || asked.last) && !row[PERIOD] && "all years", asked.holder && !row[HOLDER] && "all holders"];
  return parts.filter(Boolean).join(", ");
}

function thingFits(thing, asked) {
  if (!thing.id) return true; // a mark or an event, not of a post
  return (!asked.category || (thing.categories ?? []).includes(asked.category)) && ((!asked.first && !asked.last) || (thing.date && within(thing.date, asked))) &&
    (!asked.holder || !thing.holder || thing.holder === asked.holder);
}

function said({ category, first, last, holder }) {
  const parts = [category && `category ${category}`, first && `from ${first}`, last && `to ${last}`, holder && (holder === "author" ? "held by the author" : "held by others")];
  return parts.filter(Boolean).join(", ");
}

// Tables.

function paged(pager, { count, per, at, what, turn }) {
  const pages = Math.max(1, Math.ceil(count / per));
  const turned = (step) => {
    turn(at + step);
    const [first, second] = pager.querySelectorAll("button"), wanted = step < 0 ? first : second;
    (wanted?.disabled ? pager.querySelector("button:enabled") : wanted)?.focus(); // at an end the other button takes the focus
  };
  const back = button("Previous", () => turned(-1)), on = button("Next", () => turned(1));
  back.disabled = at === 0;
  on.disabled = at >= pages - 1;
  const shown = made("span", count ? `${at * per + 1} to ${Math.min(count, (at + 1) * per)} of ${count.toLocaleString("en")} ${what}` : `No ${what}`, "count");
  pager.replaceChildren(...(pages > 1 ? [back, on, shown] : [shown]));
}

function opener(figure, index) {
  const row = figure.rows[index];
  const element = button(row[LABEL], () => show(figure, index));
  element.className = "open";
  return element;
}

function table(section, figure) {
  const body = section.querySelector("tbody"), pager = section.querySelector(".pager");
  if (!body) return () => {};
  const headings = [...section.querySelectorAll("thead .number")].map((cell) => cell.textContent);
  figure.numbers = (row) => row[CELLS].map((cell, k) => cell && `${headings[k]} ${cell}`).filter(Boolean).join(" · ");
  figure.said = (row) => `${row[LABEL]}: ${figure.numbers(row)}`;
  return function fill(at = 0) {
    const asked = chosen();
    const fitting = figure.rows.map((row, k) => k).filter((k) => rowFits(figure.rows[k], asked));
    body.replaceChildren(...fitting.slice(at * PER_TABLE, (at + 1) * PER_TABLE).map((k) => {
      const line = made("tr"), head = made("th");
      head.scope = "row";
      head.append(figure.rows[k][N] ? opener(figure, k) : figure.rows[k][LABEL]);
      const unasked = whole(figure.rows[k], asked);
      if (unasked) head.append(made("span", ` (${unasked})`, "aside"));
      line.append(head, ...figure.rows[k][CELLS].map((cell) => made("td", cell, "number")));
      return line;
    }));
    paged(pager, { count: fitting.length, per: PER_TABLE, at, what: "rows", turn: fill });
  };
}

// Places on a figure: one stop of the tab key a figure, arrow keys from mark to mark.

function places(section, figure) {
  const sheet = section.querySelector(".sheet"), tip = made("p", "", "tip");
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  const group = made("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", `Marks of this figure: arrow keys move, Enter shows what is behind one`);
  const marks = figure.places.filter(([index]) => figure.rows[index][N]).map(([index, ...box]) => {
    const place = button("", () => show(figure, index));
    const name = figure.said(figure.rows[index]);
    place.setAttribute("aria-label", name);
    place.tabIndex = -1;
    place.dataset.row = index;
    lay(place, box);
    const told = () => tell(tip, name, box);
    place.addEventListener("pointerenter", told);
    place.addEventListener("pointerleave", () => { tip.hidden = document.activeElement !== place; });
    place.addEventListener("focus", () => { told(); rove(marks, place); });
    place.addEventListener("blur", () => { tip.hidden = true; });
    return place;
  });
  if (!marks.length) return;
  sheet.parentElement.removeAttribute("tabindex"); // its marks can be reached, and scroll it
  marks[0].tabIndex = 0;
  group.addEventListener("keydown", (event) => {
    const at = marks.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    marks[Math.min(Math.max(to, 0), marks.length - 1)].focus();
  });
  group.append(...marks);
  sheet.append(group, tip);
}

function tell(tip, text, [left, top, width, height]) { // beside the mark, towards the middle of the figure
  tip.textContent = text;
  const { style } = tip, right = left + width / 2 > 0.5, low = top + height / 2 > 0.5;
  style.left = right ? "auto" : `${100 * left}%`;
  style.right = right ? `${100 * (1 - left - width)}%` : "auto";
  style.top = low ? "auto" : `calc(${100 * (top + height)}% + 0.8rem)`;
  style.bottom = low ? `calc(${100 * (1 - top)}% + 0.8rem)` : "auto";
  tip.hidden = false;
}

function lay(place, [left, top, width, height]) {
  const { style } = place, wide = `max(${100 * width}%, var(--smallest))`, high = `max(${100 * height}%, var(--smallest))`;
  style.width = wide;
  style.height = high;
  style.left = `calc(${100 * (left + width / 2)}% - ${wide} / 2)`;
  style.top = `calc(${100 * (top + height / 2)}% - ${high} / 2)`;
}

function rove(marks, place) {
  for (const mark of marks) mark.tabIndex = mark === place ? 0 : -1;
}

// Evidence.

function thing(k) {
  const { posts, texts, things } = evidence();
  const [post, text, start, end, holder, modality, rule, remark] = things[k];
  const [id, date, title, categories, url] = posts[post];
  const word = (at) => (at < 0 ? "" : texts[at]);
  return { id, date, title, categories, url, text: word(text), start, end, holder: word(holder), modality: word(modality), rule: word(rule), said: word(remark) };
}

function show(figure, index) {
  opened = { figure, index, all: evidence().behind[figure.slug][index].map(thing) };
  byId("evidence-title").textContent = figure.rows[index][LABEL];
  byId("evidence-numbers").textContent = figure.numbers(figure.rows[index]);
  turn(0);
  if (!dialog.open) dialog.showModal();
  byId("things").focus({ preventScroll: true });
  dialog.scrollTop = 0;
}

function turn(to) {
  const { figure, index, all } = opened, asked = chosen(), row = figure.rows[index];
  const fitting = all.filter((one) => thingFits(one, asked));
  page = to;
  const parts = [WHAT[row[KIND]] ?? ""];
  if (/, corrected\b/.test(row[LABEL]) && row[KIND] === "sentences") parts.push("The share is corrected for those errors, so it is not their number in per cent.");
  if (all.length < row[N]) parts.push(`${all.length.toLocaleString("en")} of ${row[N].toLocaleString("en")} are in this file: ${evidence().said}`);
  if (said(asked)) parts.push(`Shown: ${said(asked)}; ${fitting.length.toLocaleString("en")} of ${all.length.toLocaleString("en")}.`);
  byId("evidence-about").textContent = parts.join(" ");
  byId("unfilter").hidden = !said(asked);
  const list = byId("things");
  list.start = page * PER_PAGE + 1;
  list.replaceChildren(...fitting.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map(item));
  paged(byId("evidence-pager"), { count: fitting.length, per: PER_PAGE, at: page, what: "pieces of evidence", turn: (at) => { turn(at); dialog.scrollTop = 0; } });
}

function item(one) {
  const element = made("li"), head = made("p"), signs = [...one.text], linked = /^https?:\/\//i.test(one.url);
  if (linked) {
    const link = made("a", one.title || one.url);
    link.href = one.url;
    link.rel = "noopener noreferrer nofollow";
    link.target = "_blank";
    head.append(link);
  } else head.append(made("strong", one.title || one.id));
  element.append(head);
  if (one.text) {
    const text = made("p");
    const marked = one.end > one.start && one.start >= 0;
    text.append(marked ? signs.slice(0, one.start).join("") : one.text);
    if (marked) text.append(made("mark", signs.slice(one.start, one.end).join("")), signs.slice(one.end).join(""));
    element.append(text);
  }
  const holder = one.holder && (one.holder === "author" ? "held by the author" : "held by others");
  const remark = one.said === "found by the tagger" ? "" : one.said; // that it is a finding, the line above the list says
  const where = linked ? "" : one.id;
  element.append(made("p", [one.date, (one.categories ?? []).join(", "), holder, one.modality, remark, one.rule && `by ${one.rule}`, where].filter(Boolean).join(" · "), "meta"));
  return element;
}

// Files: the picture and its passport as the program wrote them, the numbers, and evidence as CSV.

function save(name, kind, text) {
  const link = made("a");
  link.href = URL.createObjectURL(new Blob([text], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const named = (figure) => `${document.body.dataset.corpus}_${figure.slug}_${figure.id}`;

function picture(section) {
  const bytes = Uint8Array.from(atob(section.querySelector("img").src.split(",", 2)[1]), (sign) => sign.charCodeAt(0));
  return new TextDecoder().decode(bytes).replace(/<style>\/\* letters \*\/.*?<\/style>\n/s, "");
}

function passport(section) {
  const text = new DOMParser().parseFromString(picture(section), "image/svg+xml").getElementsByTagNameNS("http://purl.org/dc/elements/1.1/", "description")[0].textContent;
  return `${text}\n`;
}

function files(section, figure) {
  const made = {
    svg: () => save(`${named(figure)}.svg`, "image/svg+xml", picture(section)), csv: () => save(`${named(figure)}.csv`, "text/csv", figure.csv),
    json: () => save(`${named(figure)}.json`, "application/json", passport(section)),
  };
  for (const element of section.querySelectorAll(".file")) {
    element.hidden = false;
    element.addEventListener("click", made[element.dataset.kind]);
  }
}

const cell = (value) => { // what a spreadsheet would run as a formula gets an apostrophe before it
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function evidenceCsv() {
  const { figure, index, all } = opened;
  const rows = all.filter((one) => thingFits(one, chosen())).map((one) => [
    figure.id, figure.rows[index][MARK], one.date, one.title, (one.categories ?? []).join("; "), one.url, one.text, one.holder, one.modality, one.rule, one.said, one.id,
  ]);
  const lines = [["figure", "mark", "published", "title", "categories", "url", "text", "holder", "modality", "rule", "said", "post_id"], ...rows];
  save(`${named(figure)}_evidence.csv`, "text/csv", `\ufeff${lines.map((line) => line.map((value) => cell(String(value ?? ""))).join(",")).join("\r\n")}\r\n`);
}

// The page.

const fills = [...document.querySelectorAll(".plate")].map((section) => {
  const figure = figures.get(section.dataset.figure);
  const fill = table(section, figure);
  fill();
  places(section, figure);
  files(section, figure);
  return fill;
});

function filtered() {
  fills.forEach((fill) => fill());
  for (const row of document.querySelectorAll("#best tbody tr[data-post]")) {
    const [date, categories] = JSON.parse(row.dataset.post);
    row.hidden = !thingFits({ id: " ", date, categories }, { ...chosen(), holder: "" });
  }
  const asked = said(chosen());
  byId("filtered").textContent = `${asked ? `Tables and evidence: ${asked}. ` : ""}Figures are not redrawn by these filters.`;
  if (dialog.open) turn(0);
}

for (const element of document.querySelectorAll("#summary .open")) {
  element.addEventListener("click", () => show(figures.get(element.dataset.figure), Number(element.dataset.row)));
}
form.addEventListener("change", filtered);
form.addEventListener("reset", () => setTimeout(filtered));
form.addEventListener("submit", (event) => event.preventDefault());
byId("close").addEventListener("click", () => dialog.close());
byId("unfilter").addEventListener("click", () => { form.reset(); byId("things").focus(); });
byId("evidence-csv").addEventListener("click", evidenceCsv);
