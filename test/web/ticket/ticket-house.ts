// A house with officers and letters in it, and their browsers without a window.
import { type Browser, type Page, signedIn } from '../../support/browser.js';
import { aLetter, openHouse, type TestHouse } from '../../support/house.js';

export const OFFICERS = `
officers:
  - { id: si-roy, name: Mita Roy, rank: si, stations: [behala] }
  - { id: si-das, name: Anil Das, rank: si, stations: [behala] }
  - { id: si-lake, name: Uma Lahiri, rank: si, stations: [lake] }
  - { id: oc-sen, name: Asim Sen, rank: oc, stations: [behala] }
agencies: [{ code: kmc, name: { en: Municipal Corporation }, address: kmc@city.example }]
`;

export interface TicketHouse extends TestHouse {
  browser(officer?: string): Promise<Browser>;
  /** Leaves a letter, waits for its ticket, and resolves to the reference. */
  letter(raw?: string | Buffer): Promise<string>;
}

export async function openTicketHouse(more = ''): Promise<TicketHouse> {
  const house = await openHouse(OFFICERS + more);
  return Object.assign(house, {
    browser: (officer = 'si-roy') => signedIn(house.daemon, officer),
    async letter(raw: string | Buffer = aLetter()) {
      await house.send({ raw });
      await house.daemon.idle();
      const [newest] = await house.daemon.store.tickets.list({ limit: 1 });
      if (!newest) throw new Error('The letter opened no ticket.');
      return newest.reference;
    },
  });
}

/** The value of the first hidden field `name` of a page. */
export function hiddenIn({ body }: Pick<Page, 'body'>, name: string): string {
  return new RegExp(`type="hidden" name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
}

/** What stands in the text area `id` of a page. */
export function typedIn({ body }: Pick<Page, 'body'>, id: string): string | undefined {
  return new RegExp(`<textarea id="${id}"[^>]*>\\n([^<]*)</textarea>`).exec(body)?.[1];
}
