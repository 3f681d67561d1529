// The route table: every page and deed of the signed-in web face.
import { boardRoutes } from './board/routes.js';
import type { WebHouse } from './frame/house.js';
import type { Route } from './frame/route.js';
import { inboxRoutes } from './inbox/routes.js';
import { officeRoutes } from './office/routes.js';
import { settingsOf } from './sign-in/settings.js';
import { ticketRoutes } from './ticket/ticket-routes.js';

export function routesOf(house: WebHouse): Route[] {
  return [
    ...inboxRoutes(house),
    ...ticketRoutes(house),
    ...boardRoutes(house),
    ...officeRoutes(house),
    ...settingsOf(house),
  ];
}
