// `/design`: every component on one page, for who builds pages. Nothing of the house is on it.
import type { FastifyInstance } from 'fastify';
import { LANGUAGES } from '../../domain/station.js';
import type { Clock } from '../../ports/surroundings.js';
import { sayPage } from '../replies.js';
import { PAGE_POLICY } from './policy.js';
import type { Looker } from './route.js';
import type { Views } from './views.js';

const THEMES = ['auto', 'light', 'dark'] as const;

const DATA = {
  title: 'Design',
  here: 'desk',
  colours: ['ground', 'paper', 'sunk', 'chosen', 'deed', 'bad', 'warn', 'good', 'info'],
  rows: [
    { subject: 'Loudspeakers after midnight', language: 'en', kind: 'late', due: 'first action 25 min late' },
    { subject: 'রাতে জোরে মাইক বাজে', language: 'bn', kind: 'soon', due: 'first action in 20 min' },
    { subject: 'गली में रोज़ झगड़ा', language: 'hi', kind: '', due: 'settle in 3 days' },
  ],
};

/** Anybody sees it: it is registered only where `web.design_page` says so. `?language=` and `?theme=` choose how. */
export function addDesignPage(app: FastifyInstance, { views, clock }: { views: Views; clock: Clock }): void {
  app.get('/design', (request, reply) => {
    const query = request.query as Record<string, unknown>;
    const looker: Looker = {
      officer: SOMEBODY,
      language: LANGUAGES.find((one) => one === query.language) ?? 'en',
      settings: { theme: THEMES.find((one) => one === query.theme) ?? 'auto', shortcuts: true },
      csrf: '',
      now: clock.now(),
      url: '/design',
    };
    return sayPage(
      reply.header('content-security-policy', PAGE_POLICY),
      200,
      views.render('frame/design', DATA, looker),
    );
  });
}

const SOMEBODY: Looker['officer'] = {
  id: 'oc-somewhere',
  name: 'A. Sen',
  title: 'Inspector',
  rank: 'oc',
  address: null,
  stations: [],
  divisions: [],
  readsRestricted: false,
  disabled: false,
  away: null,
};
