// Junk: put away, brought back.
import type { DeedCommand } from './deed-command.js';

const JUNK: DeedCommand = {
  name: 'junk',
  description:
    'Put a ticket away as junk: clocks, waits and escalations end, and no list shows it but ticket list --junk',
  deed: 'junk',
  examples: ['BEHALA-26-000123-K --by si-roy', '- --by si-roy < references.txt'],
  options: [],
  perform: (desk, order) => desk.junk(order),
  done: () => 'put away as junk',
};

const NOT_JUNK: DeedCommand = {
  name: 'not-junk',
  description: 'Bring a ticket back from the junk; its clocks run from the receipt of its letter',
  deed: 'not-junk',
  examples: ['BEHALA-26-000123-K --by si-roy'],
  options: [],
  perform: (desk, order) => desk.notJunk(order),
  done: () => 'brought back from the junk',
};

export const JUNK_DEEDS: readonly DeedCommand[] = [JUNK, NOT_JUNK];
