// Pages and deeds of the administration, for the IT cell alone.
import { changePresence, deputyFor, type PresenceChange } from '../../desk/presence.js';
import { ThanadakError } from '../../domain/errors.js';
import { instantOf } from '../../domain/time.js';
import { dayOf, openZone, reach } from '../../domain/zone.js';
import { retryLetter } from '../../outbox/retrying.js';
import { endSessions } from '../../sign-in/account.js';
import type { WebHouse } from '../frame/house.js';
import { type Answer, type Asked, fieldOf, type Route, type Visit } from '../frame/route.js';
import { textIn } from '../words/words.js';
import { readHealth, readLetters, readOutbox } from './office-read.js';
import { OUTBOX_TABS, officerRows, stationRow, tabsAt } from './office-view.js';

const RULE = { ranks: ['admin'] } as const;

export function officeRoutes(house: WebHouse): Route[] {
  return [...pages(house), ...deeds(house)];
}

function pages(house: WebHouse): Route[] {
  const get = (path: string, read: (visit: Visit, asked: Asked) => Promise<object>): Route => ({
    method: 'GET',
    path,
    rule: RULE,
    answer: async (visit, asked) => ({
      view: path === '/office' ? 'office/health' : path.slice(1),
      data: {
        title: textIn(visit.language)('office.title'),
        here: 'office',
        tabs: tabsAt(path),
        done: fieldOf(asked.query, 'done').slice(0, 200),
        ...(await read(visit, asked)),
      },
    }),
  });
  return [
    get('/office', async (_visit, { query }) => ({
      ...(await readHealth(house)),
      backup: ['begun', 'none'].find((one) => one === fieldOf(query, 'backup')) ?? null,
    })),
    get('/office/letters', () => readLetters(house)),
    get('/office/outbox', (_visit, { query }) =>
      readOutbox(house, OUTBOX_TABS.find((state) => state === fieldOf(query, 'state')) ?? 'failed'),
    ),
    get('/office/officers', async ({ people, now }) => ({ officers: officerRows(people, now) })),
    get('/office/stations', async ({ rules }) => ({
      stations: [...rules.directory.stations.values()].map(stationRow),
    })),
  ];
}

function deeds(house: WebHouse): Route[] {
  const post = (path: string, answer: (visit: Visit, asked: Asked) => Promise<Answer>): Route => ({
    method: 'POST',
    path,
    rule: RULE,
    answer,
  });
  return [
    post('/office/letters/:id/release', async (_visit, { params }) => releaseLetter(house, params.id ?? '')),
    post('/office/outbox/:id/retry', async ({ actor }, { params, form }) => {
      const { letter } = await retryLetter(house.store, { id: params.id ?? '', by: actor.id });
      const state = OUTBOX_TABS.find((one) => one === fieldOf(form, 'state')) ?? 'failed';
      return backTo(`/office/outbox?state=${state}&`, letter.to);
    }),
    post('/office/officers/:id', (visit, asked) => changeOfficer(house, visit, asked)),
    post('/office/journal/verify', async () => {
      house.upkeep.startVerifying();
      return { redirect: '/office' };
    }),
    post('/office/backup', async () => ({
      redirect: `/office?backup=${house.upkeep.startBackup() ? 'begun' : 'none'}`,
    })),
  ];
}

function backTo(path: string, done: string): Answer {
  return { redirect: `${path}done=${encodeURIComponent(done)}` };
}

/** Errors: 'not-found' when none with this id is held. */
async function releaseLetter({ spool }: WebHouse, id: string): Promise<Answer> {
  const isHeld = (await spool.listHeld()).some((letter) => letter.id === id);
  if (!isHeld || !(await spool.release(id)))
    throw new ThanadakError('not-found', `Letter ${id} is not held.`);
  return backTo('/office/letters?', id);
}

/** Errors: 'not-found', 'invalid'. Nobody takes themselves out of service: who would take them back? */
async function changeOfficer(house: WebHouse, visit: Visit, asked: Asked): Promise<Answer> {
  const id = asked.params.id ?? '';
  const change = presenceAsked(visit, asked);
  if (id === visit.officer.id && fieldOf(asked.form, 'deed') === 'disable') {
    throw new ThanadakError(
      'invalid',
      'Nobody takes themselves out of service; ask somebody else of the IT cell.',
    );
  }
  const also: PresenceChange['also'] = async (unit, { id: officer, disabled }) => {
    if (disabled) await endSessions(unit, { officer, actor: visit.actor.id, why: 'disabled' });
  };
  const changed = await changePresence({ store: house.store, rules: visit.rules }, { id, change, also });
  return backTo('/office/officers?', changed.name || changed.id);
}

/** Errors: 'invalid'. */
function presenceAsked(visit: Visit, { form }: Asked): PresenceChange['change'] {
  switch (fieldOf(form, 'deed')) {
    case 'disable':
      return ({ away }) => ({ disabled: true, away });
    case 'enable':
      return ({ away }) => ({ disabled: false, away });
    case 'back':
      return ({ disabled }) => ({ disabled, away: null });
    case 'away': {
      const until = endOfDay(fieldOf(form, 'until'), visit);
      const deputy = fieldOf(form, 'deputy');
      return (officer, around) => ({
        disabled: officer.disabled,
        away: { until, deputy: deputy === '' ? null : deputyFor(officer, deputy, around).id },
      });
    }
    default:
      throw new ThanadakError('invalid', 'The form does not say what is to be changed.');
  }
}

function endOfDay(date: string, { rules, now }: Visit): string {
  const day = dayOf(date);
  if (Number.isNaN(day))
    throw new ThanadakError('invalid', `There is no day "${date}"; give one such as 2026-12-01.`);
  const until = instantOf(reach(openZone(rules.timeZone), day + 1, 0) - 1);
  if (until <= now) throw new ThanadakError('invalid', 'An absence must end in the future.');
  return until;
}
