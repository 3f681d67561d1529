// What the standards themselves give as examples: the signed letter of RFC 8463 appendix A, the records of RFC 7208
// appendix A.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checking, createChecking } from './checking.js';
import type { Zone } from './zone.js';

const SIGNED = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
  ' subject : date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
  ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
  'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=test; t=1528637909; h=from : to : subject :',
  ' date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3',
  ' DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz',
  ' dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=',
  'From: Joe SixPack <joe@football.example.com>',
  'To: Suzie Q <suzie@shopping.example.net>',
  'Subject: Is dinner ready?',
  'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
  'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
  '',
  'Hi.',
  '',
  'We lost the game.  Are you hungry yet?',
  '',
  'Joe.',
  '',
].join('\r\n');

const RSA_KEY =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3Fu' +
  'tACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB';

const ZONE: Zone = {
  'TXT brisbane._domainkey.football.example.com': [
    'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  ],
  'TXT test._domainkey.football.example.com': [`v=DKIM1; k=rsa; p=${RSA_KEY}`],
  'A example.com': ['192.0.2.10', '192.0.2.11'],
  'A amy.example.com': ['192.0.2.65'],
  'A bob.example.com': ['192.0.2.66'],
  'A mail-a.example.com': ['192.0.2.129'],
  'A mail-b.example.com': ['192.0.2.130'],
  'A mail-c.example.org': ['192.0.2.140'],
  'MX example.com': [
    { exchange: 'mail-a.example.com', priority: 10 },
    { exchange: 'mail-b.example.com', priority: 20 },
  ],
  'MX example.org': [{ exchange: 'mail-c.example.org', priority: 10 }],
  'A example.org': ['192.0.2.140'],
  'PTR 10.2.0.192.in-addr.arpa': ['example.com'],
  'PTR 65.2.0.192.in-addr.arpa': ['amy.example.com'],
  'PTR 140.2.0.192.in-addr.arpa': ['mail-c.example.org'],
};

describe('RFC 8463 appendix A', () => {
  let checking: Checking;
  beforeAll(async () => {
    checking = await createChecking({ zone: ZONE });
  });
  afterAll(() => checking.close());

  it('has a letter whose two signatures hold', async () => {
    const check = await checking.check(SIGNED);
    expect(check.dkim.map(({ result, domain }) => `${result} ${domain}`)).toEqual([
      'pass football.example.com',
      'pass football.example.com',
    ]);
    expect(check.verdict).toBe('aligned');
  });

  it('has one that does not hold when a word is changed', async () => {
    const check = await checking.check(SIGNED.replace('hungry', 'thirsty'));
    expect(check.dkim.map(({ result }) => result)).toEqual(['fail', 'fail']);
  });
});

describe('RFC 7208 appendix A.1', () => {
  it.each([
    ['v=spf1 +all', '198.51.100.1', 'pass'],
    ['v=spf1 a -all', '192.0.2.10', 'pass'],
    ['v=spf1 a -all', '192.0.2.65', 'fail'],
    ['v=spf1 a:example.org -all', '192.0.2.140', 'pass'],
    ['v=spf1 a:example.org -all', '192.0.2.10', 'fail'],
    ['v=spf1 mx -all', '192.0.2.129', 'pass'],
    ['v=spf1 mx -all', '192.0.2.130', 'pass'],
    ['v=spf1 mx -all', '192.0.2.140', 'fail'],
    ['v=spf1 mx:example.org -all', '192.0.2.140', 'pass'],
    ['v=spf1 mx mx:example.org -all', '192.0.2.140', 'pass'],
    ['v=spf1 mx/30 mx:example.org/30 -all', '192.0.2.131', 'pass'],
    ['v=spf1 mx/30 mx:example.org/30 -all', '192.0.2.143', 'pass'],
    ['v=spf1 mx/30 mx:example.org/30 -all', '192.0.2.144', 'fail'],
    ['v=spf1 ptr -all', '192.0.2.65', 'pass'],
    ['v=spf1 ptr -all', '192.0.2.140', 'fail'],
    ['v=spf1 ip4:192.0.2.128/28 -all', '192.0.2.65', 'fail'],
    ['v=spf1 ip4:192.0.2.128/28 -all', '192.0.2.129', 'pass'],
  ])('%s from %s: %s', async (record, client, result) => {
    const checking = await createChecking({ zone: { ...ZONE, 'TXT example.com': [record] } });
    const check = await checking.check('Subject: Test\r\n\r\n', { from: 'strong-bad@example.com', client });
    await checking.close();
    expect(check.spf?.result).toBe(result);
  });
});
