import { expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { openTicketHouse } from './ticket-house.js';
it('shows', async () => {
  await using house = await openTicketHouse();
  const reference = await house.letter();
  const browser = await house.browser();
  const page = await browser.get(`/tickets/${reference}`);
  writeFileSync('/tmp/w/tk-page.html', page.body);
  expect(page.status).toBe(200);
});
