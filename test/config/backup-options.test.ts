import { describe, expect, it } from 'vitest';
import { configOf, LEAST, loadText, problemsOf } from './folder.js';

const load = (backup: string) => loadText(`${LEAST}data_dir: var\nbackup: { ${backup} }\n`);

describe('the options of backups', () => {
  it('make none unless a folder is named', () => {
    expect(configOf(loadText(LEAST)).backup).toEqual({ schedule: '40 * * * *', keep: 48 });
    expect(configOf(load('directory: ../safe')).backup.directory).toMatch(/\/safe$/);
  });

  it.each(['40 * * * *', '*/15 * * * *', '0 9-17/2 * * 1-5', '0,30 3 1,15 1-12 7'])('take %s', (schedule) => {
    expect(configOf(load(`schedule: "${schedule}"`)).backup.schedule).toBe(schedule);
  });

  it.each([
    'hourly',
    '* * * *',
    '0 * * * * *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 8',
    '30-10 * * * *',
    '*/0 * * * *',
    '5/2 * * * *',
    '1,,2 * * * *',
    '*5 * * * *',
    '',
  ])('refuse %j', (schedule) => {
    expect(problemsOf(load(`schedule: "${schedule}"`))).toEqual([
      expect.stringContaining('five fields as of cron, such as 40 * * * *'),
    ]);
  });

  it.each(['var', 'var/letters', '<data_dir>/backup'])(
    'refuse the folder %s, which is lost with the data',
    (directory) => {
      expect(problemsOf(load(`directory: ${directory}`))).toEqual([
        expect.stringContaining('lies in data_dir and would be lost with it'),
      ]);
    },
  );
});
