// Pages from templates: read from src/web/views once, compiled once, every value escaped.
import { join } from 'node:path';
import { Eta } from 'eta';
import type { Looker } from './route.js';

const VIEWS = join(import.meta.dirname, '../../../src/web/views');

const eta = new Eta({ views: VIEWS, autoEscape: true, cache: true });

/** The document that the template `view` makes of `data`. Errors: those of the template. */
export function render(view: string, data: object, looker: Looker): string {
  return eta.render(view, { ...data, looker });
}
