// Hostile letters over HTTP: whatever they hold is words on the page, bytes in a file, or not there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../../src/domain/rights.js';
import type { Browser } from '../../support/browser.js';
import { openTicketHouse, type TicketHouse } from './ticket-house.js';

const FOLDER = join(import.meta.dirname, '../hostile');
const NAMES = readdirSync(FOLDER).sort();

let house: TicketHouse;
let browser: Browser;
const references = new Map<string, string>();
beforeAll(async () => {
  house = await openTicketHouse();
  browser = await house.browser();
  for (const name of NAMES) references.set(name, await house.letter(readFileSync(join(FOLDER, name))));
}, 120_000);
afterAll(() => house[Symbol.asyncDispose]());

const pathOf = (name: string) => `/tickets/${references.get(`${name}.eml`)}`;

function linksIn(body: string, end: RegExp): string[] {
  return [...body.matchAll(/(?:href|src)="(\/tickets\/[^"]+\/letters\/[^"]+)"/g)]
    .map(([, link = '']) => link)
    .filter((link) => end.test(link));
}

describe('the page of a hostile letter', () => {
  it.each(NAMES)('holds nothing of %s but words', async (name) => {
    const { status, body, headers } = await browser.get(`/tickets/${references.get(name)}`);
    expect(status).toBe(200);
    expect(body.match(/<script\b[^>]*>/g)).toEqual(
      body
        .match(/<script type="module" src="\/assets\/[\w-]+\/[\w.]+"><\/script>/g)
        ?.map((tag) => tag.replace('</script>', '')),
    );
    expect(body).not.toMatch(/<[^>]*\son\w+=/i);
    expect(body).not.toMatch(/(?:href|src|action|formaction)="(?!\/|#)/);
    expect(body).not.toMatch(/<(?:object|embed|base|link rel="(?!icon|stylesheet))/i);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(body.match(/<iframe[^>]*>/g) ?? []).toEqual(
      linksIn(body, /layout$/).map((link) =>
        expect.stringContaining(`<iframe sandbox loading="lazy" src="${link}"`),
      ),
    );
  });
});

describe('the layout of a hostile letter', () => {
  it.each(NAMES)('of %s is a document that can do nothing', async (name) => {
    const page = await browser.get(`/tickets/${references.get(name)}`);
    const [link = ''] = linksIn(page.body, /layout$/);
    const { status, body, headers } = await browser.get(link);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'self'$/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    const shown = body.slice(body.indexOf('<body>'));
    expect(shown).not.toMatch(
      /<(?:script|style|svg|math|img|iframe|form|input|object|embed|base|meta|link|video|audio|a)\b/i,
    );
    expect(shown).not.toMatch(/<[^>]*(?:\son\w+=|href=|src=|url\()/i);
    if (/html/.test(name)) expect(shown).toContain('The words of the letter stay.');
  });

  it('is not shown of junk', async () => {
    const reference = await house.letter(
      readFileSync(join(FOLDER, 'html.eml'), 'utf8')
        .replace('<hostile-', '<again-')
        .replace('Hostile HTML', 'Once more'),
    );
    const { body } = await browser.get(`/tickets/${reference}`);
    const [link = ''] = linksIn(body, /layout$/);
    await house.daemon.desk.junk({ actor: OPERATOR, reference });
    expect((await browser.get(link)).status).toBe(404);
    expect((await browser.get(`/tickets/${reference}`)).body).not.toContain('/layout');
  });
});

describe('a hostile attachment', () => {
  it('is bytes to be saved, whatever it is called, and the journal tells who saved it', async () => {
    const { body } = await browser.get(pathOf('attachments'));
    const links = linksIn(body, /\/\d+$/);
    expect(links).toHaveLength(10);
    for (const link of links) {
      const { status, headers } = await browser.get(link);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="[\w. ()-]+"; filename\*=UTF-8''[\w.%!~-]+$/,
      );
      expect(headers.get('content-disposition')).not.toMatch(/202e|%2F|%5C/i);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; sandbox; frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const ticket = await house.daemon.store.tickets.find(references.get('attachments.eml') ?? '');
    const journal = await house.daemon.store.journal.ofTicket(ticket?.id ?? '');
    const saved = journal.filter(({ event }) => event === 'handed-out');
    expect(saved).toHaveLength(10);
    expect(saved[0]).toMatchObject({ actor: 'si-roy', detail: { attachment: 'true.png' } });
  });

  it('is a picture only when its bytes are one', async () => {
    const { body } = await browser.get(pathOf('attachments'));
    const shown = await Promise.all(
      linksIn(body, /\/\d+$/).map(async (link) => {
        const { status, headers } = await browser.get(`${link}/picture`);
        return status === 200
          ? [headers.get('content-type'), headers.get('content-disposition')?.split(';')[0]]
          : status;
      }),
    );
    expect(shown[0]).toEqual(['image/png', 'inline']);
    expect(shown.filter((one) => one !== 404)).toEqual([
      ['image/png', 'inline'],
      ['image/png', 'inline'],
    ]);
  });

  it('of another ticket, or of no letter, is not there', async () => {
    const { body } = await browser.get(pathOf('attachments'));
    const [link = ''] = linksIn(body, /\/1$/);
    const elsewhere = link.replace(references.get('attachments.eml') ?? '', references.get('html.eml') ?? '');
    for (const path of [
      elsewhere,
      `${link}1`,
      link.replace(/1$/, '0'),
      link.replace(/1$/, 'x'),
      link.replace(/letters\/[^/]+/, 'letters/none'),
    ]) {
      expect((await browser.get(path)).status, path).toBe(404);
    }
    const lake = await house.browser('si-lake');
    for (const path of [link, `${link}/picture`, link.replace(/1$/, 'layout'), link.replace(/1$/, 'raw')]) {
      expect((await lake.get(path)).status, path).toBe(404);
    }
  });
});

describe('a letter as it came', () => {
  it('is saved byte for byte', async () => {
    const { body } = await browser.get(pathOf('plain-text'));
    const [link = ''] = linksIn(body, /raw$/);
    const { status, headers, body: raw } = await browser.get(link);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(raw).toContain(readFileSync(join(FOLDER, 'plain-text.eml'), 'utf8').trimEnd());
  });
});
