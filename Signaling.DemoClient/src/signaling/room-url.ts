/** Room names that every relay takes: 1-128 of `A-Z a-z 0-9 . _ ~ -`; not `.` and `..`, which URLs swallow. */
export function isRoomName(name: string): boolean {
  return /^[A-Za-z0-9._~-]{1,128}$/.test(name) && name !== '.' && name !== '..';
}

/** The relay's WebSocket URL for a room. `relay` is ws, wss, http or https, with or without a path before `/room`. */
export function roomUrl(relay: URL, room: string): string {
  const url = new URL(relay);
  url.protocol = url.protocol.replace('http', 'ws');
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/room/${room}`;
  url.hash = '';
  return url.href;
}
