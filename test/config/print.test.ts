import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { explainKey } from '../../src/config/explain.js';
import { loadConfig } from '../../src/config/load.js';
import { configSchema, formatDuration, printConfig } from '../../src/config/print.js';
import { configOf, folderWith, LEAST, loadText } from './folder.js';

const FULL = `${LEAST}acknowledgement: { target: 90m }
escalation: { steps: [{ rank: oc, at: 80% }, { rank: dc, at: 3h }] }
outbound: { smtp: { host: a.example, tls: starttls, auth: { user: u, password_file: pw } } }
`;

describe('the printed configuration', () => {
  it('writes durations as the file does', () => {
    const texts = ['250ms', '90s', '60m', '90m', '4h', '1d', '15d'];
    const milliseconds = [250, 90_000, 3_600_000, 5_400_000, 14_400_000, 86_400_000, 1_296_000_000];
    expect(milliseconds.map(formatDuration)).toEqual(texts);
  });

  it('loads again as the same configuration', () => {
    const first = configOf(loadText(FULL, { pw: 'x' }));
    const printed = printConfig(first);
    const again = loadConfig(join(folderWith({ 'again.yaml': printed }), 'again.yaml'), {});
    // The first folder is still there, and the printed paths are absolute.
    expect(printConfig(configOf(again))).toBe(printed);
    expect(parse(printed).acknowledgement.target).toBe('90m');
  });

  it('says where each value comes from', () => {
    const loaded = loadText(FULL, { pw: 'x' }, { THANADAK_WEB__LISTEN__PORT: '80' });
    if (!loaded.ok) throw new Error('does not load');
    const printed = printConfig(loaded.config, loaded.origin);
    expect(printed).toMatch(/^ {2}target: 90m # .*main.yaml:10$/m);
    expect(printed).toMatch(/^ {4}port: 80 # environment THANADAK_WEB__LISTEN__PORT$/m);
    expect(printed).toMatch(/^time_zone: Asia\/Kolkata # default$/m);
    expect(printed).toMatch(/^ {6}password_file: .*\/pw # \(secret\) .*main.yaml:12$/m);
  });
});

describe('the explanation of an option', () => {
  it('tells meaning, type, default and whether a reload is enough', () => {
    expect(explainKey('smtp.max_message_bytes')).toMatchObject({
      key: 'smtp.max_message_bytes',
      type: 'a whole number of at least 1024',
      default: 36_700_160,
      reload: true,
    });
    expect(explainKey('data_dir')).toMatchObject({ default: '../var', reload: false });
  });

  it('finds options of list entries, with or without position', () => {
    for (const key of ['smtp.listen.port', 'smtp.listen[].port', 'smtp.listen[3].port']) {
      expect(explainKey(key)).toMatchObject({ key: 'smtp.listen[].port', reload: false });
    }
    expect(explainKey('smtp.listen.tls.cert_file')).toMatchObject({ reload: true });
  });

  it('names the nearest keys when there is no such option', () => {
    expect(explainKey('smtp.max_mesage_bytes')).toEqual({ nearest: ['smtp.max_message_bytes'] });
    expect(explainKey('max_message_bytes')).toEqual({ nearest: ['smtp.max_message_bytes'] });
    expect(explainKey('xyzzy')).toEqual({ nearest: [] });
  });
});

describe('the schema for editors', () => {
  it('describes every section and forbids unknown keys', () => {
    const described = JSON.parse(JSON.stringify(configSchema()));
    expect(described.additionalProperties).toBe(false);
    expect(described.required).toEqual(['mail_domain']);
    expect(described.properties.smtp.properties.max_message_bytes).toMatchObject({
      type: 'integer',
      default: 36_700_160,
    });
    expect(described.properties.acknowledgement.properties.target).toMatchObject({
      type: 'string',
      default: '60m',
    });
  });
});
