// The route table: every page and deed of the signed-in web face.
import type { WebHouse } from './frame/house.js';
import type { Route } from './frame/route.js';
import { inboxRoutes } from './inbox/routes.js';
import { ticketRoutes } from './ticket/ticket-routes.js';

export function routesOf(house: WebHouse): Route[] {
  return [...inboxRoutes(house), ...ticketRoutes(house)];
}
