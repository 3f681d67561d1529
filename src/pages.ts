// The officers' pages as the daemon has them.
import { createCharts } from './charts/charts.js';
import { acknowledgeEscalation } from './desk/escalations.js';
import type { Rooms } from './rooms.js';
import { createSessions } from './sign-in/sessions.js';
import { upkeepOf } from './upkeep.js';
import { type Assets, openAssets } from './web/frame/assets.js';
import type { WebHouse } from './web/frame/house.js';
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
  const { store, desk, clock, ids, log } = rooms;
  const times = () => {
    const { idle, longest } = rooms.config.web.signIn;
    return { idleMs: idle, longestMs: longest };
  };
  return {
    store,
    desk,
    spool: rooms.spool,
    upkeep: upkeepOf(rooms),
    charts: createCharts(),
    acknowledgeEscalation: (order) => acknowledgeEscalation(rooms.deskOptions, order),
    clock,
    ids,
    log,
    views: openViews({ asset: assets.path, timeZone: rooms.config.timeZone }),
    rules: () => rooms.office,
    sessions: createSessions({ store, clock, times }),
  };
}
