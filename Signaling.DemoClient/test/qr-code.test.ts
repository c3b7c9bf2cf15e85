import jsQR from 'jsqr';
import { expect, test } from 'vitest';
import { qrCode } from '../src/page/share/qr-code.ts';

const scale = 4;

/** What a camera would see: white paper, and each run of the path in black. */
function picture({ size, path }: { size: number; path: string }): Uint8ClampedArray {
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)\.5h(\d+)/g))
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++)
      for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column++)
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  return pixels;
}

test.each([
  'https://192.168.1.5:5173/?room=demo',
  `https://192.168.100.200:5173/?room=${'r'.repeat(128)}&signal=wss://relay.example.org`,
])('a QR code reads as the link that it was made of: %s', link => {
  const code = qrCode(link);
  const side = code.size * scale;
  expect(jsQR(picture(code), side, side)?.data).toBe(link);
});
