// Loaded before the program (`node --import`), in every thread: its clock runs ahead by THANADAK_E2E_AHEAD_MS.
import process from 'node:process';

const AHEAD_MS = Number(process.env.THANADAK_E2E_AHEAD_MS ?? 0);
const SystemDate = Date;

globalThis.Date = class extends SystemDate {
  constructor(...parts) {
    if (parts.length === 0) super(SystemDate.now() + AHEAD_MS);
    else super(...parts);
  }

  static now() {
    return SystemDate.now() + AHEAD_MS;
  }
};
