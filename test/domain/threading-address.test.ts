import { describe, expect, it } from 'vitest';
import { type MailboxHabit, sameMailbox } from '../../src/domain/threading-address.js';

const habits: ReadonlyMap<string, MailboxHabit> = new Map([
  ['dots.example', { ignoresDots: true }],
  ['dots-too.example', { ignoresDots: true, canonical: 'dots.example' }],
  ['tags.example', {}],
]);

describe('two addresses', () => {
  it.each([
    ['rita@home.example', 'rita@home.example', 'same'],
    ['Rita@Home.example', 'rita@home.example', 'same'],
    ['rita@home.example.', 'rita@home.example', 'same'],
    ['rita@বাড়ি.example', 'rita@xn--r5b1b1a0e.example', 'different'],
    ['rita+police@tags.example', 'rita@tags.example', 'normalised'],
    ['rita+a@tags.example', 'rita+b@tags.example', 'normalised'],
    ['rita.basu@dots.example', 'ritabasu@dots.example', 'normalised'],
    ['r.i.t.a+x@dots-too.example', 'Rita@Dots.example', 'normalised'],
    ['rita.basu@tags.example', 'ritabasu@tags.example', 'different'],
    ['rita+police@home.example', 'rita@home.example', 'different'],
    ['rita.basu@home.example', 'ritabasu@home.example', 'different'],
    ['rita@dots.example', 'rita@tags.example', 'different'],
    ['rita@sub.dots.example', 'rita@dots.example', 'different'],
    ['.@dots.example', '..@dots.example', 'different'],
    ['+a@tags.example', '+b@tags.example', 'different'],
    ['', '', 'different'],
    ['', 'rita@home.example', 'different'],
    ['rita', 'rita', 'same'],
  ] as const)('%s and %s are %s', (one, other, expected) => {
    expect(sameMailbox(one, other, habits)).toBe(expected);
    expect(sameMailbox(other, one, habits)).toBe(expected);
  });
});
