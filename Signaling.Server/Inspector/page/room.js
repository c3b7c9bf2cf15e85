import { EventStream } from './stream.js';
import { SequenceDiagram } from './sequence.js';

const limit = 1000;
const by = id => document.getElementById(id);
// The relay's own ids are random; others have a meaning, which may stand at either end.
const short = id => (id.length === 22 ? id.slice(0, 6) : id.length <= 16 ? id : `${id.slice(0, 10)}…${id.slice(-4)}`);
const handshake = ['offer', 'answer', 'candidate', 'bye'];

const words = {
  'offer-unanswered': 'Offer without answer',
  'glare': 'Glare',
  'candidate-early': 'Early candidates',
  'not-read': 'Does not read',
  'only-mdns': 'Only mDNS candidates',
  'only-relay': 'Only relay candidates',
};

/** One room, as long as it is looked at. */
export class RoomPage {
  #peers = new Map();
  #here = new Set();
  #events = [];
  #hints = [];
  #pairs = new Map();
  #paused = false;
  #dirty = false;
  #fresh = 0;
  #diagram;
  #stream;
  #gone = new AbortController();

  constructor(name, title, { token, state }) {
    this.name = name;
    by('room-title').textContent = title;
    by('peer').replaceChildren(new Option('everybody', ''));
    by('pause').setAttribute('aria-pressed', 'false');
    by('pause').textContent = 'Pause';
    by('diagram').replaceChildren();
    this.#diagram = new SequenceDiagram(by('diagram'), { limit, onSelect: event => this.#show(event) });
    this.#listen('pause', 'click', () => this.#pause());
    this.#listen('clear', 'click', () => this.#clear());
    this.#listen('kind', 'change', () => this.#redraw());
    this.#listen('peer', 'change', () => this.#redraw());
    this.#listen('json', 'click', () => this.#save('json', 'application/json', JSON.stringify(this.#record(), null, 2)));
    this.#listen('svg', 'click', () => this.#save('svg', 'image/svg+xml', this.#diagram.toSvg()));
    this.#clear();
    this.#stream = new EventStream(`/inspector/rooms/${encodeURIComponent(name)}`, {
      token, state, event: (kind, data) => this.#happened(kind, data),
    });
  }

  stop() {
    this.#stream.stop();
    this.#gone.abort();
  }

  #listen(id, event, then) {
    by(id).addEventListener(event, then, { signal: this.#gone.signal });
  }

  #happened(kind, data) {
    switch (kind) {
      case 'present': return this.#present(data.peers);
      // What is for everybody has no `to` on the wire.
      case 'event': return this.#event({ ...data, to: data.to ?? null });
      case 'pair': return this.#pair(data);
      case 'hint': return this.#hint(data);
      case 'gap':
      case 'dropped': return this.#hint({ code: 'gap', peers: [], at: Date.now(), text: data.text });
    }
  }

  #present(peers) {
    this.#here = new Set(peers.map(peer => peer.id));
    for (const { id } of peers) this.#know(id);
    this.#lanes();
  }

  #event(event) {
    this.#know(event.from);
    if (event.to) this.#know(event.to);
    if (event.kind === 'join') this.#here.add(event.from);
    if (event.kind === 'leave') this.#here.delete(event.from);
    this.#events.push(event);
    if (this.#events.length > limit) this.#events.shift();
    if (this.#paused) {
      by('pause').textContent = `Go on (${++this.#fresh} new)`;
      this.#dirty = true;
      return;
    }
    this.#lanes();
    if (this.#passes(event)) this.#diagram.add(event);
  }

  #know(id) {
    if (this.#peers.has(id)) return;
    this.#peers.set(id, short(id));
    by('peer').append(new Option(short(id), id));
  }

  #lanes() {
    by('count').textContent = `${this.#here.size} ${this.#here.size === 1 ? 'peer' : 'peers'}`;
    if (this.#paused) return;
    const only = by('peer').value;
    const spoke = new Set(this.#events.flatMap(event => [event.from, event.to]));
    this.#diagram.lanes([...this.#peers]
      .filter(([id]) => this.#here.has(id) || spoke.has(id))
      .filter(([id]) => !only || id === only || this.#events.some(event => (event.from === only && event.to === id) || (event.from === id && event.to === only)))
      .map(([id, name]) => ({ id, name })));
  }

  #passes(event) {
    const kinds = by('kind').value, only = by('peer').value;
    if (only && event.from !== only && event.to !== only && event.to !== null) return false;
    if (!kinds) return true;
    if (kinds === 'refused') return event.state === 'refused' || event.state === 'queued';
    return (kinds === 'handshake' ? handshake : kinds.split(' ')).includes(event.kind);
  }

  #redraw() {
    this.#diagram.clear();
    this.#lanes();
    for (const event of this.#events) if (this.#passes(event)) this.#diagram.add(event);
  }

  #pause() {
    this.#paused = !this.#paused;
    this.#fresh = 0;
    by('pause').setAttribute('aria-pressed', String(this.#paused));
    by('pause').textContent = this.#paused ? 'Go on' : 'Pause';
    if (!this.#paused && this.#dirty) this.#redraw();
    this.#dirty = false;
  }

  #clear() {
    this.#events = [];
    this.#hints = [];
    this.#pairs.clear();
    by('hints').replaceChildren();
    by('pairs').tBodies[0].replaceChildren();
    by('pairs').hidden = true;
    by('no-pairs').hidden = false;
    by('chosen').hidden = true;
    this.#redraw();
  }

  #pair(pair) {
    const key = [pair.offerer, pair.answerer].sort().join(' ');
    const row = this.#pairs.get(key)?.row ?? by('pairs').tBodies[0].insertRow();
    this.#pairs.set(key, { pair, row });
    const after = at => at === undefined ? '–' : `${Math.round(at - pair.offerAt)} ms`;
    const cells = [`${short(pair.offerer)} → ${short(pair.answerer)}`, after(pair.answerAt), after(pair.lastCandidateAt), String(pair.candidates)];
    row.replaceChildren(...cells.map(text => {
      const cell = document.createElement('td');
      cell.textContent = text;
      return cell;
    }));
    by('pairs').hidden = false;
    by('no-pairs').hidden = true;
  }

  #hint(hint) {
    const before = this.#hints.find(one => one.hint.code === hint.code && one.hint.peers.join() === hint.peers.join());
    const item = before?.item ?? document.createElement('li');
    if (before) before.hint = hint;
    else this.#hints.push({ hint, item });
    if (this.#hints.length > 50) this.#hints.shift().item.remove();
    const title = document.createElement('b');
    title.textContent = [words[hint.code] ?? 'Note', hint.peers.map(short).join(', ')].filter(Boolean).join(' · ');
    item.className = hint.over ? 'over' : '';
    item.replaceChildren(title, ` ${hint.over ? 'It is well again.' : hint.text}`);
    if (!before) by('hints').prepend(item);
  }

  #show(event) {
    by('chosen').hidden = !event;
    if (!event) return;
    const rows = {
      kind: event.kind,
      at: `${new Date(event.at).toISOString().slice(11, 23)} UTC`,
      from: event.from,
      to: event.to ?? (['join', 'leave'].includes(event.kind) ? undefined : 'everybody in the room'),
      size: event.bytes === undefined ? undefined : `${event.bytes} bytes on the wire`,
      state: event.state,
      reason: event.reason,
      ...event.details,
    };
    by('details').replaceChildren(...Object.entries(rows).filter(([, value]) => value !== undefined).flatMap(([name, value]) => {
      const term = document.createElement('dt'), description = document.createElement('dd');
      term.textContent = name;
      description.textContent = value;
      return [term, description];
    }));
  }

  #record() {
    return {
      room: this.name,
      savedAt: new Date().toISOString(),
      peers: [...this.#here],
      events: this.#events,
      pairs: [...this.#pairs.values()].map(one => one.pair),
      hints: this.#hints.map(one => one.hint),
    };
  }

  #save(ending, type, content) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = `room-${this.name.replaceAll(/[^\w.~-]/g, '_')}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}
