import { describe, expect, it } from 'vitest';
import { needsTotp, objectionToPassword } from '../../src/domain/password.js';

const officer = { id: 'si-roy', name: 'Mita Roychowdhury', address: 'mita.roy@police.example' };

describe('a new password', () => {
  it.each([
    ['three dull green tramways', undefined],
    ['থানার সামনে পুরোনো বটগাছ', undefined],
    ['short', 'too-short'],
    ['elevenchars', 'too-short'],
    ['x'.repeat(300), 'too-long'],
    ['aaaaaaaaaaaa', 'too-simple'],
    ['abababababab', 'too-simple'],
    ['abcdefghijklmnop', 'too-simple'],
    ['1234567890123', 'too-simple'],
    ['mita roychowdhury', 'about-yourself'],
    ['mita.roy2026', 'about-yourself'],
    ['si-roysi-roy', 'about-yourself'],
    ['Password1234', 'well-known'],
    ['thanadak2026', 'well-known'],
    ['passwordpassword', 'well-known'],
    ['my password is a yellow tram', undefined],
  ])('%s: %s', (password, objection) => {
    expect(objectionToPassword(password, officer)).toBe(objection);
  });
});

describe('a code besides the password', () => {
  it.each([
    ['from-oc', 'officer', false],
    ['from-oc', 'oc', true],
    ['from-oc', 'dc', true],
    ['from-oc', 'admin', true],
    ['from-oc', 'auditor', true],
    ['all', 'officer', true],
    ['off', 'admin', false],
  ] as const)('with %s is needed by %s: %s', (rule, rank, needed) => {
    expect(needsTotp(rule, rank)).toBe(needed);
  });
});
