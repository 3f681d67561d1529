// Verifies a house, or a set of a backup: every row's letter is there as it came, every letter has its row, and the
// database is in order.
import { messageOf } from '../domain/errors.js';
import type { Inspection } from '../ports/inspection.js';
import type { DayMark, LetterFiles, Manifest, OnProgress, Vault } from '../ports/vault.js';
import { type Finding, finding } from './findings.js';
import { type Order, orderOf } from './order.js';
import { DATABASE, everyLetter } from './reading.js';

export interface Verified extends Order {
  /** Letters read and compared. */
  letters: number;
  bytes: number;
}

export interface VerifiedHouse {
  inspection: Inspection;
  letters: LetterFiles;
  /** Whether this letter is in the spool: then its row is still to come. */
  isSpooled(id: string): Promise<boolean>;
}

/** Needs no daemon and disturbs none. Errors: those of the disk. */
export async function verifyHouse(house: VerifiedHouse, onProgress: OnProgress): Promise<Verified> {
  const order = await orderOf(house.inspection, onProgress);
  if (order.findings.some(({ kind }) => kind === 'database-damaged')) {
    return { ...order, letters: 0, bytes: 0 };
  }
  // Names before rows: a letter has its place in the archive before it has its row.
  const names = await namesOf(house.letters);
  const rows = await compareRows(house, onProgress);
  const findings = [...order.findings, ...rows.findings, ...(await straysOf(house, names, rows.paths))];
  return { ...order, findings, letters: rows.letters, bytes: rows.bytes };
}

async function namesOf(files: LetterFiles): Promise<string[]> {
  const names: string[] = [];
  for (const day of await files.days()) {
    for (const name of await files.names(day)) names.push(`${day}/${name}`);
  }
  return names;
}

interface Compared {
  findings: Finding[];
  letters: number;
  bytes: number;
  paths: Set<string>;
}

async function compareRows(
  { inspection, letters }: VerifiedHouse,
  onProgress: OnProgress,
): Promise<Compared> {
  const compared: Compared = { findings: [], letters: 0, bytes: 0, paths: new Set() };
  for await (const row of everyLetter(inspection)) {
    const found = await letters.digest(row.path);
    compared.paths.add(row.path);
    compared.letters += 1;
    compared.bytes += found?.bytes ?? 0;
    if (!found) compared.findings.push(finding('letter-missing', row.path));
    else if (found.sha256 !== row.sha256) compared.findings.push(finding('letter-damaged', row.path));
    onProgress({ stage: 'Letters', done: compared.letters, total: 0 });
  }
  return compared;
}

async function straysOf(
  { inspection, letters, isSpooled }: VerifiedHouse,
  names: readonly string[],
  rows: ReadonlySet<string>,
): Promise<Finding[]> {
  const findings = (await letters.strays()).map((path) => finding('foreign-file', path));
  for (const path of names) {
    if (rows.has(path)) continue;
    const id = path.slice(path.lastIndexOf('/') + 1, -'.eml'.length);
    if ((await isSpooled(id)) || (await inspection.hasLetter(id))) continue;
    findings.push(finding('letter-without-row', path));
  }
  return findings;
}

export interface VerifiedSet {
  vault: Vault;
  set: string;
  openCopy(path: string): Inspection;
}

/** Reads every byte of one set. Errors: 'not-found', 'refused' when its manifest cannot be read. */
export async function verifySet(from: VerifiedSet, onProgress: OnProgress): Promise<Verified> {
  const { vault, set } = from;
  const manifest = await vault.manifest(set);
  const findings = manifest.problems.map((problem) => finding('not-saved', problem));
  findings.push(...(await compareFiles(vault, set, manifest)));
  if (findings.some(({ kind, subject }) => kind !== 'not-saved' && subject === DATABASE)) {
    return { findings, letters: 0, bytes: 0, tickets: 0, otherVersion: false };
  }
  const inspection = from.openCopy(vault.pathIn(set, DATABASE));
  try {
    const house = { inspection, letters: vault.letters, isSpooled: async () => false };
    const order = await orderOf(inspection, onProgress);
    const rows = await compareRows(house, onProgress);
    findings.push(...order.findings, ...rows.findings);
    findings.push(...(await compareLists(vault, manifest.days, rows.paths)));
    findings.push(...(await unnamed(vault)));
    return { ...order, findings, letters: rows.letters, bytes: rows.bytes };
  } finally {
    inspection.close();
  }
}

async function compareFiles(vault: Vault, set: string, { files }: Manifest): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { path, sha256 } of files) {
    const found = await vault.digest(set, path);
    if (!found) findings.push(finding('set-file-missing', path));
    else if (found.sha256 !== sha256) findings.push(finding('set-file-damaged', path));
  }
  return files.some(({ path }) => path === DATABASE)
    ? findings
    : [...findings, finding('set-file-missing', DATABASE)];
}

/** The lists must tell of the letters that the database has, and of no others. */
async function compareLists(
  vault: Vault,
  days: readonly DayMark[],
  rows: ReadonlySet<string>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const listed = new Set<string>();
  for (const mark of days) {
    try {
      for (const { path } of await vault.list(mark)) listed.add(path);
    } catch (error) {
      findings.push(finding('list-damaged', messageOf(error)));
    }
  }
  if (findings.length > 0) return findings;
  const more = [...listed].filter((path) => !rows.has(path));
  return more.map((path) => finding('letter-without-row', path));
}

/** Letters of the folder that no set names, and what is no letter. */
async function unnamed(vault: Vault): Promise<Finding[]> {
  const named = new Set<string>();
  for (const set of await vault.sets()) {
    try {
      for (const mark of (await vault.manifest(set)).days) {
        for (const { path } of await vault.list(mark)) named.add(path);
      }
    } catch {
      // What a set that cannot be read names is not known, so nothing may be called unnamed.
      return [];
    }
  }
  const strays = (await vault.letters.strays()).map((path) => finding('foreign-file', path));
  const others = (await namesOf(vault.letters)).filter((path) => !named.has(path));
  return [...strays, ...others.map((path) => finding('foreign-file', path))];
}
