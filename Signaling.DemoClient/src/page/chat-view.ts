import { element } from './element.ts';
import type { Talk } from './talk.ts';

const log = element('chat-log', HTMLElement);
const form = element('chat-form', HTMLFormElement);
const text = element('chat-text', HTMLInputElement);
const send = element('chat-send', HTMLButtonElement);

export function showChat(talk: Talk): void {
  talk.on('message', ({ who, text: words }) => add('theirs', who, words));
  talk.on('state', ({ state }) => { send.disabled = state !== 'connected' && state !== 'mending'; });
  talk.on('came', ({ name }) => note(`${name} is here.`));
  talk.on('went', ({ name }) => note(`${name === 'Other tab' ? 'The other tab' : name} left.`));
  form.addEventListener('submit', event => {
    event.preventDefault();
    const message = text.value.trim();
    if (!message || !talk.send(message)) return;
    add('mine', 'You', message);
    text.value = '';
    text.focus();
  });
}

function add(kind: 'mine' | 'theirs', who: string, message: string): void {
  const name = document.createElement('span');
  name.className = 'who';
  name.textContent = who;
  const words = document.createElement('span');
  words.className = 'words';
  words.textContent = message;
  append(kind, name, ' ', words);
}

function note(words: string): void {
  append('note', words);
}

function append(kind: string, ...content: (Node | string)[]): void {
  const line = document.createElement('p');
  line.className = kind;
  line.append(...content);
  log.append(line);
  log.scrollTop = log.scrollHeight;
}
