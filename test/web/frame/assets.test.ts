import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openHouse } from '../../support/house.js';
import { assets } from './page-house.js';

const DESIGN = `
web:
  listen: { host: 127.0.0.1, port: 0 }
  design_page: true
`;

const css = readFileSync(join(import.meta.dirname, '../../../src/web/assets/thanadak.css'), 'utf8');

describe('assets', () => {
  it('are kept for ever under an address that changes with them', async () => {
    await using house = await openHouse();
    const url = `http://127.0.0.1:${house.daemon.webPort}`;
    const answer = await fetch(url + assets.path('thanadak.css'));
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(await answer.text()).toBe(css);
    const former = await fetch(`${url}/assets/000000000000/thanadak.css`);
    expect([former.status, former.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect((await fetch(`${url}/assets/${assets.hash}/..%2Fapp.ts`)).status).toBe(404);
    expect((await fetch(`${url}/design`)).status).toBe(404);
  });

  it('come packed for who can unpack them', () => {
    const packed = assets.find('thanadak.css')?.packed;
    expect(packed && brotliDecompressSync(packed.br).toString()).toBe(css);
    expect(packed && gunzipSync(packed.gzip).toString()).toBe(css);
    expect(assets.find('bengali-400.woff2')).toMatchObject({ type: 'font/woff2', packed: null });
  });

  it('are all there that the style sheet names', () => {
    const names = [...css.matchAll(/url\("([^"]+)"\)/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(assets.find(name)).toBeDefined();
  });

  it('say the dark colours alike for the browser and for the setting', () => {
    const blocks = [
      ...css.matchAll(/:root(?::not\(\[data-theme="light"\]\)|\[data-theme="dark"\]) \{([^}]*)\}/g),
    ];
    const tokens = blocks.map(([, block = '']) => block.match(/--[\w-]+: [^;]+;/g));
    expect(tokens[0]?.length).toBeGreaterThan(20);
    expect(tokens[1]).toEqual(tokens[0]);
  });

  it('leave room in 120 kB for the desk', () => {
    const size = (name: string) => assets.find(name)?.packed?.gzip.length ?? 0;
    expect(size('thanadak.css')).toBeLessThan(14_000);
  });
});

describe('the page of components', () => {
  it('is there for who asks for it, in every language', async () => {
    await using house = await openHouse(DESIGN);
    const url = `http://127.0.0.1:${house.daemon.webPort}`;
    for (const language of ['en', 'bn', 'hi']) {
      const answer = await fetch(`${url}/design?language=${language}&theme=dark`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(await answer.text()).toContain(`<html lang="${language}" data-theme="dark"`);
    }
  });
});
