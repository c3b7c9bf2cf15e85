import { encode } from 'uqr';

/** Light modules around it, as the standard asks for. */
const border = 4;

/** Its side in modules, and its dark modules as the path of an SVG: a stroke for each run of a row. */
export function qrCode(text: string): { readonly size: number; readonly path: string } {
  const { size, data } = encode(text, { ecc: 'M', border });
  const path = data.map((row, y) => [...row.map(dark => (dark ? '1' : '0')).join('').matchAll(/1+/g)]
    .map(({ index, 0: run }) => `M${index} ${y + 0.5}h${run.length}`).join('')).join('');
  return { size, path };
}
