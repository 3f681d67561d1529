// Codes of authenticator apps (RFC 6238), and their QR code.
import { generateSecret, generateURI, verifySync } from 'otplib';
import { encode } from 'uqr';
import type { OneTimeCodes } from '../ports/identity.js';

const PERIOD_SECONDS = 30;

/** `issuer` names the installation in the app. */
export function createOneTimeCodes(issuer: string): OneTimeCodes {
  return {
    newSecret: () => generateSecret(),
    stepOf(secret, code, now) {
      const token = code.replace(/\s/g, '');
      if (!/^\d{6}$/.test(token)) return undefined;
      const epoch = Math.floor(Date.parse(now) / 1_000);
      const result = verifySync({ secret, token, epoch, epochTolerance: PERIOD_SECONDS });
      return result.valid ? Math.floor(epoch / PERIOD_SECONDS) + result.delta : undefined;
    },
    enrolment(secret, officer) {
      const uri = generateURI({ issuer, label: officer, secret });
      return { uri, squares: encode(uri, { ecc: 'M', border: 4 }).data };
    },
  };
}
