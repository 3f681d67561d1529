// The people of the test house.
import type { Officer } from '../../src/domain/people.js';

function officer(id: string, more: Partial<Officer>): Officer {
  return {
    id,
    name: id,
    title: '',
    rank: 'officer',
    address: `${id}@kolkatapolice.example`,
    stations: [],
    divisions: [],
    readsRestricted: false,
    disabled: false,
    away: null,
    ...more,
  };
}

export function officersFor(): Officer[] {
  return [
    officer('si-roy', { name: 'Mita Roy', title: 'SI', stations: ['behala'] }),
    officer('si-sen', { name: 'Anup Sen', title: 'SI', stations: ['behala'] }),
    officer('si-lake', { name: 'Rina Das', title: 'SI', stations: ['laketown'] }),
    officer('oc-behala', { title: 'OC', rank: 'oc', stations: ['behala'] }),
    officer('ac-sw', { title: 'AC', rank: 'ac', divisions: ['kp/sw'] }),
    officer('dc.sw@kolkatapolice.example', {
      name: '',
      title: 'DC',
      rank: 'dc',
      address: 'dc.sw@kolkatapolice.example',
      divisions: ['kp/sw'],
    }),
    officer('it', { title: 'IT cell', rank: 'admin' }),
    officer('aud', { rank: 'auditor' }),
  ];
}
