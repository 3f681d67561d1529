// The runner that sends a folder of letters to a running daemon, as a process of its own.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daemon, startDaemon } from '../../src/daemon.js';
import { loadOrFail } from '../support/house.js';
import { recordingLog } from '../support/log.js';

interface Line {
  file: string;
  index: number;
  answer: string | null;
  tickets: string[];
  text: string;
  [key: string]: unknown;
}

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const RUNNER = fileURLToPath(new URL('../../bin/letters.js', import.meta.url));
const CONFIG = `
data_dir: var
mail_domain: mail.kolkatapolice.example
smtp: { listen: [{ host: 127.0.0.1, port: PORT }], disk_floor_bytes: 0 }
web: { listen: { host: 127.0.0.1, port: 0 } }
outbound: { transport: directory, directory: var/sent }
forces:
  - code: kp
    name: { en: Kolkata Police }
    divisions: [{ code: sw, name: { en: South West }, deputy_commissioner: dc.sw@kolkatapolice.example }]
stations:
  - { code: behala, name: { en: Behala }, force: kp, division: sw, addresses: [behala.ps@kolkatapolice.example] }
  - { code: lake, name: { en: Lake }, force: kp, division: sw, addresses: [lake.ps@kolkatapolice.example] }
`;

const plain = (subject: string, text: string, more = '') =>
  `From: Rita Basu <rita@home.example>\nTo: behala.ps@kolkatapolice.example\nSubject: ${subject}\nDate: Tue, 24 Nov 2026 09:30:00 +0530\n${more}\n${text}`;
const utf8 = 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n';
const FILE = Buffer.from('the file of the resident');
const withFile = [
  'Return-Path: <anil@home.example>',
  'From: Anil Das <anil.das@work.example>',
  'Subject: With a file',
  'Message-ID: <with-file@home.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=cut',
  '',
  '--cut',
  'Content-Type: text/plain',
  '',
  'See the file.',
  '--cut',
  'Content-Type: application/pdf; name=note.pdf',
  'Content-Disposition: attachment; filename=note.pdf',
  'Content-Transfer-Encoding: base64',
  '',
  FILE.toString('base64'),
  '--cut--',
  '',
].join('\r\n');
const LETTERS: Record<string, string> = {
  'dots.eml': plain('Lines of dots', 'One\n.\n..two\nA lone \r in it'),
  'deep/er/bengali.EML': plain('Mike', 'আমাদের পাড়ায় রাতে মাইক বাজে।\n', utf8),
  'with-file.eml': withFile,
  'box.mbox': [
    'From rita@home.example Tue Nov 24 09:30:00 2026',
    plain('First of the box', '>From the club there is noise.\n\nFrom now on I cannot sleep.\n'),
    'From MAILER-DAEMON Tue Nov 24 09:31:00 2026',
    plain('I am away', 'Back on Monday.\n', 'Auto-Submitted: auto-replied\n'),
  ].join('\n'),
  'notes.txt': 'no letter',
};

const folder = mkdtempSync(join(tmpdir(), 'thanadak-letters-'));
const config = join(folder, 'thanadak.yaml');
const log = { ...recordingLog(), setLevel() {} };
let daemon: Daemon;

beforeAll(async () => {
  for (const [name, content] of Object.entries(LETTERS)) {
    const file = join(folder, 'letters', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  mkdirSync(join(folder, 'empty'));
  writeFileSync(config, CONFIG.replace('PORT', String(await freePort())));
  daemon = await startDaemon(loadOrFail(config).config, '0.0.0-test', { log, sockets: [] });
});

afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
  log.expectNoWarnings();
});

/** A port nobody has at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function run(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [RUNNER, ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const linesOf = (text: string): Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** The bytes the daemon archived for a line of the runner. */
async function archived({ letterId }: Line): Promise<string> {
  const record = await daemon.store.letters.find(String(letterId));
  return readFileSync(join(folder, 'var', record?.archivePath ?? ''), 'utf8');
}

