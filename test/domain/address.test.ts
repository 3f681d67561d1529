import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, domainKey, isSendable, splitTag } from '../../src/domain/address.js';
import { buildDirectory, findRecipient, isOwnAddress } from '../../src/domain/directory.js';
import type { Station } from '../../src/domain/station.js';

const station = (code: string, ...addresses: string[]): Station => ({
  code,
  name: { en: code },
  force: 'kp',
  division: 'sw',
  addresses,
});
const directory = buildDirectory(
  [
    station('behala', 'behala.ps@kolkatapolice.example'),
    station('lake', 'lake+ps@kolkatapolice.example', 'থানা@ডাক.example'),
  ],
  'mail.kolkatapolice.example',
);

describe('an address key', () => {
  it.each([
    ['Behala.PS@KolkataPolice.Example', 'behala.ps@kolkatapolice.example'],
    ['a@b.example.', 'a@b.example'],
    ['a@ডাক.example', 'a@xn--p5bx1g.example'],
    ['a@XN--P5BX1G.example', 'a@xn--p5bx1g.example'],
    ['rene\u0301@b.example', 'ren\u00e9@b.example'],
    ['"a@b"@c.example', '"a@b"@c.example'],
    ['', ''],
    ['nobody', 'nobody'],
  ])('of %s is %s', (address, key) => expect(addressKey(address)).toBe(key));

  it('is the same when made twice', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => addressKey(addressKey(address)) === addressKey(address)),
    );
  });

  it('never throws, whatever the domain', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof domainKey(text) === 'string'));
  });
});

describe('a recipient', () => {
  it.each([
    ['behala.ps@kolkatapolice.example', 'behala', undefined],
    ['BEHALA.ps@KOLKATAPOLICE.example', 'behala', undefined],
    ['behala.ps+help@kolkatapolice.example', 'behala', 'help'],
    ['behala@mail.kolkatapolice.example', 'behala', undefined],
    ['behala+26-1-abc@mail.kolkatapolice.example', 'behala', '26-1-abc'],
    ['lake+ps@kolkatapolice.example', 'lake', undefined],
    ['থানা@ডাক.example', 'lake', undefined],
    ['থানা@xn--p5bx1g.example', 'lake', undefined],
    ['postmaster', 'postmaster', undefined],
    ['PostMaster@kolkatapolice.example', 'postmaster', undefined],
    ['postmaster@mail.kolkatapolice.example', 'postmaster', undefined],
  ])('%s is %s', (address, code, token) => {
    expect(findRecipient(directory, address)).toMatchObject({ station: code, token });
  });

  it.each([
    'kasba.ps@kolkatapolice.example',
    'behala.ps@elsewhere.example',
    'behala.ps@kolkatapolice.example.evil.example',
    'postmaster@elsewhere.example',
    '@kolkatapolice.example',
    'behala.ps@',
    '+behala.ps@kolkatapolice.example',
    '__proto__@kolkatapolice.example',
  ])('%s is not ours', (address) => expect(findRecipient(directory, address)).toBeUndefined());

  it('counts every mailbox of the mail domain as our own', () => {
    expect(isOwnAddress(directory, 'anything@mail.kolkatapolice.example')).toBe(true);
    expect(isOwnAddress(directory, 'behala.ps@kolkatapolice.example')).toBe(true);
    expect(isOwnAddress(directory, 'rita@kolkatapolice.example')).toBe(false);
  });
});

describe('an address we are willing to write to', () => {
  it.each(['rita@home.example', 'r.b+tag@mail.home.example', "o'neil@home.example", 'রীতা@ডাক.example', 'a@b'])(
    'is %s',
    (address) => expect(isSendable(address)).toBe(true),
  );

  it.each([
    '',
    'rita',
    'rita@',
    '@home.example',
    'rita@home.example\r\nRCPT TO:<x@y.example>',
    'rita@home.example, x@y.example',
    '"rita basu"@home.example',
    '<rita@home.example>',
    'rita@[192.0.2.1]',
    'rita@home..example',
    'rita@-home.example',
    'a@b@c.example',
    `${'a'.repeat(65)}@home.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(130)}example`,
    'ri\u0000ta@home.example',
    'ri\u200bta@home.example',
    '=?utf-8?b?DQpUbzoga2FsaUBldmlsLmV4YW1wbGU=?=@home.example',
    'a=?x@home.example',
  ])('is not %j', (address) => expect(isSendable(address)).toBe(false));
});

describe('a tag', () => {
  it.each([
    ['a+b', 'a', 'b'],
    ['a+b+c', 'a', 'b+c'],
    ['a', 'a', undefined],
    ['+a', '+a', undefined],
    ['a+', 'a', ''],
  ])('of %s', (local, base, tag) => expect(splitTag(local)).toEqual({ base, tag }));
});
