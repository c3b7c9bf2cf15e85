import { isRoomName, roomUrl } from '../signaling/room-url.ts';

const defaultRoom = 'demo';

/** Where this page is to connect, or a sentence for the person who opened it with an address that cannot be used. */
export type Address =
  | { readonly room: string; readonly url: string }
  | { readonly room: string; readonly mistake: string };

/** Room and relay as the page's own address names them; `configured` is what its meta tag says. */
export function readAddress(page: URL, configured: string): Address {
  const room = page.searchParams.get('room') || defaultRoom;
  if (!isRoomName(room))
    return { room, mistake: 'This room name cannot be used. A name has 1 to 128 letters (A to Z), digits or . _ ~ - and is not just one or two dots.' };

  const given = page.searchParams.get('signal') || configured.trim();
  const relay = given ? parseRelay(given) : new URL('/signal', page);
  if (!relay)
    return { room, mistake: `“${given}” is not the address of a relay. It should look like ws://localhost:8080 or wss://relay.example.org.` };
  return { room, url: roomUrl(relay, room) };
}

/** The same page and relay, in another room. */
export function pageInRoom(page: URL, room: string): string {
  const url = new URL(page);
  url.searchParams.set('room', room);
  url.hash = '';
  return url.href;
}

function parseRelay(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && ['ws:', 'wss:', 'http:', 'https:'].includes(url.protocol) ? url : undefined;
}
