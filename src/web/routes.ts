// The route table: every page and deed of the signed-in web face.
import { boardRoutes } from './board/routes.js';
import type { WebHouse } from './frame/house.js';
import type { Route } from './frame/route.js';
import { officeRoutes } from './office/routes.js';

export function routesOf(house: WebHouse): Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      rule: 'signed-in',
      answer: async () => ({ view: 'frame/home', data: { title: 'Thanadak' } }),
    },
    ...boardRoutes(house),
    ...officeRoutes(house),
  ];
}
