// Letters for the tests of this room: written to a folder of their own, gone when it is disposed of.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LetterFolder {
  /** Writes `letter` and resolves to its path. */
  write(letter: string | Buffer): Promise<string>;
  remove(): Promise<void>;
}

export async function createLetterFolder(): Promise<LetterFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'thanadak-letters-'));
  let count = 0;
  return {
    async write(letter) {
      count += 1;
      const path = join(folder, `${count}.eml`);
      await writeFile(path, letter);
      return path;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export const HEAD = [
  'From: Asha Sen <asha@home.example>',
  'To: behala.ps@kolkatapolice.example',
  'Subject: A test',
  'Message-ID: <test@home.example>',
  '',
].join('\r\n');

/** A multipart letter with `parts`, each a head, an empty line and a body. */
export function multipart(parts: readonly string[], head = HEAD): string {
  const opening = `${head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n`;
  return `${opening}${parts.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`;
}
