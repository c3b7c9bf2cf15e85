import { element } from '../element.ts';
import { qrCode } from './qr-code.ts';

const namespace = 'http://www.w3.org/2000/svg';

/** The room's link, for the camera of a phone. */
export function showQrCode(link: string): void {
  const { size, path } = qrCode(link);
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `QR code of ${link}`);
  const modules = document.createElementNS(namespace, 'path');
  modules.setAttribute('d', path);
  svg.append(modules);
  const figure = element('qr-code', HTMLElement);
  figure.prepend(svg);
  figure.hidden = false;
}
