/** A name nobody else has: 80 random bits. (`crypto.randomUUID` is missing on pages without a secure context.) */
export function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), byte => byte.toString(16).padStart(2, '0')).join('');
}
