// The officers' pages in Debian's Chromium: the demo city, its daemon, and people who work.
import process from 'node:process';
import { endOfLog } from './daemon.js';
import { checkAccess } from './pages/access.js';
import { findChromium } from './pages/chromium.js';
import { openCity } from './pages/city.js';
import { checkEscalation } from './pages/escalation.js';
import { checkKeys } from './pages/keys.js';
import { checkPerformance } from './pages/performance.js';
import { checkSignIn } from './pages/sign-in.js';
import { checkTogether } from './pages/together.js';
import { checkWithoutScripts } from './pages/without-scripts.js';
import { checkWork } from './pages/work.js';
import { needs } from './report.js';

const PARTS = {
  'sign-in': checkSignIn,
  work: checkWork,
  together: checkTogether,
  keys: checkKeys,
  'without-scripts': checkWithoutScripts,
  performance: checkPerformance,
  access: checkAccess,
  escalation: checkEscalation,
};

export async function checkPages(report) {
  let city;
  const isThere = await report.check(
    'the demo city is made and opens',
    async () => {
      needs(findChromium(), 'chromium');
      city = await openCity();
    },
    { minutes: 10 },
  );
  if (!isThere) return;
  report.explainWith(() => endOfLog(city.house));
  try {
    const only = process.env.THANADAK_E2E_PAGES?.split(',');
    for (const [name, check] of Object.entries(PARTS))
      if (!only || only.includes(name)) await check(report, city);
  } finally {
    await city.close();
  }
}
