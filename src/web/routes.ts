// The route table: every page and deed of the signed-in web face.
import type { WebHouse } from './frame/house.js';
import type { Route } from './frame/route.js';
import { settingsOf } from './sign-in/settings.js';

export function routesOf(house: WebHouse): Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      rule: 'signed-in',
      answer: async () => ({ view: 'frame/home', data: { title: 'Thanadak' } }),
    },
    ...settingsOf(house),
  ];
}
