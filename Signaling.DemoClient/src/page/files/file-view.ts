import type { Lines } from '../direct/lines.ts';
import { element } from '../element.ts';
import { say } from '../make.ts';
import { largestFile } from './file-message.ts';
import { transferItem } from './transfer-view.ts';
import { sizeWords } from '../words.ts';

/** Lines of finished transfers that stay in the list. */
const longestList = 30;

/** A place to drop files, and what becomes of them. What is dropped goes to everybody. */
export function showFiles(lines: Lines): void {
  const zone = element('file-zone', HTMLElement);
  const input = element('file-input', HTMLInputElement);
  const list = element('file-list', HTMLUListElement);
  const hint = element('file-hint', HTMLElement);
  const usual = hint.textContent;

  const ready = () => {
    const open = lines.all.length > 0;
    input.disabled = !open;
    zone.toggleAttribute('data-ready', open);
  };
  const send = (files: Iterable<File>) => {
    say(hint, usual);
    for (const file of files) {
      if (file.size > largestFile) say(hint, `${file.name} is larger than ${sizeWords(largestFile)}, which is the most that this page sends.`);
      else for (const line of lines.all) if (!line.files.send(file)) say(hint, `${file.name} does not go to ${line.name}: too many wait already.`);
    }
  };

  element('files', HTMLElement).hidden = false;
  lines.on('open', line => {
    line.files.on('transfer', transfer => {
      list.prepend(transferItem(transfer, line.name));
      while (list.children.length > longestList) list.lastElementChild?.remove();
    });
    ready();
  });
  lines.on('closed', ready);
  input.addEventListener('change', () => {
    send(input.files ?? []);
    input.value = '';
  });
  zone.addEventListener('dragover', event => {
    event.preventDefault();
    zone.toggleAttribute('data-over', lines.all.length > 0);
  });
  for (const end of ['dragleave', 'drop']) zone.addEventListener(end, () => zone.removeAttribute('data-over'));
  zone.addEventListener('drop', event => {
    event.preventDefault();
    if (event.dataTransfer) send(event.dataTransfer.files);
  });
  // A file that misses the place would be opened by the browser, and the conversation be gone.
  for (const miss of ['dragover', 'drop']) addEventListener(miss, event => event.preventDefault());
  ready();
}
