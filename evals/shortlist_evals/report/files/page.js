"use strict";
// The viewer of conversations. All text enters the page as text: nothing of it is ever read as HTML.
(async () => {
  const one = (id) => document.getElementById(id);
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };

  const unpack = async () => {
    const bytes = Uint8Array.from(atob(one("data").textContent.trim()), (mark) => mark.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };

  let talks;
  try {
    talks = await unpack();
  } catch (error) {
    one("count").textContent = "This browser cannot unpack the conversations; a current one can.";
    return;
  }
  const words = talks.map((talk) =>
    [talk.case, talk.kind, talk.about, ...talk.faults, ...talk.turns.flatMap((turn) => [turn.message, turn.reply])]
      .join("\n").toLowerCase());

  const list = (title, lines) => lines && lines.length
    ? [make("h4", {}, title), make("ul", {}, ...lines.map((line) => make("li", {}, line)))] : [];

  const line = (title, text) => text ? [make("h4", {}, title), make("p", {}, text)] : [];

  const ledger = (rows) => {
    if (!rows) return [];
    const body = rows.map((row) => make("tr", row.status === "active" ? {} : { class: "gone" },
      make("td", {}, row.strength), make("td", {}, row.what), make("td", {}, row.words),
      make("td", { class: "num" }, String(row.turn))));
    const head = make("tr", {}, ...["", "requirement", "in whose words", "turn"].map((name) =>
      make("th", name === "turn" ? { class: "num" } : {}, name)));
    return [make("h4", {}, "Ledger"), make("table", {}, head, ...body)];
  };

  const signals = (items) => {
    const names = [...new Set((items || []).flatMap((item) => (item.signals || []).map(([name]) => name)))];
    if (!names.length) return [];
    const head = make("tr", {}, make("th", {}, "item"), ...names.map((name) => make("th", { class: "num" }, name)),
      make("th", { class: "num" }, "score"));
    const rows = items.map((item) => {
      const parts = new Map(item.signals);
      return make("tr", {}, make("td", {}, item.title),
        ...names.map((name) => make("td", { class: "num" }, parts.has(name) ? parts.get(name).toFixed(3) : "")),
        make("td", { class: "num" }, item.score === null ? "" : item.score.toFixed(3)));
    });
    return [make("h4", {}, "Signals"), make("div", { class: "scroll" }, make("table", {}, head, ...rows))];
  };

  const slate = (items) => items ? make("ol", { class: "slate" }, ...items.map((item) => make("li", {},
    make("strong", {}, item.title), item.id === item.title ? null : make("code", {}, item.id),
    item.facts ? make("p", { class: "muted" }, item.facts) : null,
    item.reasons ? make("p", { class: "good" }, item.reasons) : null,
    item.said ? make("p", {}, item.said) : null,
    item.broken ? make("p", { class: "bad" }, "does not meet everything that was asked") : null))) : null;

  const turn = (said, place) => make("div", { class: "turn" },
    make("div", { class: "said user" }, said.message),
    make("div", { class: "said reply" }, said.reply || "…"),
    make("p", { class: "kind" }, [said.kind, said.asked ? `asks ${said.asked.join(", ")}` : "", said.cost || ""]
      .filter(Boolean).join(" · ")),
    slate(said.items),
    make("details", {}, make("summary", {}, `How turn ${place + 1} came about`), make("div", { class: "inner" },
      ...line("Plan", said.plan), ...list("Ledger edits", said.edits), ...list("Tool calls", said.steps),
      ...list("Rows of the plan that were dropped", said.dropped), ...ledger(said.ledger),
      ...line("Matching", said.matching === undefined || said.matching === null ? "" : `${said.matching} ${said.matching === 1 ? "item" : "items"}`),
      ...signals(said.items), ...line("Claims", said.claims), ...list("Model calls", said.calls),
      ...line("Cost", said.cost), ...list("Prompts", said.prompts), ...list("Notes", said.notes))));

  const show = (talk) => {
    const values = Object.entries(talk.values).map(([name, value]) => `${name} ${+value.toFixed(3)}`).join(" · ");
    one("talk").replaceChildren(
      make("h3", {}, talk.case),
      make("p", { class: "values" }, [talk.suite, talk.kind, talk.language, talk.agent, `trial ${talk.trial}`].join(" · ")),
      make("p", { class: "values" }, values),
      ...(talk.about ? [make("p", { class: "values" }, talk.about)] : []),
      ...talk.faults.map((fault) => make("p", { class: "fault" }, fault)),
      ...talk.turns.map(turn));
  };

  const fill = (id, all, values) => one(id).replaceChildren(
    make("option", { value: "" }, all), ...values.map((value) => make("option", { value }, value)));
  const seen = (name, suite) => [...new Set(talks.filter((talk) => !suite || talk.suite === suite)
    .map((talk) => talk[name]))].sort();

  const LIMIT = 200;
  const refresh = () => {
    const [suite, agent, kind, text] = ["suite", "agent", "class", "find"].map((id) => one(id).value);
    const wanted = text.trim().toLowerCase();
    const found = talks.filter((talk, place) => (!suite || talk.suite === suite) && (!agent || talk.agent === agent) &&
      (!kind || talk.kind === kind) && (!one("failed").checked || talk.failed) && (!wanted || words[place].includes(wanted)));
    const buttons = found.slice(0, LIMIT).map((talk) => {
      const button = make("button", { type: "button" }, talk.case,
        make("small", talk.failed ? { class: "bad" } : {},
          `${talk.failed ? "failed · " : ""}${talk.suite} · ${talk.agent} · ${talk.turns.length} turns`));
      button.addEventListener("click", () => {
        for (const other of one("cases").querySelectorAll("button")) other.removeAttribute("aria-current");
        button.setAttribute("aria-current", "true");
        show(talk);
        if (matchMedia("(max-width: 760px)").matches) one("talk").scrollIntoView();
      });
      return make("li", {}, button);
    });
    one("cases").replaceChildren(...buttons);
    one("count").textContent = `${found.length} of ${talks.length} conversations` +
      (found.length > LIMIT ? `, the first ${LIMIT} listed` : "");
    if (found.length) {
      buttons[0].firstChild.setAttribute("aria-current", "true");
      show(found[0]);
    } else {
      one("talk").replaceChildren(make("p", { class: "muted" }, "No conversation is like this."));
    }
  };
  const choose = () => {
    fill("agent", "every agent", seen("agent", one("suite").value));
    fill("class", "every class", seen("kind", one("suite").value));
    refresh();
  };
  fill("suite", "every suite", seen("suite"));
  one("suite").addEventListener("change", choose);
  for (const id of ["agent", "class", "failed"]) one(id).addEventListener("change", refresh);
  one("find").addEventListener("input", refresh);
  choose();
})();
