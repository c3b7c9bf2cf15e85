import { element } from '../element.ts';

/** By http from another machine there is no secure context, and browsers hold back some of what they can do. */
export function showSecurity(): void {
  element('insecure', HTMLElement).hidden = isSecureContext;
}
