"use strict";
const make = (tag, text, parent, name) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (name) element.className = name;
  if (parent) parent.append(element);
  return element;
};
const pretty = value => typeof value === "string" ? value : JSON.stringify(value, null, 2);

function show(doc) {
  document.getElementById("title").textContent = doc.info.title + " " + doc.info.version;
  document.getElementById("about").textContent = doc.info.description;
  const main = document.getElementById("main");
  main.textContent = "";
  for (const tag of doc.tags) {
    const section = make("section", "", main);
    make("h2", tag.name, section);
    make("p", tag.description, section, "what");
    for (const [path, item] of Object.entries(doc.paths))
      for (const [method, operation] of Object.entries(item))
        if (operation.tags.includes(tag.name)) section.append(showOperation(path, method, operation));
  }
  make("h2", "Objects", main);
  for (const [name, schema] of Object.entries(doc.components.schemas)) {
    const box = make("details", "", main);
    make("code", name, make("summary", "", box));
    make("pre", pretty(schema), make("div", "", box));
  }
}

function showOperation(path, method, operation) {
  const box = document.createElement("details");
  box.id = operation.operationId;
  const head = make("summary", "", box);
  make("span", method.toUpperCase(), head, "method " + method);
  make("code", path, head);
  make("span", "  " + operation.summary, head, "what");
  const body = make("div", "", box);
  if (operation.description) make("p", operation.description, body);
  const inputs = [];
  if (operation.parameters) {
    make("h3", "Parameters", body);
    const table = make("table", "", body);
    for (const parameter of operation.parameters) {
      const row = make("tr", "", table);
      make("code", parameter.name, make("td", "", row));
      make("td", parameter.in + (parameter.required ? ", must be there" : ""), row, "what");
      make("td", parameter.description, row);
      const input = make("input", "", make("td", "", row));
      input.placeholder = parameter.example || "";
      inputs.push([parameter, input]);
    }
  }
  let sent;
  if (operation.requestBody) {
    const [type, content] = Object.entries(operation.requestBody.content)[0];
    make("h3", "Body, " + type, body);
    if (type === "application/json") {
      sent = make("textarea", "", body);
      sent.value = pretty(content.example);
    } else make("pre", pretty(content.example), body);
  }
  for (const [status, answer] of Object.entries(operation.responses)) {
    const [type, content] = Object.entries(answer.content)[0];
    make("h3", "Answer " + status + ", " + type, body);
    if (status !== "200") make("p", answer.description, body);
    else if (content.example !== undefined) make("pre", pretty(content.example), body);
  }
  if (operation.requestBody && !sent) return box;
  const button = make("button", "Try it", body);
  const said = make("pre", "", body);
  said.hidden = true;
  button.onclick = async () => {
    let target = path;
    const query = new URLSearchParams();
    for (const [parameter, input] of inputs) {
      if (parameter.in === "path") target = target.replace("{" + parameter.name + "}", encodeURIComponent(input.value));
      else if (input.value) query.set(parameter.name, input.value);
    }
    if (query.size) target += "?" + query;
    said.hidden = false;
    try {
      const answer = await fetch(target.slice(1), { method: method.toUpperCase(), body: sent ? sent.value : undefined });
      const text = await answer.text();
      let shown = text;
      try { shown = pretty(JSON.parse(text)); } catch { }
      said.textContent = answer.status + "\n" + shown;
    } catch (lost) { said.textContent = String(lost); }
  };
  return box;
}

fetch("openapi.json").then(answer => answer.json()).then(show).catch(lost => { document.getElementById("main").textContent = "The document cannot be read: " + lost; });
