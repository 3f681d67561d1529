// A ticket's reference: `BEHALA-26-000123-K` (station, year, number, ISO 7064 MOD 37,36 check character).
// Knowing a reference opens nothing.

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export interface ReferenceParts {
  /** Station code, lower case. */
  station: string;
  /** Two digits. */
  year: string;
  number: number;
}

/** ISO/IEC 7064 MOD 37,36 over the letters and digits of `text`; other characters do not count. */
export function checkCharacter(text: string): string {
  let product = 36;
  for (const character of text.toUpperCase()) {
    const value = CHARACTERS.indexOf(character);
    if (value < 0) continue;
    const sum = (product + value) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return CHARACTERS[(37 - product) % 36] ?? '0';
}

/** The reference for number `number` of `station` in `year` (four digits). */
export function formatReference(station: string, year: number, number: number): string {
  const body = `${station.toUpperCase()}-${String(year % 100).padStart(2, '0')}-${String(number).padStart(6, '0')}`;
  return `${body}-${checkCharacter(body)}`;
}

const SHAPE = /^([A-Z0-9]+(?:-[A-Z0-9]+)*)-(\d{2})-(\d{6,12})-([0-9A-Z])$/;

/** The parts of a reference in any case; undefined when it has not that shape or its check character is wrong. */
export function parseReference(text: string): ReferenceParts | undefined {
  const match = SHAPE.exec(text.trim().toUpperCase());
  if (!match) return undefined;
  const [, station = '', year = '', number = '', check] = match;
  if (checkCharacter(`${station}-${year}-${number}`) !== check) return undefined;
  return { station: station.toLowerCase(), year, number: Number(number) };
}
