// The options for backups that the daemon makes by itself.
import { z } from 'zod';
import { restart } from './marks.js';
import { path, wholeNumber } from './options.js';
import { cron } from './options-time.js';

export const backup = restart(
  z
    .strictObject({
      directory: path()
        .optional()
        .describe('Folder of backups, on another disk. Without it the daemon makes none by itself.'),
      schedule: cron().prefault('40 * * * *').describe('When, in time_zone.'),
      keep: wholeNumber(1, 10_000).prefault(48).describe('How many sets are kept; older ones are removed.'),
    })
    .prefault({})
    .describe(
      'Backups of database, letters, keys and configuration while the daemon runs. They hold secrets.',
    ),
);
