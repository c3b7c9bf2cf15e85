// What happened on this page, in order; a test takes one after the other.
const happened = [];
const waiting = [];

export function tell(event) {
  const someone = waiting.shift();
  if (someone) someone(event);
  else happened.push(event);
}

export function next() {
  return happened.length > 0 ? happened.shift() : new Promise((resolve) => waiting.push(resolve));
}
