import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, expect, test } from 'vitest';

let files: Map<string, string | Uint8Array>;

beforeAll(async () => {
  const made = await build({ logLevel: 'silent', build: { write: false } });
  const { output } = (Array.isArray(made) ? made[0] : made) as Rolldown.RolldownOutput;
  files = new Map(output.map(file => [file.fileName, file.type === 'chunk' ? file.code : file.source]));
}, 60_000);

test('all of it is less than 100 KB, compressed', () => {
  const bytes = [...files.values()].reduce((sum, content) => sum + gzipSync(content).length, 0);
  expect([...files.keys()].filter(name => name.endsWith('.js')).length).toBeGreaterThan(1);
  expect(bytes).toBeLessThan(100_000);
});

test('nothing in it needs inline scripts or styles, or another host', () => {
  const page = String(files.get('index.html')).replaceAll('&#39;', "'");
  expect(page).toContain("default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'");
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address).filter(address => /^(https?:)?\/\//.test(address ?? ''))).toEqual([]);
});
