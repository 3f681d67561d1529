// Notes, people, labels, the register, correspondents and notices.
import { describe, expect, it } from 'vitest';
import type { Information } from '../../src/domain/register.js';
import type { OfficerRecord, TriageLabel } from '../../src/ports/records.js';
import { at, freshStore, id, type OpenStore, T0 } from './records.js';

function anOfficer(changes: Partial<OfficerRecord> = {}): OfficerRecord {
  return {
    id: 'si.roy',
    name: 'A. Roy',
    title: 'SI',
    rank: 'officer',
    address: 'si.roy@kolkatapolice.example',
    stations: ['behala', 'lake'],
    divisions: ['kp/sw'],
    readsRestricted: true,
    disabled: false,
    away: null,
    absenceOnly: false,
    ...changes,
  };
}

function anInformation(ticketId: string, changes: Partial<Information> = {}): Information {
  return {
    ticketId,
    station: 'behala',
    year: 2026,
    serial: 1,
    receivedAt: T0,
    registeredAt: at(10),
    registeredBy: 'si.roy',
    substance: 'A bicycle was taken',
    signedAt: null,
    signedHow: null,
    signedBefore: null,
    decision: null,
    decisionText: null,
    decidedAt: null,
    decidedBy: null,
    ...changes,
  };
}

function aLabel(ticketId: string, changes: Partial<TriageLabel> = {}): TriageLabel {
  return {
    id: id('B'),
    ticketId,
    at: at(1),
    actor: 'si.roy',
    proposedUrgency: 'non-urgent',
    proposedCategory: 'noise',
    urgency: 'urgent',
    category: 'theft',
    ...changes,
  };
}

