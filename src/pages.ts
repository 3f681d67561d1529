// The officers' pages as the daemon has them.

import { createCharts } from './charts/charts.js';
import { acknowledgeEscalation } from './desk/escalations.js';
import { signInKeyFile } from './home.js';
import { createIdentity } from './identity/identity.js';
import { openLocker } from './keys/locker.js';
import type { Rooms } from './rooms.js';
import { createSignIn, type SignIn } from './sign-in/sign-in.js';
import { openArchive } from './spool/archive.js';
import { upkeepOf } from './upkeep.js';
import { type Assets, openAssets } from './web/frame/assets.js';
import { createCompany } from './web/frame/company.js';
import type { WebHouse } from './web/frame/house.js';
import { createLive } from './web/frame/live.js';
import type { RouteTable } from './web/frame/routes.js';
import { openViews } from './web/frame/views.js';
import { routesOf } from './web/routes.js';
import { doorOf } from './web/sign-in/door.js';

export function routeTable(rooms: Rooms): RouteTable {
  const assets = openAssets();
  const house = webHouse(rooms, assets);
  const { designPage } = rooms.config.web;
  return { house, routes: routesOf(house), door: doorOf(house), assets, designPage };
}

function webHouse(rooms: Rooms, assets: Assets): WebHouse {
  const { store, desk, previews, parts, clock, ids, log } = rooms;
  const archive = openArchive(rooms.config.dataDir);
  const rules = () => rooms.office;
  const company = createCompany();
  return {
    store,
    desk,
    previews,
    spool: rooms.spool,
    upkeep: upkeepOf(rooms),
    acknowledgeEscalation: (order) => acknowledgeEscalation(rooms.deskOptions, order),
    parts,
    pathOf: archive.pathOf,
    charts: createCharts(),
    clock,
    ids,
    log,
    views: openViews({ asset: assets.path, timeZone: rooms.config.timeZone }),
    company,
    live: createLive({ store, rules, company, log }),
    rules,
    signIn: openSignIn(rooms),
  };
}

/** What of it is configured counts from the next reload on. */
function openSignIn(rooms: Rooms): SignIn {
  const { store, clock, signer, log } = rooms;
  const settings = () => rooms.config.web.signIn;
  return createSignIn({
    ...createIdentity({
      name: `Thanadak ${rooms.config.mailDomain}`,
      log,
      provider() {
        const { oidc } = settings();
        return oidc && { ...oidc, clientSecret: oidc.clientSecret?.reveal() };
      },
    }),
    store,
    clock,
    signer,
    locker: openLocker(signInKeyFile(rooms.config)),
    rules: () => rooms.office,
    times: () => ({ idleMs: settings().idle, longestMs: settings().longest }),
    totp: () => settings().totp,
    place() {
      const { origin, hostname } = new URL(rooms.office.publicUrl);
      return { origin, host: hostname };
    },
  });
}
