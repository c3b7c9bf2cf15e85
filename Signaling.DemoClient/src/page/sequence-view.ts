import { SequenceDiagram, type SequenceEvent } from '../sequence/sequence-diagram.ts';
import { element } from './element.ts';
import { make } from './make.ts';
import { saveFile } from './save-file.ts';
import type { Party } from './signal-note.ts';
import type { Other, Talk } from './talk.ts';
import { sizeWords } from './words.ts';

const you = 'you';

/** More lanes than this are not told apart any more: those of who left go, and the diagram begins anew. */
const mostLanes = 8;

/** The signaling of this tab as it grows, and where it ends: when the direct connection is there. */
export function showSequence(talk: Talk, ownName: string): void {
  const details = element('sequence-details', HTMLElement);
  const diagram = new SequenceDiagram(element('sequence', HTMLElement), { limit: 200, folds: true, you, onSelect: event => details.replaceChildren(...detailsOf(event)) });
  const lanes = new Map<string, Party>([[you, { id: you, name: ownName }]]);
  const here = new Map<string, Other['state']>();

  const meet = (other: Party) => {
    if (lanes.get(other.id)?.name === other.name) return;
    if (!lanes.has(other.id) && lanes.size >= mostLanes) {
      for (const id of lanes.keys()) if (id !== you && !here.has(id)) lanes.delete(id);
      diagram.clear();
    }
    lanes.set(other.id, other);
    diagram.lanes([...lanes.values()]);
  };
  const add = (event: Omit<SequenceEvent, 'at'>) => diagram.add({ at: performance.timeOrigin + performance.now(), ...event });

  diagram.lanes([...lanes.values()]);
  talk.on('others', others => {
    for (const other of others) {
      meet(other);
      // Who was here before has not come now.
      if (!here.has(other.id) && other.state === 'expected') add({ kind: 'join', from: other.id, to: null });
      if (other.state === 'interrupted' && here.get(other.id) === 'connected') add({ kind: 'note', from: other.id, to: null, reason: 'does not answer' });
      if (other.state === 'connected' && here.get(other.id) === 'interrupted') add({ kind: 'direct', from: you, to: other.id, reason: 'direct again' });
      here.set(other.id, other.state);
    }
    for (const id of here.keys()) {
      if (others.some(other => other.id === id)) continue;
      here.delete(id);
      if (lanes.has(id)) add({ kind: 'leave', from: id, to: null });
    }
  });
  talk.on('signal', ({ direction, type, other, bytes, details: known }) => {
    meet(other);
    const [from, to] = direction === 'sent' ? [you, other.id] : [other.id, you];
    add({ from, to, bytes, details: known, kind: isKind(type) ? type : 'candidate', ...(isKind(type) ? {} : { reason: 'end of candidates' }) });
  });
  talk.on('came', other => {
    meet(other);
    add({ kind: 'direct', from: you, to: other.id });
  });
  element('sequence-save', HTMLButtonElement).addEventListener('click', () => saveFile(new Blob([diagram.toSvg()], { type: 'image/svg+xml' }), 'handshake.svg'));
}

function isKind(type: string): type is 'offer' | 'answer' | 'candidate' {
  return type === 'offer' || type === 'answer' || type === 'candidate';
}

function detailsOf({ at, kind, bytes, reason, details, folded }: SequenceEvent): Node[] {
  const all = { time: new Date(at).toISOString().slice(11, 23), ...(bytes === undefined ? {} : { size: `${bytes} bytes (${sizeWords(bytes)})` }), ...details };
  return [make('dt', '', 'what'), make('dd', '', folded ? `${folded.length} candidates: Enter or a click shows each` : reason ?? kind), ...Object.entries(all).flatMap(([name, value]) => [make('dt', '', name), make('dd', '', value)])];
}