export function describeDesk(name: string, open: OpenStore): void {
  describe(`the desk's records on ${name}`, () => {
    const the = freshStore(open);

    it('hold the notes of a ticket, the oldest first', async () => {
      const [ticket, other] = [await the.openTicket(), await the.openTicket()];
      const note = (ticketId: string, text: string) => ({
        id: id('N'),
        ticketId,
        at: at(1),
        actor: 'si.roy',
        text,
      });
      const notes = [note(ticket.id, 'called twice'), note(ticket.id, 'called again')];
      await the.store.transact(async (unit) => {
        for (const each of [...notes, note(other.id, 'elsewhere')]) await unit.notes.add(each);
      });
      expect(await the.store.notes.ofTicket(ticket.id)).toEqual(notes);
    });

    it('hold officers by id, each as last saved', async () => {
      const away = { until: at(99), deputy: 'si.das' };
      const first = anOfficer();
      const changed = anOfficer({
        name: 'B. Roy',
        title: '',
        rank: 'oc',
        address: null,
        stations: [],
        divisions: [],
        readsRestricted: false,
        disabled: true,
        away,
        absenceOnly: true,
      });
      const other = anOfficer({ id: 'asi.sen', away: { until: at(9), deputy: null } });
      await the.store.transact(async (unit) => {
        await unit.officers.save(first);
        await unit.officers.save(other);
      });
      expect(await the.store.officers.list()).toEqual([other, first]);
      await the.store.transact((unit) => unit.officers.save(changed));
      expect(await the.store.officers.list()).toEqual([other, changed]);
      await the.store.transact((unit) => unit.officers.save(first));
      expect(await the.store.officers.list()).toEqual([other, first]);
    });

    it('hold labels, the oldest first and no more than asked for', async () => {
      const ticketId = (await the.openTicket()).id;
      const first = aLabel(ticketId);
      const second = aLabel(ticketId, { proposedUrgency: null, proposedCategory: null, category: null });
      await the.store.transact(async (unit) => {
        await unit.labels.add(first);
        await unit.labels.add(second);
      });
      expect(await the.store.labels.list(10)).toEqual([first, second]);
      expect(await the.store.labels.list(1)).toEqual([first]);
    });

    it('tell correspondents apart by address in any spelling', async () => {
      const [ticket, other] = [await the.openTicket(), await the.openTicket()];
      const fire = { ticketId: ticket.id, address: 'Desk@Fire.example', role: 'agency' } as const;
      const again = { ticketId: ticket.id, address: 'desk@fire.example', role: 'force' } as const;
      const howrah = { ticketId: ticket.id, address: 'oc@howrah.example', role: 'force' } as const;
      await the.store.transact(async (unit) => {
        for (const each of [fire, howrah, { ...fire, ticketId: other.id }])
          await unit.correspondents.add(each);
      });
      expect(await the.store.correspondents.ofTicket(ticket.id)).toEqual([fire, howrah]);
      await the.store.transact((unit) => unit.correspondents.add(again));
      expect(await the.store.correspondents.ofTicket(ticket.id)).toEqual([again, howrah]);
      expect(await the.store.correspondents.ofTicket(other.id)).toEqual([{ ...fire, ticketId: other.id }]);
    });

    it('let a notice be claimed once, by one of two processes', async () => {
      const other = await the.under.second();
      for (const key of ['digest 2026-11-24', 'digest 2026-11-25']) {
        const claims = [the.store, other, the.store].map((store) =>
          store.transact((unit) => unit.notices.claim(key)),
        );
        expect((await Promise.all(claims)).toSorted()).toEqual([false, false, true]);
      }
    });
  });

  describe(`the register on ${name}`, () => {
    const the = freshStore(open);

    it('numbers entries per station and year, never twice, apart from the tickets', async () => {
      const other = await the.under.second();
      await the.store.transact((unit) => unit.tickets.nextNumber('behala', 2026));
      const asked = Array.from({ length: 20 }, (_, turn) =>
        (turn % 2 === 0 ? the.store : other).transact((unit) => unit.information.nextSerial('behala', 2026)),
      );
      const serials = (await Promise.all(asked)).toSorted((a, b) => a - b);
      expect(serials).toEqual(Array.from({ length: 20 }, (_, turn) => turn + 1));
      const next = (station: string, year: number) =>
        the.store.transact((unit) => unit.information.nextSerial(station, year));
      expect([await next('behala', 2027), await next('lake', 2026)]).toEqual([1, 1]);
      expect(await the.store.transact((unit) => unit.tickets.nextNumber('behala', 2026))).toBe(2);
    });

    it('holds one entry a ticket, as last saved', async () => {
      const ticketId = (await the.openTicket()).id;
      const registered = anInformation(ticketId);
      const decided: Information = {
        ...registered,
        substance: 'A bicycle was stolen',
        signedAt: at(20),
        signedHow: 'e-signature',
        signedBefore: 'oc.behala',
        decision: 'fir',
        decisionText: 'FIR 12/26',
        decidedAt: at(30),
        decidedBy: 'oc.behala',
      };
      expect(await the.store.information.ofTicket(ticketId)).toBeUndefined();
      await the.store.transact((unit) => unit.information.save(registered));
      expect(await the.store.information.ofTicket(ticketId)).toEqual(registered);
      await the.store.transact((unit) => unit.information.save(decided));
      expect(await the.store.information.ofTicket(ticketId)).toEqual(decided);
      expect(await the.store.information.list({})).toEqual([decided]);
    });

    it('refuses a number that another ticket has', async () => {
      const [one, other] = [await the.openTicket(), await the.openTicket()];
      await the.store.transact((unit) => unit.information.save(anInformation(one.id)));
      const saving = the.store.transact((unit) => unit.information.save(anInformation(other.id)));
      await expect(saving).rejects.toThrow();
    });

    it.each([
      ['all', {}, [0, 1, 2, 3]],
      ['one station', { station: 'behala' }, [0, 1, 2]],
      ['from an instant', { registeredFrom: at(20) }, [1, 2, 3]],
      ['before an instant', { registeredBefore: at(20) }, [0]],
      ['a station and a span', { station: 'behala', registeredFrom: at(20), registeredBefore: at(30) }, [1]],
    ])('lists %s in the order of its numbers', async (_what, filter, expected) => {
      const entry = async (changes: Partial<Information>) =>
        anInformation((await the.openTicket()).id, changes);
      const entries = [
        await entry({ serial: 2, registeredAt: at(10) }),
        await entry({ serial: 10, registeredAt: at(20) }),
        await entry({ year: 2027, serial: 1, registeredAt: at(30) }),
        await entry({ station: 'lake', serial: 1, registeredAt: at(25) }),
      ];
      await the.store.transact(async (unit) => {
        for (const each of entries.toReversed()) await unit.information.save(each);
      });
      expect(await the.store.information.list(filter)).toEqual(expected.map((index) => entries[index]));
    });
  });
}
