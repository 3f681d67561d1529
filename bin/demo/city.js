// The demo's configuration: the sample stations, and people of every rank at and above those of one division.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';

const PASSWORD_LETTERS = 'abcdefghijkmnopqrstuvwxyz23456789';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const SECRET_LETTERS = 32;

/** All these people are made up. The first officer of a station is who works its tickets. */
const OFFICERS = [
  { id: 'mita-roy', name: 'Mita Roy', rank: 'si', stations: ['behala'] },
  { id: 'arun-pal', name: 'Arun Pal', rank: 'asi', stations: ['behala'] },
  { id: 'sujata-sen', name: 'Sujata Sen', rank: 'si', stations: ['behala'], reads_restricted: true },
  { id: 'oc-behala', name: 'Nikhil Sarkar', title: 'Inspector', rank: 'oc', stations: ['behala'] },
  { id: 'kamal-das', name: 'Kamal Das', rank: 'si', stations: ['parnasree'] },
  { id: 'oc-parnasree', name: 'Ila Bose', title: 'Inspector', rank: 'oc', stations: ['parnasree'] },
  { id: 'rekha-nag', name: 'Rekha Nag', rank: 'si', stations: ['taratala'] },
  { id: 'salim-khan', name: 'Salim Khan', rank: 'si', stations: ['thakurpukur'] },
  { id: 'bina-dutta', name: 'Bina Dutta', rank: 'asi', stations: ['haridevpur'] },
  { id: 'ajit-kundu', name: 'Ajit Kundu', rank: 'si', stations: ['sarsuna'] },
  { id: 'lila-ray', name: 'Lila Ray', rank: 'si', stations: ['behala-women'], reads_restricted: true },
  { id: 'ac-sw', name: 'Dipak Lahiri', title: 'AC', rank: 'ac', divisions: ['kp/sw'] },
  { id: 'dc-sw', name: 'Anjali Kar', title: 'DC', rank: 'dc', divisions: ['kp/sw'] },
  { id: 'dc-cd', name: 'Samir Ghosal', title: 'DC', rank: 'dc', divisions: ['kp/cd'] },
  { id: 'it-cell', name: 'Rina Dey', title: 'IT cell', rank: 'admin' },
  { id: 'auditor', name: 'Mohan Nandy', title: 'Auditor', rank: 'auditor' },
];

export const STATIONS = [
  'behala',
  'parnasree',
  'taratala',
  'thakurpukur',
  'haridevpur',
  'sarsuna',
  'behala-women',
];
export function addressOf(station) {
  return `${station.replaceAll('-', '')}.ps@kolkatapolice.example`;
}

/** The name under which the city's relay vouches for letters. */
export const RELAY = 'mx.kolkatapolice.example';

/** The officer whose desk the letters of a station lie on. */
export function workerOf(station) {
  return OFFICERS.find(({ stations }) => stations?.includes(station)).id;
}

/** What officers sign in with, told in a file of the demo; new each time, for a demo may be left running. */
export function newAccounts() {
  return OFFICERS.map(({ id, name, rank }) => ({
    id,
    name,
    rank,
    password: [1, 2, 3].map(() => secret(5, PASSWORD_LETTERS)).join('-'),
    totp: rank === 'si' || rank === 'asi' ? null : secret(SECRET_LETTERS, BASE32),
  }));
}

function secret(length, alphabet) {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** The settings as YAML has them. `root`: the program's folder. */
export function settingsOf({ root, smtpPort, webPort }) {
  return {
    data_dir: 'data',
    mail_domain: 'mail.kolkatapolice.example',
    smtp: {
      listen: [{ host: '127.0.0.1', port: smtpPort }],
      trusted_relays: ['127.0.0.1'],
      limits: { clients: 200, clients_per_address: 0, letters_per_address: 0 },
      disk_floor_bytes: 0,
    },
    sender_auth: { mode: 'relay', relay_authserv_ids: [RELAY] },
    junk: { from: 'relay' },
    web: { listen: { host: '127.0.0.1', port: webPort }, public_url: `http://127.0.0.1:${webPort}` },
    outbound: { transport: 'directory', directory: 'data/sent' },
    calendars: [
      {
        name: 'office',
        week: {
          ...Object.fromEntries(
            ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, ['10:00-18:00']]),
          ),
          saturday: ['10:00-14:00'],
        },
      },
    ],
    escalation: { quiet_hours: { from: '22:00', to: '07:00' } },
    agencies: [
      { code: 'kmc', name: { en: 'Kolkata Municipal Corporation' }, address: 'desk@kmc.example' },
      { code: 'fire', name: { en: 'Fire and Emergency Services' }, address: 'desk@fire.example' },
      { code: 'traffic', name: { en: 'Traffic Police' }, address: 'desk@traffic.example' },
    ],
    officers: OFFICERS.map((officer) => ({ ...officer, address: `${officer.id}@kolkatapolice.example` })),
    include: [join(root, 'config', 'stations', '*.yaml')],
  };
}
