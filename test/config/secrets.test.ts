import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load.js';
import { printConfig } from '../../src/config/print.js';
import { restartNeeded } from '../../src/config/reload.js';
import { configOf, folderWith, LEAST, loadText, problemsOf } from './folder.js';

const SERVER =
  'outbound: { smtp: { host: a.example, tls: starttls, auth: { user: u, password_file: FILE } } }\n';
const withPassword = (file: string) => LEAST + SERVER.replace('FILE', file);
const PASSWORD = 'hunter-two-and-more';

function everyPrint(config: Config): string {
  return [
    printConfig(config),
    printConfig(config, () => 'x'),
    JSON.stringify(config),
    inspect(config, { depth: null, showHidden: true }),
    inspect(config, { depth: null, showHidden: true, customInspect: false }),
    `${config.outbound.smtp?.auth?.password}`,
  ].join('\n');
}

describe('a password', () => {
  it('is read from its file, relative to the configuration, without the line end', () => {
    const config = configOf(loadText(withPassword('keys/pw'), { 'keys/pw': `${PASSWORD}\r\n` }));
    expect(config.outbound.smtp?.auth?.password.reveal()).toBe(PASSWORD);
  });

  it('is never printed', () => {
    const config = configOf(loadText(withPassword('pw'), { pw: PASSWORD }));
    const printed = everyPrint(config);
    expect(printed).not.toContain(PASSWORD);
    expect(printed).toContain('(secret)');
    expect(config.outbound.smtp?.auth?.password.reveal()).toBe(PASSWORD);
  });

  it('comes from the environment, before the file, and is not printed either', () => {
    const env = { THANADAK_OUTBOUND__SMTP__AUTH__PASSWORD: PASSWORD };
    for (const text of [withPassword('nowhere'), LEAST + SERVER.replace(', password_file: FILE', '')]) {
      const config = configOf(loadText(text, {}, env));
      expect(config.outbound.smtp?.auth?.password.reveal()).toBe(PASSWORD);
      expect(everyPrint(config)).not.toContain(PASSWORD);
    }
  });

  it("comes from the service manager's credentials", () => {
    const folder = folderWith({ 'main.yaml': withPassword("'credential:smtp'"), 'creds/smtp': PASSWORD });
    const config = configOf(
      loadConfig(join(folder, 'main.yaml'), { CREDENTIALS_DIRECTORY: join(folder, 'creds') }),
    );
    expect(config.outbound.smtp?.auth?.password.reveal()).toBe(PASSWORD);
  });

  it.each([
    [
      'nowhere',
      /^main.yaml:10:85: outbound.smtp.auth.password_file: .*nowhere cannot be read: no such file; /,
    ],
    ['keys', /keys cannot be read: it is a folder; /],
    ['empty', /empty is empty; /],
    ["'credential:smtp'", /credential:smtp needs \$CREDENTIALS_DIRECTORY, which is not set; /],
    ["'credential:../../etc/passwd'", /is not the name of a credential; /],
    ["'environment:NO_SUCH'", /the environment variable NO_SUCH is not set; /],
  ])('that cannot be had is a problem: %s', (file, expected) => {
    const problems = problemsOf(loadText(withPassword(file), { 'keys/x': 'x', empty: '\n' }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });
});

describe('keys', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const DKIM =
    'outbound: { smtp: { host: a.example, dkim: { domain: a.example, selector: s, key_file: dkim.pem } } }\n';
  const TLS =
    'smtp: { listen: [{ host: 127.0.0.1, port: 25, tls: { cert_file: cert.pem, key_file: key.pem } }] }\n';

  it('of DKIM are read, hidden, and refused when they are none', () => {
    const config = configOf(loadText(LEAST + DKIM, { 'dkim.pem': privateKey }));
    expect(config.outbound.smtp?.dkim?.key.reveal()).toBe(privateKey.trimEnd());
    expect(everyPrint(config)).not.toContain('PRIVATE KEY');
    expect(problemsOf(loadText(LEAST + DKIM, { 'dkim.pem': 'x' }))[0]).toMatch(
      /^main.yaml:10:88: outbound.smtp.dkim.key_file: it is no private key: /,
    );
  });

  it('of TLS must be readable and belong to their certificate', () => {
    expect(problemsOf(loadText(LEAST + TLS, { 'key.pem': privateKey }))).toEqual([
      expect.stringMatching(
        /^main.yaml:10:65: smtp.listen\[0\].tls.cert_file: .*cert.pem cannot be read: no such file; /,
      ),
    ]);
    expect(problemsOf(loadText(LEAST + TLS, { 'key.pem': privateKey, 'cert.pem': 'x' }))[0]).toMatch(
      /^main.yaml:10:52: smtp.listen\[0\].tls: certificate and key cannot be used: /,
    );
  });

  it('of TLS may be renewed without a restart; TLS where there was none may not', () => {
    const first = selfSigned();
    const second = selfSigned();
    const load = (files: Record<string, string>) =>
      configOf(loadText(`${LEAST}data_dir: /srv\n${TLS}`, files));
    expect(load(first).smtp.listen[0]?.tls?.cert.reveal()).toBe(first['cert.pem']?.trimEnd());
    expect(restartNeeded(load(first), load(second))).toEqual([]);
    const without = configOf(
      loadText(`${LEAST}data_dir: /srv\nsmtp: { listen: [{ host: 127.0.0.1, port: 25 }] }\n`),
    );
    expect(restartNeeded(without, load(first))).toEqual(['smtp.listen']);
  });
});

/** A key and its certificate, made by the openssl tool that every Linux system has. */
function selfSigned(): Record<string, string> {
  const folder = folderWith({});
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=mail.kolkatapolice.example', '-days', '2'];
  const files = ['-keyout', key, '-out', cert];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', ...kind, ...files, ...subject], { stdio: 'ignore' });
  return { 'key.pem': readFileSync(key, 'utf8'), 'cert.pem': readFileSync(cert, 'utf8') };
}
