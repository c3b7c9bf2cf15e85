/** `final`: not again as is. `token`: with a new token. `patient`: again, after longer waits. `again`: again. */
export type AfterClose = 'final' | 'token' | 'patient' | 'again';

interface Ending {
  readonly then: AfterClose;
  readonly words: string;
}

/** Every way the relay ends a connection (PROTOCOL.md, "How a connection ends"). */
const endings = new Map<number, Ending>([
  [1000, { then: 'final', words: 'the relay said goodbye' }],
  [1001, { then: 'again', words: 'the relay is shutting down' }],
  [1002, { then: 'final', words: 'a frame broke the WebSocket protocol' }],
  [1007, { then: 'final', words: 'a text was not UTF-8' }],
  [1008, { then: 'final', words: 'against the policy of the relay' }],
  [1009, { then: 'final', words: 'a message was too large' }],
  [1012, { then: 'again', words: 'the relay is restarting' }],
  [1013, { then: 'patient', words: 'the relay is full' }],
  [4400, { then: 'final', words: 'the relay did not understand this client' }],
  [4401, { then: 'token', words: 'the token is not valid, or no longer' }],
  [4403, { then: 'final', words: 'the token does not allow this room' }],
  [4408, { then: 'again', words: 'this client read too slowly' }],
  [4409, { then: 'final', words: 'a newer connection took this place' }],
  [4429, { then: 'patient', words: 'this client sent too many messages' }],
]);

/** What to do after a connection ended with this code. A code that the table does not know is worth another try. */
export function afterClose(code: number): AfterClose {
  return endings.get(code)?.then ?? 'again';
}

/** Why it ended: the relay's own words if it gave any. */
export function whyClosed(code: number, reason: string): string {
  return reason || (endings.get(code)?.words ?? 'the connection was lost');
}
