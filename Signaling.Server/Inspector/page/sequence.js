// src/sequence/shape.ts
var namespace = "http://www.w3.org/2000/svg";
function shape(tag, attributes = {}, content = []) {
	return typeof content === "string" ? {
		tag,
		attributes,
		text: content
	} : {
		tag,
		attributes,
		children: content
	};
}
function toElement({ tag, attributes, children, text }) {
	const element = document.createElementNS(namespace, tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
	if (text !== void 0) element.textContent = text;
	else element.append(...(children ?? []).map(toElement));
	return element;
}
/** As it stands in a file. */
function toText({ tag, attributes, children, text }) {
	const inside = text === void 0 ? (children ?? []).map(toText).join("") : escaped(text);
	return `<${tag}${Object.entries(tag === "svg" ? {
		xmlns: namespace,
		...attributes
	} : attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join("")}${inside ? `>${inside}</${tag}>` : "/>"}`;
}
function escaped(text) {
	return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;");
}
// src/sequence/words.ts
/** The label on an arrow. */
function label({ kind, bytes, reason, details }) {
	switch (kind) {
		case "join": return "joins";
		case "leave": return reason ? `leaves: ${reason}` : "leaves";
		case "note": return reason ?? "note";
		case "direct": return "direct from here on";
	}
	const candidate = details?.["candidate"];
	return [candidate ? `${kind} (${candidate})` : kind, bytes ? size(bytes) : ""].filter(Boolean).join(" · ");
}
/** The whole event in a sentence, for who does not see the arrow. */
function sentence(event, name, start) {
	const isMessage = ![
		"join",
		"leave",
		"note"
	].includes(event.kind);
	return [
		`${since(event.at, start)} ${label(event)}`,
		isMessage ? `from ${name(event.from)} to ${event.to === null ? "everybody" : name(event.to)}` : name(event.from),
		event.state === "refused" ? `refused${event.reason ? `: ${event.reason}` : ""}` : event.state === "queued" ? "waits" : ""
	].filter(Boolean).join(", ");
}
/** Seconds since the first event. */
function since(at, start) {
	return `${((at - start) / 1e3).toFixed(3)} s`;
}
function size(bytes) {
	return bytes < 1e3 ? `${bytes} B` : `${(bytes / 1e3).toFixed(1)} kB`;
}
function naming(lanes) {
	const names = new Map(lanes.map(({ id, name }) => [id, name]));
	return (id) => names.get(id) ?? id;
}
var gutter = 76;
var narrowest = 112;
var head = 7;
/** The columns for these lanes in so much room: at least as wide as a label. */
var Columns = class {
	width;
	#lane;
	#index;
	constructor(lanes, room) {
		this.#lane = Math.max(narrowest, Math.floor((room - gutter) / Math.max(lanes.length, 1)));
		this.#index = new Map(lanes.map(({ id }, index) => [id, index]));
		this.width = gutter + this.#lane * Math.max(lanes.length, 1);
	}
	has(id) {
		return this.#index.has(id);
	}
	/** The middle of a lane. */
	x(id) {
		return gutter + this.#lane * ((this.#index.get(id) ?? 0) + .5);
	}
	/** The middles of all lanes but one. */
	others(id) {
		return [...this.#index.keys()].filter((one) => one !== id).map((one) => this.x(one));
	}
	/** Characters that fit between two lanes. */
	get letters() {
		return Math.floor(this.#lane / 7);
	}
};
function heads(lanes, columns, you) {
	return lanes.map(({ id, name }) => shape("text", {
		class: id === you ? "head you" : "head",
		x: columns.x(id),
		y: 22,
		"text-anchor": "middle"
	}, fitting(id === you ? `${name} (you)` : name, columns.letters)));
}
/** From where to where each lane is there: from its join, or the top, to its leave, or the bottom. */
function lifelines(lanes, events, columns) {
	const bottom = (events.length + 1) * 34;
	return lanes.flatMap(({ id }) => {
		const own = events.map((event, row) => ({
			event,
			row
		})).filter(({ event }) => event.from === id && (event.kind === "join" || event.kind === "leave"));
		const lines = [];
		let from = own[0]?.event.kind === "join" ? void 0 : 0;
		for (const { event, row } of own) {
			const y = middle(row);
			if (event.kind === "join") from ??= y;
			else if (from !== void 0) {
				lines.push(vertical(columns.x(id), from, y));
				from = void 0;
			}
		}
		if (from !== void 0) lines.push(vertical(columns.x(id), from, bottom));
		return lines;
	});
}
/** One event at the top of its own row. */
function row(event, columns, start) {
	const y = middle(0);
	return [
		shape("rect", {
			class: "row",
			x: 0,
			y: 0,
			width: columns.width,
			height: 34
		}),
		shape("text", {
			class: "time",
			x: 62,
			y: y + 4,
			"text-anchor": "end"
		}, since(event.at, start)),
		...isPresence(event) ? presence(event, columns, y) : event.kind === "direct" ? direct(event, columns, y) : arrow(event, columns, y)
	];
}
function middle(row) {
	return row * 34 + 17;
}
function isPresence({ kind }) {
	return kind === "join" || kind === "leave" || kind === "note";
}
function presence(event, columns, y) {
	const x = columns.x(event.from);
	return [shape("circle", {
		class: `mark ${event.kind}`,
		cx: x,
		cy: y,
		r: 5
	}), said(x + 12, y + 4, "start", event, columns)];
}
function arrow(event, columns, y) {
	const from = columns.x(event.from);
	const line = y + 8;
	if (event.state === "refused") {
		const to = event.to !== null && columns.has(event.to) ? (from + columns.x(event.to)) / 2 : from + 40;
		return [
			shape("path", {
				class: "line",
				d: `M${from} ${line}H${to}`
			}),
			shape("path", {
				class: "cross",
				d: `M${to - 5} ${line - 5}l10 10m0 -10l-10 10`
			}),
			shape("text", {
				class: "label",
				x: from + (to < from ? -8 : 8),
				y: y + 1,
				"text-anchor": to < from ? "end" : "start"
			}, fitting([label(event), event.reason].filter(Boolean).join(": "), columns.letters * 2))
		];
	}
	const ends = event.to === null ? columns.others(event.from) : columns.has(event.to) ? [columns.x(event.to)] : [];
	if (ends.length === 0) ends.push(from + 40);
	const [left, right] = [Math.min(from, ...ends), Math.max(from, ...ends)];
	const nearest = ends.reduce((best, one) => Math.abs(one - from) < Math.abs(best - from) ? one : best);
	return [
		shape("path", {
			class: event.state === "queued" ? "line queued" : "line",
			d: `M${left} ${line}H${right}`
		}),
		shape("circle", {
			class: "dot",
			cx: from,
			cy: line,
			r: 2.5
		}),
		...ends.map((to) => tip(to, line, to > from)),
		said((from + nearest) / 2, y + 1, "middle", event, columns)
	];
}
/** Across all of it: what is above went by the relay, and what the two say from here on does not. */
function direct(event, columns, y) {
	const [from, to] = [columns.x(event.from), columns.x(event.to ?? event.from)];
	const line = y + 8;
	return [
		shape("path", {
			class: "rule",
			d: `M0 ${line}H${columns.width}`
		}),
		shape("path", {
			class: "line",
			d: `M${from} ${line}H${to}`
		}),
		...[from, to].map((x) => shape("circle", {
			class: "dot",
			cx: x,
			cy: line,
			r: 4
		})),
		said((from + to) / 2, y + 1, "middle", event, columns)
	];
}
function tip(x, y, right) {
	return shape("path", {
		class: "tip",
		d: `M${x} ${y}l${right ? -7 : head} ${-7 / 1.6}v${head * 1.25}z`
	});
}
function said(x, y, anchor, event, columns) {
	return shape("text", {
		class: "label",
		x,
		y,
		"text-anchor": anchor
	}, fitting(label(event), columns.letters));
}
function vertical(x, from, to) {
	return shape("path", {
		class: "life",
		d: `M${x} ${from}V${to}`
	});
}
function fitting(text, letters) {
	return text.length <= letters ? text : `${text.slice(0, Math.max(letters - 1, 1))}…`;
}
// src/sequence/style.ts
var colours = {
	ink: ["#1b1f27", "#e6e9ef"],
	soft: ["#5a6270", "#9aa3b2"],
	line: ["#c3c9d2", "#464d59"],
	ground: ["#ffffff", "#1c1f25"],
	chosen: ["#e8eefb", "#29344a"],
	offer: ["#1d4fc0", "#8ab4ff"],
	answer: ["#17703c", "#6fd69a"],
	candidate: ["#7a3fb0", "#c9a2f5"],
	bad: ["#b3261e", "#ff9b92"],
	wait: ["#7a4d00", "#f0c060"]
};
/** For a page: follows the scheme of light or dark that it is in. */
var pageStyle = style(".sequence", (colour) => `light-dark(${colours[colour][0]}, ${colours[colour][1]})`) + ".sequence { position: relative; }.sequence svg { display: block; font: 12.5px/1 system-ui, sans-serif; }.sequence svg.heads { position: sticky; top: 0; z-index: 1; }.sequence .spoken { fill: none; font-size: 1px; }.sequence [role=option] { cursor: pointer; outline: none; }.sequence [role=option]:focus-visible .row { stroke: currentColor; stroke-dasharray: 3 2; }";
/** For a file, which may be shown on any ground: light. */
var fileStyle = style("svg", (colour) => colours[colour][0]) + "svg { font: 12.5px system-ui, sans-serif; }";
function style(root, colour) {
	return [
		`.ground { fill: ${colour("ground")}; }`,
		".row { fill: transparent; }",
		`[aria-selected=true] .row { fill: ${colour("chosen")}; }`,
		`text { fill: ${colour("ink")}; }`,
		".head { font-weight: 600; }",
		`.time { fill: ${colour("soft")}; font-size: 11px; }`,
		`.life { stroke: ${colour("line")}; fill: none; }`,
		`.line { stroke: ${colour("soft")}; stroke-width: 1.5; fill: none; }`,
		`.tip, .dot { fill: ${colour("soft")}; }`,
		...[
			"offer",
			"answer",
			"candidate"
		].flatMap((kind) => [`.${kind} .line { stroke: ${colour(kind)}; }`, `.${kind} .tip, .${kind} .dot, .${kind} .label { fill: ${colour(kind)}; }`]),
		`.rule { stroke: ${colour("answer")}; stroke-dasharray: 2 5; fill: none; }`,
		`.direct .line { stroke: ${colour("answer")}; stroke-width: 4; }`,
		`.direct .dot { fill: ${colour("answer")}; }`,
		`.direct .label { fill: ${colour("answer")}; font-weight: 600; }`,
		".line.queued { stroke-dasharray: 5 4; }",
		`.queued .label { fill: ${colour("wait")}; }`,
		`.refused .line, .cross { stroke: ${colour("bad")}; stroke-width: 1.5; fill: none; }`,
		`.refused .label { fill: ${colour("bad")}; }`,
		`.mark { fill: ${colour("ground")}; stroke: ${colour("soft")}; stroke-width: 1.5; }`,
		`.mark.join { fill: ${colour("answer")}; stroke: ${colour("answer")}; }`
	].map((rule) => {
		const [selectors = "", declarations = ""] = rule.split(" { ");
		return `${selectors.split(", ").map((selector) => `${root} ${selector}`).join(", ")} { ${declarations}`;
	}).join("\n");
}
// src/sequence/sequence-diagram.ts
var fileWidth = 900;
var sheet;
/** A sequence diagram that grows as things happen. Uses neither inline styles nor the network: fit for any content security policy. */
var SequenceDiagram = class {
	#host;
	#options;
	#limit;
	#head;
	#body;
	#lines;
	#rows;
	#lanes = [];
	#events = [];
	#columns = new Columns([], 0);
	#start = 0;
	#chosen;
	constructor(host, options = {}) {
		this.#host = host;
		this.#options = options;
		this.#limit = options.limit ?? 500;
		adoptStyle(host.getRootNode());
		this.#head = toElement(shape("svg", {
			class: "heads",
			height: 34,
			"aria-hidden": "true"
		}));
		this.#lines = toElement(shape("g", { "aria-hidden": "true" }));
		this.#rows = toElement(shape("g", { role: "presentation" }));
		this.#body = toElement(shape("svg", {
			role: options.onSelect ? "listbox" : "list",
			"aria-label": "Messages"
		}));
		this.#body.append(this.#lines, this.#rows);
		const frame = document.createElement("div");
		frame.className = "sequence";
		frame.append(this.#head, this.#body);
		host.replaceChildren(frame);
		this.#rows.addEventListener("click", (event) => this.#choose(this.#rowOf(event.target)));
		this.#rows.addEventListener("keydown", (event) => this.#key(event));
		new ResizeObserver(() => this.#draw()).observe(host);
	}
	/** Who takes part, from left to right. */
	lanes(ids) {
		if (ids.length === this.#lanes.length && ids.every(({ id, name }, index) => id === this.#lanes[index]?.id && name === this.#lanes[index]?.name)) return;
		this.#lanes = ids;
		this.#draw();
	}
	add(event) {
		const atEnd = this.#host.scrollHeight - this.#host.scrollTop - this.#host.clientHeight < 68;
		if (this.#events.length === 0) this.#start = event.at;
		this.#events.push(event);
		const unknown = [event.from, event.to].filter((id) => id !== null && !this.#columns.has(id));
		if (unknown.length > 0) this.#lanes = [...this.#lanes, ...new Set(unknown)].map((lane) => typeof lane === "string" ? {
			id: lane,
			name: lane
		} : lane);
		if (unknown.length > 0 || this.#events.length > this.#limit) {
			this.#events.splice(0, this.#events.length - this.#limit);
			this.#draw();
		} else {
			this.#rows.append(toElement(this.#row(event, this.#events.length - 1)));
			this.#size();
		}
		if (atEnd) this.#host.scrollTop = this.#host.scrollHeight;
	}
	clear() {
		this.#events = [];
		this.#chosen = void 0;
		this.#draw();
	}
	/** The diagram as a file of its own. */
	toSvg() {
		const columns = new Columns(this.#lanes, fileWidth);
		const height = 34 + (this.#events.length + 1) * 34;
		return toText(shape("svg", {
			width: columns.width,
			height,
			viewBox: `0 0 ${columns.width} ${height}`
		}, [
			shape("style", {}, fileStyle),
			shape("rect", {
				class: "ground",
				width: columns.width,
				height
			}),
			...heads(this.#lanes, columns, this.#options.you),
			shape("g", { transform: `translate(0 34)` }, [...lifelines(this.#lanes, this.#events, columns), ...this.#events.map((event, index) => shape("g", {
				class: classOf(event),
				transform: `translate(0 ${index * 34})`
			}, [shape("title", {}, sentence(event, naming(this.#lanes), this.#start)), ...row(event, columns, this.#start)]))])
		]));
	}
	#draw() {
		this.#columns = new Columns(this.#lanes, this.#host.clientWidth);
		this.#head.replaceChildren(...[shape("rect", {
			class: "ground",
			width: this.#columns.width,
			height: 34
		}), ...heads(this.#lanes, this.#columns, this.#options.you)].map(toElement));
		this.#rows.replaceChildren(...this.#events.map((event, index) => toElement(this.#row(event, index))));
		this.#size();
	}
	#size() {
		this.#lines.replaceChildren(...lifelines(this.#lanes, this.#events, this.#columns).map(toElement));
		this.#head.setAttribute("width", String(this.#columns.width));
		this.#body.setAttribute("width", String(this.#columns.width));
		this.#body.setAttribute("height", String((this.#events.length + 1) * 34));
		this.#body.toggleAttribute("hidden", this.#events.length === 0);
	}
	#row(event, index) {
		const picks = this.#options.onSelect !== void 0;
		const isTarget = event === this.#chosen || index === 0 && !this.#chosen;
		return shape("g", {
			class: classOf(event),
			transform: `translate(0 ${index * 34})`,
			role: picks ? "option" : "listitem",
			...picks ? {
				"aria-selected": String(event === this.#chosen),
				tabindex: isTarget ? 0 : -1
			} : {}
		}, [shape("text", { class: "spoken" }, sentence(event, naming(this.#lanes), this.#start)), shape("g", { "aria-hidden": "true" }, row(event, this.#columns, this.#start))]);
	}
	#rowOf(target) {
		return target.closest("[role=option]");
	}
	#choose(picked) {
		const event = picked ? this.#events[[...this.#rows.children].indexOf(picked)] : void 0;
		if (!picked || !event) return;
		this.#chosen = event;
		for (const one of this.#rows.children) {
			one.setAttribute("aria-selected", String(one === picked));
			one.setAttribute("tabindex", one === picked ? "0" : "-1");
		}
		picked.focus({ preventScroll: true });
		picked.scrollIntoView({
			block: "nearest",
			inline: "nearest"
		});
		this.#options.onSelect?.(event);
	}
	#key(event) {
		const now = this.#rowOf(event.target);
		if (!now) return;
		const rows = this.#rows.children;
		const next = {
			ArrowDown: now.nextElementSibling,
			ArrowUp: now.previousElementSibling,
			Home: rows[0],
			End: rows[rows.length - 1],
			Enter: now,
			" ": now
		}[event.key];
		if (next === void 0) return;
		event.preventDefault();
		this.#choose(next);
	}
};
function classOf({ kind, state }) {
	return state && state !== "delivered" ? `${kind} ${state}` : kind;
}
function adoptStyle(root) {
	if (!sheet) {
		sheet = new CSSStyleSheet();
		sheet.replaceSync(pageStyle);
	}
	if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
export { SequenceDiagram };
