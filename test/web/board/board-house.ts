// A house with tickets on which a board has something to say.
import type { Ticket, TicketClock } from '../../../src/domain/ticket.js';
import { aClock, aMessage, anEscalation, aTicket } from '../../contract/records.js';
import { fixedClock } from '../../support/clock.js';
import { openHouse, type TestHouse } from '../../support/house.js';

export const NOW = '2026-11-24T10:00:00.000Z';
const MINUTE = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
/** Minutes before now. */
export const ago = (minutes: number) => new Date(Date.parse(NOW) - minutes * MINUTE).toISOString();

const PEOPLE = `
officers:
  - { id: dc-sw, name: Asha Sen, rank: dc, divisions: [kp/sw] }
  - { id: oc-behala, name: Mita Roy, rank: oc, stations: [behala] }
  - { id: oc-lake, name: Bimal Das, rank: oc, stations: [lake] }
  - { id: si-roy, name: Anil Roy, rank: si, stations: [behala] }
  - { id: it, name: Ruma Pal, rank: admin }
  - { id: aud, name: Ila Bose, rank: auditor }
`;

export interface BoardHouse extends TestHouse {
  open(changes: Partial<Ticket>, clocks?: readonly Partial<TicketClock>[]): Promise<Ticket>;
}

export async function openBoardHouse(): Promise<BoardHouse> {
  const clock = fixedClock(NOW);
  const house = await openHouse(PEOPLE, { clock });
  return Object.assign(house, {
    open: (changes: Partial<Ticket>, clocks: readonly Partial<TicketClock>[] = []) =>
      house.daemon.store.transact(async (unit) => {
        const met = clocks.find(({ metAt }) => metAt)?.metAt ?? null;
        const ticket = aTicket({ state: 'open', acknowledgedAt: met, ...changes });
        await unit.tickets.open(ticket);
        await unit.messages.add(
          aMessage(ticket.id, { station: ticket.station, receivedAt: ticket.receivedAt }),
        );
        await unit.clocks.start(
          ticket.id,
          clocks.map((one) => aClock(one)),
        );
        await unit.journal.write(ticket.id, { actor: 'system', event: 'opened', detail: {} });
        return ticket;
      }),
  });
}

/** Overdue, at risk, settled and restricted tickets of two stations, and an escalation of each. */
export async function fillBoard(house: BoardHouse) {
  const overdue = await house.open(
    {
      subject: 'Loud music at night',
      receivedAt: ago(3 * DAY),
      urgency: 'urgent',
      language: 'en',
      languages: ['en'],
    },
    [
      {
        state: 'met',
        startedAt: ago(3 * DAY),
        dueAt: ago(3 * DAY - HOUR),
        metAt: ago(3 * DAY - 5),
        riskAt: ago(3 * DAY - 48),
      },
      {
        name: 'first-action',
        state: 'breached',
        startedAt: ago(3 * DAY),
        dueAt: ago(DAY),
        breachedAt: ago(DAY),
        riskAt: ago(DAY + HOUR),
      },
    ],
  );
  const risky = await house.open({ receivedAt: ago(50), subject: 'রাস্তায় জল জমে আছে' }, [
    { startedAt: ago(50), dueAt: ago(-10), riskAt: ago(2) },
  ]);
  const settled = await house.open(
    { station: 'lake', receivedAt: ago(2 * DAY), state: 'closed', reopened: 1 },
    [
      {
        state: 'met',
        startedAt: ago(2 * DAY),
        dueAt: ago(2 * DAY - HOUR),
        metAt: ago(2 * DAY - 30),
        riskAt: ago(2 * DAY - 48),
      },
    ],
  );
  const hidden = await house.open({ receivedAt: ago(DAY), restriction: 'dc', subject: 'About an officer' });
  const toOc = anEscalation(overdue.id, {
    rank: 'oc',
    told: ['oc-behala'],
    at: ago(DAY),
    answerBy: ago(DAY - HOUR),
    nextAt: null,
  });
  const toDc = anEscalation(hidden.id, {
    clock: 'restricted',
    rank: 'dc',
    told: ['dc-sw'],
    at: ago(2 * HOUR),
    answerBy: ago(-HOUR),
    nextAt: null,
  });
  await house.daemon.store.transact(async (unit) => {
    await unit.escalations.raise(toOc);
    await unit.escalations.raise(toDc);
  });
  await house.daemon.countFigures();
  return { overdue, risky, settled, hidden, toOc, toDc };
}
