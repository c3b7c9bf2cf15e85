import { readFile } from 'node:fs/promises';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';
import { Columns } from '../src/sequence/columns.ts';
import { lifelines, middle, row, rowHeight } from '../src/sequence/drawing.ts';
import { Folding } from '../src/sequence/fold.ts';
import type { SequenceEvent } from '../src/sequence/sequence-event.ts';
import { shape, toText } from '../src/sequence/shape.ts';
import { label, naming, sentence } from '../src/sequence/words.ts';

const lanes = [{ id: 'a', name: 'alice' }, { id: 'b', name: 'bob' }, { id: 'c', name: 'carol' }];
const columns = new Columns(lanes, 600);
const offer: SequenceEvent = { at: 1500, from: 'a', to: 'c', kind: 'offer', bytes: 1234 };

function drawn(event: SequenceEvent): string {
  return row(event, columns, 1000).map(toText).join('\n');
}

describe('what is drawn', () => {
  test('lanes stand side by side, and never closer than a label is wide', () => {
    expect(columns.x('a')).toBeLessThan(columns.x('b'));
    expect(columns.x('c')).toBeLessThan(columns.width);
    expect(new Columns(lanes, 100).width).toBeGreaterThan(3 * 100);
  });

  test('an arrow goes from lane to lane, with one tip', () => {
    expect(drawn(offer)).toContain(`M${columns.x('a')} 25H${columns.x('c')}`);
    expect(drawn(offer).match(/class="tip"/g)).toHaveLength(1);
  });

  test('a message to everybody has a tip at each of the others', () => {
    expect(drawn({ ...offer, from: 'b', to: null }).match(/class="tip"/g)).toHaveLength(2);
  });

  test('what was refused has no tip, but a cross and the reason', () => {
    const refused = drawn({ ...offer, state: 'refused', reason: 'peer-unavailable' });
    expect(refused).not.toContain('class="tip"');
    expect(refused).toContain('class="cross"');
    expect(refused).toContain('peer-unavailable');
  });

  test("where the relay's part ends, a line goes across all of it", () => {
    const border = drawn({ at: 1500, from: 'a', to: 'b', kind: 'direct' });
    expect(border).toContain(`class="rule" d="M0 25H${columns.width}"`);
    expect(border).toContain(`class="line" d="M${columns.x('a')} 25H${columns.x('b')}"`);
    expect(border).toContain('direct from here on');
  });

  test('a lane is there from its join to its leave', () => {
    const lines = lifelines(lanes, [
      { at: 0, from: 'b', to: null, kind: 'join' },
      { at: 1, from: 'b', to: null, kind: 'leave' },
    ], columns).map(toText);
    expect(lines).toContain(`<path class="life" d="M${columns.x('b')} ${middle(0)}V${middle(1)}"/>`);
    expect(lines).toContain(`<path class="life" d="M${columns.x('a')} 0V${3 * rowHeight}"/>`);
  });

  test('nothing that a peer says becomes markup', () => {
    expect(toText(shape('text', { x: '"' }, '<script>&\u0000'))).toBe('<text x="&quot;">&lt;script&gt;&amp;</text>');
  });
});

describe('on a phone', () => {
  const two = new Columns(lanes.slice(0, 2), 352);
  const text = (event: SequenceEvent) => row(event, two, 0).map(toText).join('\n');

  test('two lanes fit, and whole labels between them', () => {
    expect(two.width).toBeLessThanOrEqual(352);
    expect(text({ at: 0, from: 'a', to: 'b', kind: 'candidate', bytes: 303, details: { candidate: 'host' } })).toContain('>candidate (host) · 303 B<');
    expect(text({ at: 0, from: 'a', to: 'b', kind: 'direct' })).toContain('>direct from here on<');
  });

  test('what would not fit to the right of the last lane stands to its left', () => {
    expect(text({ at: 0, from: 'b', to: null, kind: 'note', reason: 'does not answer' })).toContain('text-anchor="end"');
    expect(text({ at: 0, from: 'a', to: null, kind: 'note', reason: 'does not answer' })).toContain('text-anchor="start"');
  });
});

describe('candidates that follow each other', () => {
  const candidate = (from: string, to: string, at = 0): SequenceEvent => ({ at, from, to, kind: 'candidate', bytes: 100 });

  test('stand in one line, until it is opened', () => {
    const folding = new Folding();
    const events = [offer, candidate('a', 'b'), candidate('b', 'a'), candidate('a', 'b'), offer];
    const shown = folding.of(events);
    expect(shown.map(label)).toEqual(['offer · 1.2 kB', '3 candidates · 300 B', 'offer · 1.2 kB']);
    expect(sentence(shown[1]!, naming(lanes), 0)).toBe('0.000 s 3 candidates · 300 B, between alice and bob, pick it to see each');
    expect(row(shown[1]!, columns, 0).map(toText).join().match(/class="tip"/g)).toHaveLength(2);

    folding.unfold(shown[1]!);
    expect(folding.of(events)).toEqual(events);
    expect(folding.of([...events.slice(0, 4), candidate('b', 'a', 9)])).toHaveLength(5);
  });

  test('are a line of their own for each pair, and two are not folded', () => {
    const mixed = [candidate('a', 'b'), candidate('a', 'b'), candidate('a', 'c'), candidate('c', 'a'), candidate('c', 'a')];
    expect(new Folding().of(mixed).map(({ folded }) => folded?.length)).toEqual([undefined, undefined, 3]);
  });

  test('keep their line while nothing is added to it', () => {
    const folding = new Folding();
    const run = [candidate('a', 'b'), candidate('a', 'b'), candidate('a', 'b')];
    const [line] = folding.of(run);
    expect(folding.of([...run, offer])[0]).toBe(line);
    expect(folding.of([...run, candidate('b', 'a')])[0]?.folded).toHaveLength(4);
  });
});

describe('what is said', () => {
  test('a label has the kind, the type of a candidate and the size', () => {
    expect(label(offer)).toBe('offer · 1.2 kB');
    expect(label({ ...offer, kind: 'candidate', bytes: 90, details: { candidate: 'mdns' } })).toBe('candidate (mdns) · 90 B');
    expect(label({ ...offer, kind: 'leave', reason: 'slow' })).toBe('leaves: slow');
  });

  test('a sentence tells all of it', () => {
    const name = naming(lanes);
    expect(sentence(offer, name, 1000)).toBe('0.500 s offer · 1.2 kB, from alice to carol');
    expect(sentence({ ...offer, to: null, state: 'refused', reason: 'rate-limited' }, name, 1000)).toBe('0.500 s offer · 1.2 kB, from alice to everybody, refused: rate-limited');
    expect(sentence({ at: 1000, from: 'b', to: null, kind: 'join' }, name, 1000)).toBe('0.000 s joins, bob');
  });
});

test("the inspector's copy is what `npm run build:sequence` makes", async () => {
  const made = await build({ configFile: 'vite.sequence.config.ts', build: { write: false } });
  const [result] = Array.isArray(made) ? made : [made];
  const [file] = result && 'output' in result ? result.output : [];
  const committed = await readFile('../Signaling.Server/Inspector/page/sequence.js', 'utf8');
  expect(file?.type === 'chunk' && file.code).toBe(committed);
});
