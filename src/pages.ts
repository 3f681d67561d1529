// The officers' pages as the daemon has them.
import type { Rooms } from './rooms.js';
import { createSessions } from './sign-in/sessions.js';
import type { WebHouse } from './web/frame/house.js';
import type { RouteTable } from './web/frame/routes.js';
import { routesOf } from './web/routes.js';

export function routeTable(rooms: Rooms): RouteTable {
  const house = webHouse(rooms);
  return { house, routes: routesOf(house), door: [] };
}

function webHouse(rooms: Rooms): WebHouse {
  const { store, desk, clock, ids, log } = rooms;
  const times = () => {
    const { idle, longest } = rooms.config.web.signIn;
    return { idleMs: idle, longestMs: longest };
  };
  return {
    store,
    desk,
    clock,
    ids,
    log,
    rules: () => rooms.office,
    sessions: createSessions({ store, clock, times }),
  };
}
