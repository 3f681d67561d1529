import { it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { printConfig, configSchema } from '../../src/config/print.js';
import { formatProblems } from '../../src/config/problem.js';
import { explainKey, listOptions } from '../../src/config/explain.js';
import { writeFileSync } from 'node:fs';
it('x', () => {
  const r = loadConfig('config/thanadak.yaml', {});
  if (!r.ok) { console.log(formatProblems(r.problems)); return; }
  const s = r.config.smtp;
  console.log(JSON.stringify({ ...r.config, stations: r.config.stations.slice(0, 1), forces: [] }, null, 1), r.files, s.limits.idleTimeout);
  console.log(printConfig(r.config, r.origin).slice(0, 3000));
  console.log(explainKey('smtp.max_mesage_bytes'), explainKey('smtp.listen.port'));
  console.log(listOptions().map(o => `${o.key} ${JSON.stringify(o.default)} ${o.required} ${o.reload}`).join('\n'));
  console.log(JSON.stringify(configSchema()).slice(0, 1500));
  writeFileSync('/tmp/bad.yaml', "mail_domain: 5\nstations:\n  - code: postmaster\n    nme: x\nweb:\n  __proto__: 3\n  listen: {prot: 5}\nsmpt: 1\nacknowledgement:\n  target: 60\nlanguages: [fr, en, en]\noutbound: {transport: smtp, transport: smtp}\nsmtp:\n");
  const b = loadConfig('/tmp/bad.yaml', { THANADAK_SMTP__MAX_MESSAGE_BYTES: 'x', THANADAK_TIMEZONE: 'a', THANADAK_BENCH: '1', THANADAK_OUTBOUND__SMTP__AUTH__PASSWORD: 'q' , THANADAK_SMTP__HOSTNAM: 'x'});
  if (!b.ok) console.log(formatProblems(b.problems));
});
