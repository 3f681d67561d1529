// Pages from templates: compiled once at the start, escaped always, in the frame of the house.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Eta, type TemplateFunction } from 'eta';
import { type LocalisedName, nameIn } from '../../domain/station.js';
import type { Instant } from '../../domain/time.js';
import { escapeValue, type Html, html, trustedMarkup } from '../html.js';
import { numberIn } from '../words/phrases.js';
import { formIn, type PhraseKey, sayIn } from '../words/words.js';
import { icon } from './icons.js';
import { destinationsOf } from './navigation.js';
import type { Looker } from './route.js';
import { type ReadTimes, readTimes } from './times.js';

/** What the frame asks of a page's data; the rest is the page's own. */
export interface PageData {
  /** Of the document; the page writes its own h1. */
  title: string;
  /** Which of the main views it belongs to. */
  here?: 'desk' | 'board' | 'office' | undefined;
  /** Browser modules besides those of the frame: `live.js`. */
  scripts?: readonly string[] | undefined;
  /** Without header and edges, for a screen on the wall. */
  wall?: boolean | undefined;
  /** Seconds after which a page without scripts loads itself again, as `<meta http-equiv="refresh">` has it. */
  refresh?: number | string | undefined;
}

export interface Views {
  /** A whole document. `data` holds what PageData asks for. Throws TypeError for an unknown view or an empty place. */
  render(view: string, data: object, looker: Looker): string;
  /** The view alone, to be put into a page that is there. */
  fragment(view: string, data: object, looker: Looker): string;
}

export interface ViewOptions {
  /** Path of an asset by its name. */
  asset(name: string): string;
  /** IANA name. */
  timeZone: string;
  folder?: string | undefined;
}

/** From `src/` as from `dist/` two folders above this one's room. */
const FOLDER = join(import.meta.dirname, '../../../src/web/views');

/** Reads and compiles every template; throws for one that does not compile or writes without escaping. */
export function openViews({ asset, timeZone, folder = FOLDER }: ViewOptions): Views {
  const eta = new Eta({ escapeFunction: escapeValue, autoTrim: false, plugins: [{ processAST: refuseRaw }] });
  const compiled = new Map<string, TemplateFunction>();
  for (const name of templatesIn(folder)) {
    compiled.set(name.replace(/\.eta$/, ''), eta.compile(readFileSync(join(folder, name), 'utf8')));
  }
  const show = (view: string, given: object) => {
    const template = compiled.get(view);
    if (!template) throw new TypeError(`There is no view ${view}.`);
    return template.call(eta, given);
  };
  const fragment = (view: string, data: object, looker: Looker) =>
    show(view, givenTo({ data, looker, show, asset, timeZone }));
  return {
    fragment,
    render(view, data, looker) {
      const main = trustedMarkup(fragment(view, data, looker));
      return fragment('frame/layout', { ...NO_FRAME, ...data, main }, looker);
    },
  };
}

const NO_FRAME = { here: null, scripts: [], wall: false, refresh: null };

function templatesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eta'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function refuseRaw<Node>(nodes: Node[]): Node[] {
  const raw = nodes.some(
    (node) => typeof node === 'object' && node !== null && 't' in node && node.t === 'r',
  );
  if (raw) throw new TypeError('A view writes without escaping.');
  return nodes;
}

interface Showing {
  data: object;
  looker: Looker;
  show(view: string, given: object): string;
  asset(name: string): string;
  timeZone: string;
}

/** All that a template sees as `it`: its data, and what every template can ask for. */
function givenTo(showing: Showing): object {
  const { data, looker, show, asset, timeZone } = showing;
  const { language, now } = looker;
  const times = readTimes({ language, timeZone, now });
  const shared = {
    ...looker,
    asset,
    icon,
    times,
    /** Says a phrase. */
    t: sayIn(language),
    phrase: formIn(language),
    number: (value: number) => numberIn(language, value),
    name: (name: LocalisedName) => nameIn(name, language),
    /** An instant, with the full form on demand and how far away it is. */
    time: (at: Instant) => timeMarkup(times, at),
    /** The same for narrow places: how far away alone, the rest on demand. */
    away: (at: Instant) => awayMarkup(times, at),
    destinations: destinationsOf(looker.officer),
    rank: looker.officer ? (`frame.rank.${looker.officer.rank}` satisfies PhraseKey) : null,
  };
  const part = (view: string, given: object = {}): Html =>
    trustedMarkup(show(view, { ...shared, part, ...given }));
  return { ...shared, part, ...data };
}

function timeMarkup(times: ReadTimes, at: Instant): Html {
  return html`<time datetime="${at}" title="${times.full(at)}">${times.short(at)}</time> <span class="away" data-away="${at}">${times.relative(at)}</span>`;
}

function awayMarkup(times: ReadTimes, at: Instant): Html {
  return html`<time datetime="${at}" title="${times.full(at)}" data-away="${at}">${times.relative(at)}</time>`;
}
