import type { MeshPeerState } from '../signaling/mesh-events.ts';
import { element } from './element.ts';
import type { Other, Talk } from './talk.ts';

const section = element('others', HTMLElement);
const list = element('others-list', HTMLUListElement);
const node = element('other-node', SVGTextElement);

const words: Record<MeshPeerState, string> = {
  expected: 'is about to call',
  connecting: 'connecting',
  connected: 'connected',
  interrupted: 'does not answer; looking for a new way',
  failed: 'no direct way found; trying again',
  gone: 'gone',
};

/** Who is in the room, this tab first. */
export function showOthers(talk: Talk, ownName: string): void {
  const show = (others: readonly Other[]) => {
    list.replaceChildren(line(ownName, 'this tab', 'self'), ...others.map(({ name, state }) => line(name, words[state], state)));
    node.textContent = others.length > 1 ? `${others.length} others` : 'Other tab';
  };
  section.hidden = false;
  talk.on('others', show);
  show(talk.others);
}

function line(name: string, says: string, state: string): HTMLLIElement {
  const item = document.createElement('li');
  item.dataset['state'] = state;
  const strong = document.createElement('strong');
  strong.textContent = name;
  const span = document.createElement('span');
  span.textContent = says;
  item.append(strong, ' ', span);
  return item;
}
