// A file of holidays as the configuration holds it: where it lies, and the days in it.
import { readFileSync } from 'node:fs';
import { messageOf } from '../domain/errors.js';
import { type Holiday, readHolidays } from './holidays.js';
import { unreadable } from './source.js';

export interface HolidayFile {
  /** Absolute. */
  file: string;
  holidays: Holiday[];
}

/** The holidays in `file` (absolute), or in words why they cannot be had and what to do. Never throws. */
export function parseHolidayFile(file: string): HolidayFile | { problem: string; mend: string } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    return { problem: `${file} ${unreadable(error)}`, mend: 'correct it, or take it off the list' };
  }
  try {
    return { file, holidays: readHolidays(text, file) };
  } catch (error) {
    // It names the line in the file and says how to mend it.
    return { problem: messageOf(error), mend: '' };
  }
}
