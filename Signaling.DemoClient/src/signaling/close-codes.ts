/** Close codes with which the relay says that the same client will be turned away again (PROTOCOL.md, "How a connection ends"). */
const final = new Set([1002, 1007, 1008, 1009, 4400, 4401, 4403, 4409]);

/** Whether a connection that ended with this code is worth another try. */
export function isWorthRetrying(code: number): boolean {
  return !final.has(code);
}
