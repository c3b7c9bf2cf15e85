// src/sequence/columns.ts
var narrowest = 112;
/** Less room than this is a phone's: times stand closer to the edge, and the outer lanes, too. */
var phone = 520;
/** The columns for these lanes in so much room: at least as far apart as a label is wide. */
var Columns = class {
	width;
	/** Where the times end. */
	gutter;
	#lane;
	#first;
	#index;
	constructor(lanes, room) {
		const isPhone = room < phone && lanes.length > 1;
		const many = Math.max(lanes.length, 1);
		const edge = 40;
		this.gutter = isPhone ? 48 : 62;
		const inner = room - this.gutter - 14;
		this.#lane = Math.max(narrowest, Math.floor(isPhone ? (inner - 80) / (many - 1) : inner / many));
		this.#first = this.gutter + 14 + (isPhone ? edge : this.#lane / 2);
		this.#index = new Map(lanes.map(({ id }, index) => [id, index]));
		this.width = this.#first + this.#lane * (many - 1) + (isPhone ? edge : this.#lane / 2);
	}
	has(id) {
		return this.#index.has(id);
	}
	/** The middle of a lane. */
	x(id) {
		return this.#first + this.#lane * (this.#index.get(id) ?? 0);
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
function label({ kind, state, bytes, reason, details, folded }) {
	if (folded) return `${folded.length} candidates · ${size(bytes ?? 0)}`;
	switch (kind) {
		case "join": return "joins";
		case "leave": return reason ? `leaves: ${reason}` : "leaves";
		case "note": return reason ?? "note";
		case "direct": return reason ?? "direct from here on";
	}
	const candidate = details?.["candidate"];
	if (kind === "candidate" && reason && !state) return reason;
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
		isMessage ? `${isBothWays(event) ? "between" : "from"} ${name(event.from)} ${isBothWays(event) ? "and" : "to"} ${event.to === null ? "everybody" : name(event.to)}` : name(event.from),
		event.folded ? "pick it to see each" : "",
		event.state === "refused" ? `refused${event.reason ? `: ${event.reason}` : ""}` : event.state === "queued" ? "waits" : ""
	].filter(Boolean).join(", ");
}
/** Whether a line stands for messages of both sides. */
function isBothWays({ from, folded }) {
	return folded?.some((one) => one.from !== from) ?? false;
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
var head = 7;
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
			x: columns.gutter,
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
	const fits = label(event).length * 7 < columns.width - x - 12;
	return [shape("circle", {
		class: `mark ${event.kind}`,
		cx: x,
		cy: y,
		r: 5
	}), said(fits ? x + 12 : x - 12, y + 4, fits ? "start" : "end", event, columns)];
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
		...isBothWays(event) ? [tip(from, line, from > nearest)] : [],
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
// src/sequence/fold.ts
/** Fewer candidates than this are shown one by one. */
var fewest = 3;
/** Puts candidates that two peers send each other without anything between them into one line, which stands for all of them. */
var Folding = class {
	#open = /* @__PURE__ */ new WeakSet();
	#made = /* @__PURE__ */ new WeakMap();
	/** From now on the candidates of this line are shown one by one. */
	unfold({ folded = [] }) {
		for (const event of folded) this.#open.add(event);
	}
	/** What is to be shown of `events`; a line that stands for the same ones as before is the same object. */
	of(events) {
		const shown = [];
		let run = [];
		const end = () => {
			const first = run[0];
			if (first && run.length >= fewest && !this.#open.has(first)) shown.push(this.#line(first, run));
			else shown.push(...run);
			run = [];
		};
		for (const event of events) {
			if (!goesOn(run[0], event)) end();
			if (event.kind === "candidate") run.push(event);
			else shown.push(event);
		}
		end();
		return shown;
	}
	#line(first, folded) {
		const before = this.#made.get(first);
		if (before?.folded?.length === folded.length) return before;
		const { at, from, to, kind } = first;
		const line = {
			at,
			from,
			to,
			kind,
			bytes: folded.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
			folded
		};
		this.#made.set(first, line);
		return line;
	}
};
function goesOn(first, { kind, from, to, state }) {
	if (!first || kind !== "candidate" || state !== first.state || to === null) return false;
	return from === first.from && to === first.to || from === first.to && to === first.from;
}
// src/sequence/rows.ts
/** The rows of a diagram, one of which can be picked: by pointer, or by the keys of a list box. */
var Rows = class {
	element = toElement(shape("g", { role: "presentation" }));
	#options;
	#shown = [];
	#chosen;
	constructor(options) {
		this.#options = options;
		this.element.addEventListener("click", (event) => this.#pick(this.#indexOf(event.target), true));
		this.element.addEventListener("keydown", (event) => this.#key(event));
	}
	get shown() {
		return this.#shown;
	}
	/** Rows that stay are not touched, unless all are to be drawn anew: one of them may have the focus. */
	show(events, anew = false) {
		const changed = anew ? 0 : events.findIndex((event, index) => event !== this.#shown[index]);
		if (!events.includes(this.#chosen)) this.#chosen = void 0;
		this.#shown = [...events];
		if (changed === -1) return;
		const old = [...this.element.children].slice(changed);
		const focused = old.findIndex((row) => row === document.activeElement);
		for (const row of old) row.remove();
		this.element.append(...events.slice(changed).map((event, index) => toElement(this.#row(event, changed + index))));
		if (focused !== -1) this.element.children[changed + focused]?.focus({ preventScroll: true });
	}
	#row(event, index) {
		const isTarget = event === this.#chosen || index === 0 && !this.#chosen;
		return shape("g", {
			class: classOf(event),
			transform: `translate(0 ${index * 34})`,
			role: this.#options.picked ? "option" : "listitem",
			...this.#options.picked ? {
				"aria-selected": String(event === this.#chosen),
				tabindex: isTarget ? 0 : -1
			} : {}
		}, this.#options.draw(event));
	}
	#indexOf(target) {
		const row = target.closest("[role=option]");
		return row ? [...this.element.children].indexOf(row) : -1;
	}
	#pick(index, isOpened) {
		const event = this.#shown[index];
		if (!event) return;
		if (isOpened && event.folded) {
			this.#options.picked?.(event, true);
			return this.#pick(index, false);
		}
		this.#chosen = event;
		[...this.element.children].forEach((row, at) => {
			row.setAttribute("aria-selected", String(at === index));
			row.setAttribute("tabindex", at === index ? "0" : "-1");
		});
		const picked = this.element.children[index];
		picked.focus({ preventScroll: true });
		picked.scrollIntoView({
			block: "nearest",
			inline: "nearest"
		});
		this.#options.picked?.(event, isOpened);
	}
	#key(event) {
		const now = this.#indexOf(event.target);
		const next = {
			ArrowDown: now + 1,
			ArrowUp: now - 1,
			Home: 0,
			End: this.#shown.length - 1,
			Enter: now,
			" ": now
		}[event.key];
		if (now === -1 || next === void 0) return;
		event.preventDefault();
		this.#pick(next, next === now);
	}
};
function classOf({ kind, state }) {
	return state && state !== "delivered" ? `${kind} ${state}` : kind;
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
	#folding;
	#head;
	#body;
	#lines;
	#rows;
	#lanes = [];
	#events = [];
	#columns = new Columns([], 0);
	#start = 0;
	constructor(host, options = {}) {
		this.#host = host;
		this.#options = options;
		this.#limit = options.limit ?? 500;
		this.#folding = options.folds ? new Folding() : void 0;
		adoptStyle(host.getRootNode());
		this.#head = toElement(shape("svg", {
			class: "heads",
			height: 34,
			"aria-hidden": "true"
		}));
		this.#lines = toElement(shape("g", { "aria-hidden": "true" }));
		this.#rows = new Rows({
			draw: (event) => [shape("text", { class: "spoken" }, sentence(event, naming(this.#lanes), this.#start)), shape("g", { "aria-hidden": "true" }, row(event, this.#columns, this.#start))],
			picked: options.onSelect && ((event, isOpened) => this.#picked(event, isOpened))
		});
		this.#body = toElement(shape("svg", {
			role: options.onSelect ? "listbox" : "list",
			"aria-label": "Messages"
		}));
		this.#body.append(this.#lines, this.#rows.element);
		const frame = document.createElement("div");
		frame.className = "sequence";
		frame.append(this.#head, this.#body);
		host.replaceChildren(frame);
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
		} else this.#show();
		if (atEnd) this.#host.scrollTop = this.#host.scrollHeight;
	}
	clear() {
		this.#events = [];
		this.#draw();
	}
	/** The diagram as a file of its own, with nothing folded. */
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
		this.#show(true);
	}
	#show(anew = false) {
		this.#rows.show(this.#folding?.of(this.#events) ?? this.#events, anew);
		this.#lines.replaceChildren(...lifelines(this.#lanes, this.#rows.shown, this.#columns).map(toElement));
		this.#head.setAttribute("width", String(this.#columns.width));
		this.#body.setAttribute("width", String(this.#columns.width));
		this.#body.setAttribute("height", String((this.#rows.shown.length + 1) * 34));
		this.#body.toggleAttribute("hidden", this.#events.length === 0);
	}
	#picked(event, isOpened) {
		if (!isOpened || !event.folded) return this.#options.onSelect?.(event);
		this.#folding?.unfold(event);
		this.#show();
	}
};
function adoptStyle(root) {
	if (!sheet) {
		sheet = new CSSStyleSheet();
		sheet.replaceSync(pageStyle);
	}
	if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
export { SequenceDiagram };
