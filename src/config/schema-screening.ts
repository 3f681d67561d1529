// The options for junk and viruses: who judges letters after they are safe.
import { z } from 'zod';
import { choice, duration, score, socketAddress, webAddress, wholeNumber } from './options.js';

export const junk = z
  .strictObject({
    from: choice(['off', 'relay', 'rspamd'])
      .prefault('off')
      .describe(
        'off: nobody judges. relay: believe what a trusted relay (rspamd, SpamAssassin) wrote. rspamd: ask it ourselves.',
      ),
    rspamd_url: webAddress()
      .prefault('http://127.0.0.1:11333')
      .describe("Address of rspamd's normal worker; asked for the choice rspamd."),
    mark: score()
      .optional()
      .describe('Score from which a letter is junk, besides those of which the judge itself says so.'),
    deadline: duration()
      .prefault('5s')
      .describe('Time for one letter; after it the letter is filed without a judgement.'),
    max_bytes: wholeNumber(1024).prefault(20_971_520).describe('Larger letters are not given to rspamd.'),
  })
  .prefault({})
  .describe('Junk is put away without receipt, clocks and figures; what reads as urgent is only flagged.');

export const viruses = z
  .strictObject({
    clamd: socketAddress().optional().describe('Where clamd listens. Without it nobody looks for viruses.'),
    deadline: duration()
      .prefault('5s')
      .describe('Time for one letter; after it the letter is filed without having been looked at.'),
  })
  .prefault({})
  .describe('Attachments in which clamd finds a virus are handed out only to those who insist.');
