import { describe, expect, it } from 'vitest';
import { isSignUp } from '../../src/domain/sign-up.js';

const ROBOT = 'no-reply@chat.example';
const RITA = 'rita@home.example';
const judge = (subject: string, text: string, from = ROBOT, isAutomatic = false) =>
  isSignUp({ from: { address: from, name: '' }, subject, text }, { envelopeFrom: from, isAutomatic });

describe('a letter of a sign-up robot', () => {
  it.each([
    ['a code', 'Your verification code', 'Use 482913 within ten minutes.'],
    ['a code in two groups', 'Chat confirmation code: 482-913', 'Enter it on the page.'],
    ['a link', 'Confirm your email address', 'Click https://chat.example/confirm?t=abc to go on.'],
    ['an invitation', 'Mallory has invited you to join Police on Chat', 'https://chat.example/join/abc'],
    ['a reset', 'Reset your Shop password', 'https://shop.example/reset/abc'],
    ['an OTP', 'Sign in', 'Your OTP is 482913. Do not share it.'],
    ['only the text says so', 'Welcome!', 'Please verify your\nemail address: https://chat.example/v/abc'],
    ['Bengali', 'আপনার যাচাইকরণ কোড', 'কোড: ৪৮২৯১৩'],
    ['Hindi', 'आपका सत्यापन कोड', 'कोड 482913 है।'],
  ])('is known: %s', (_name, subject, text) => {
    expect(judge(subject, text)).toBe(true);
    expect(judge(subject, text, 'hello@chat.example', true)).toBe(true);
  });

  it.each([
    [
      'a person who tells of a code',
      'Fraud',
      'I gave him the verification code 482913 and lost money.',
      RITA,
    ],
    ['a form of a school', 'Message from the form', 'Boys throw stones at our gate since 2024.', ROBOT],
    ['a bank about a payment', 'Debit alert', 'Rs 4829 was debited. https://bank.example', ROBOT],
    ['nothing to be after', 'Please verify your account', 'Come to our branch.', ROBOT],
    ['a date', 'Confirm your registration', 'The camp is on 24-11-2026.', ROBOT],
    ['nothing', '', '', ROBOT],
  ])('is not %s', (_name, subject, text, from) => expect(judge(subject, text, from)).toBe(false));

  it('is looked for in time that grows with the letter only', () => {
    const text = 'verify your '.repeat(100_000);
    expect(judge('confirm '.repeat(50_000), text)).toBe(false);
  });
});
