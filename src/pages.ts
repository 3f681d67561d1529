// The officers' pages as the daemon has them.
import { acknowledgeEscalation } from './desk/escalations.js';
import type { Rooms } from './rooms.js';
import { createSessions } from './sign-in/sessions.js';
import { openArchive } from './spool/archive.js';
import { type Assets, openAssets } from './web/frame/assets.js';
import { createCompany } from './web/frame/company.js';
import type { WebHouse } from './web/frame/house.js';
import { createLive } from './web/frame/live.js';
import type { RouteTable } from './web/frame/routes.js';
import { openViews } from './web/frame/views.js';
import { routesOf } from './web/routes.js';

export function routeTable(rooms: Rooms): RouteTable {
  const assets = openAssets();
  const house = webHouse(rooms, assets);
  const { designPage } = rooms.config.web;
  return { house, routes: routesOf(house), door: [], assets, designPage };
}

function webHouse(rooms: Rooms, assets: Assets): WebHouse {
  const { store, desk, previews, parts, clock, ids, log } = rooms;
  const archive = openArchive(rooms.config.dataDir);
  const rules = () => rooms.office;
  const company = createCompany();
  const times = () => {
    const { idle, longest } = rooms.config.web.signIn;
    return { idleMs: idle, longestMs: longest };
  };
  return {
    store,
    desk,
    previews,
    acknowledgeEscalation: (order) => acknowledgeEscalation(rooms.deskOptions, order),
    parts,
    pathOf: archive.pathOf,
    clock,
    ids,
    log,
    views: openViews({ asset: assets.path, timeZone: rooms.config.timeZone }),
    company,
    live: createLive({ store, rules, company, log }),
    rules,
    sessions: createSessions({ store, clock, times }),
  };
}
