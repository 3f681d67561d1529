// Views and assets as the house opens them, and somebody who looks at pages.
import { openAssets } from '../../../src/web/frame/assets.js';
import type { Looker } from '../../../src/web/frame/route.js';
import { openViews } from '../../../src/web/frame/views.js';
import { anOfficer } from '../escalation-house.js';

export const NOW = '2026-11-24T10:10:00.000Z';
export const TIME_ZONE = 'Asia/Kolkata';

export const assets = openAssets();

export function viewsFrom(folder?: string) {
  return openViews({ asset: assets.path, timeZone: TIME_ZONE, folder });
}

export function anOnlooker(changes: Partial<Looker> = {}): Looker {
  return {
    officer: anOfficer(),
    language: 'en',
    settings: { theme: 'auto', shortcuts: true },
    csrf: 'CSRF-1',
    now: NOW,
    url: '/desk?view=mine',
    ...changes,
  };
}