describe('the runner of letters', () => {
  it('tells what became of every letter, in the order of the folder, and leaves the bytes alone', async () => {
    const { code, stdout, stderr } = await run(join(folder, 'letters'), '--config', config);
    expect(stderr).toBe(
      '5 letters sent, 5 answered 250, 0 refused, 4 tickets, 0 unparsed, 1 parked, 0 lost\n',
    );
    expect(code).toBe(0);
    const lines = linesOf(stdout);
    expect(
      lines.map(({ file, index, subject, acknowledgement }) => [file, index, subject, acknowledgement]),
    ).toEqual([
      ['box.mbox', 0, 'First of the box', 'sent'],
      ['box.mbox', 1, 'I am away', null],
      [join('deep', 'er', 'bengali.EML'), 0, 'Mike', 'sent'],
      ['dots.eml', 0, 'Lines of dots', 'sent'],
      ['with-file.eml', 0, 'With a file', 'sent'],
    ]);
    for (const line of lines) {
      expect(line).toMatchObject({
        answer: `250 2.0.0 Kept as ${line.letterId}`,
        parsed: true,
        problem: null,
      });
      const isParked = line.subject === 'I am away';
      const ticket = { tickets: [expect.stringContaining('BEHALA')], state: 'new', parked: null };
      expect(line).toMatchObject(isParked ? { tickets: [], state: null, parked: 'absence' } : ticket);
      expect(line.repairs).toEqual([]);
    }
    const [box, , bengali, dots, file] = lines as [Line, Line, Line, Line, Line];
    expect(box.text.trim()).toBe('From the club there is noise.\n\nFrom now on I cannot sleep.');
    expect(bengali).toMatchObject({ from: { address: 'rita@home.example', name: 'Rita Basu' } });
    expect(bengali.text.trim()).toBe('আমাদের পাড়ায় রাতে মাইক বাজে।');
    expect(await archived(dots)).toBe(`${LETTERS['dots.eml']}\n`.replaceAll('\n', '\r\n'));
    expect(await archived(file)).toBe(withFile);
    const hash = (name: string) => createHash(name).update(FILE).digest('hex');
    const pdf = { name: 'note.pdf', type: 'application/pdf', size: FILE.length };
    expect(file.attachments).toEqual([{ ...pdf, sha256: hash('sha256'), md5: hash('md5') }]);
    const record = await daemon.store.letters.find(String(file.letterId));
    expect(record?.envelope.from).toBe('anil@home.example');
  });

  it('tells a refusal, into a file when asked', async () => {
    const out = join(folder, 'lines.json');
    const to = ['--to', 'nobody@kolkatapolice.example', '--out', out];
    const { code, stdout, stderr } = await run(join(folder, 'letters'), '--config', config, ...to);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('5 letters sent, 0 answered 250, 5 refused, 0 tickets');
    const lines = linesOf(readFileSync(out, 'utf8'));
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      expect(line).toMatchObject({
        answer: expect.stringMatching(/^550 5\.1\.1 /),
        letterId: null,
        tickets: [],
      });
    }
  });

  it('says what is wrong when nothing can be sent', async () => {
    const away = join(folder, 'away.yaml');
    writeFileSync(away, CONFIG.replace('PORT', String(await freePort())));
    const letters = join(folder, 'letters');
    const cases: [string[], string][] = [
      [[], 'Name one folder with letters.'],
      [[join(folder, 'nowhere'), '--config', config], 'There is no folder '],
      [[join(folder, 'empty'), '--config', config], 'There are no letters (.eml, .box, .mbox) in '],
      [[letters, '--config', away], 'No Thanadak is running at 127.0.0.1:'],
      [[letters, '--config', join(folder, 'none.yaml')], 'none.yaml'],
      [[letters, '--mistaken'], '--mistaken'],
    ];
    for (const [args, sentence] of cases) {
      const { code, stdout, stderr } = await run(...args);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain(sentence);
    }
    expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--to ADDRESS') });
  });
});
