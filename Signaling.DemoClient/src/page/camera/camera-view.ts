import type { Line } from '../direct/line.ts';
import type { Lines } from '../direct/lines.ts';
import { element } from '../element.ts';
import { make, say } from '../make.ts';
import { Camera } from './camera.ts';
import { insecure } from './camera-words.ts';

/** Own camera on and off, and the pictures of the others. */
export function showCamera(lines: Lines): void {
  const camera = new Camera(lines);
  const toggle = element('camera-toggle', HTMLButtonElement);
  const status = element('camera-status', HTMLElement);
  const stage = element('camera-stage', HTMLElement);
  const own = tile('You', true);
  const tiles = new Map<Line, ReturnType<typeof tile>>();

  const show = () => {
    toggle.disabled = !isSecureContext || camera.isStarting;
    say(toggle, camera.stream ? 'Turn camera off' : 'Turn camera on');
    say(status, isSecureContext ? camera.trouble || (camera.isStarting ? 'The browser asks you.' : camera.stream ? 'Your camera is on.' : '') : insecure);
    own.figure.hidden = !camera.stream;
    own.video.srcObject = camera.stream ?? null;
    stage.hidden = own.figure.hidden && [...tiles.values()].every(({ figure }) => figure.hidden);
  };

  element('camera', HTMLElement).hidden = false;
  stage.append(own.figure);
  toggle.addEventListener('click', () => camera.stream ? camera.stop() : void camera.start());
  camera.on('change', show);
  lines.on('open', line => {
    const theirs = tile(line.name, false);
    tiles.set(line, theirs);
    stage.append(theirs.figure);
    const look = () => {
      say(theirs.caption, line.name);
      theirs.figure.hidden = !line.picture.isThere;
      theirs.video.srcObject = line.picture.isThere ? line.picture.stream : null;
      show();
    };
    line.picture.on('change', look);
    look();
  });
  lines.on('closed', line => {
    tiles.get(line)?.figure.remove();
    tiles.delete(line);
    show();
  });
  show();
}

function tile(name: string, isOwn: boolean) {
  const video = make('video');
  video.autoplay = true;
  video.playsInline = true;
  // One does not want to hear oneself.
  video.muted = isOwn;
  video.setAttribute('aria-label', isOwn ? 'Your own camera' : `Camera of ${name}`);
  const caption = make('figcaption', '', name);
  const figure = make('figure', isOwn ? 'own' : '', video, caption);
  figure.hidden = true;
  return { figure, video, caption };
}
