import { describe, expect, it } from 'vitest';
import { openBrowser, signedIn } from '../../support/browser.js';
import { openHouse } from '../../support/house.js';

const OFFICERS = `
officers:
  - { id: si-roy, name: Mita Roy, rank: si, stations: [behala] }
`;

describe('the frame of the officers’ pages', () => {
  it('leads strangers to the way in, and back to what they asked for', async () => {
    await using house = await openHouse(OFFICERS);
    const page = await openBrowser(house.daemon.webPort).get('/?state=new');
    expect(page).toMatchObject({ status: 303, to: `/sign-in?next=${encodeURIComponent('/?state=new')}` });
  });

  it('gives pages to officers who are signed in', async () => {
    await using house = await openHouse(OFFICERS);
    const browser = await signedIn(house.daemon, 'si-roy');
    const page = await browser.get('/desk');
    expect(page.status).toBe(200);
    expect(page.body).toContain('Mita Roy');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it('asks for the page once more when a link of a mail brought no cookie', async () => {
    await using house = await openHouse(OFFICERS);
    const browser = openBrowser(house.daemon.webPort);
    const page = await browser.get('/?a=1&b=2', { 'sec-fetch-site': 'cross-site' });
    expect(page.status).toBe(200);
    expect(page.body).toContain('content="0; url=/?a=1&amp;b=2"');
    expect((await browser.get('/', { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });
});
