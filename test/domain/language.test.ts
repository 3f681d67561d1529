import { describe, expect, it } from 'vitest';
import { languagesOf } from '../../src/domain/language.js';
import { ownWords } from '../../src/domain/own-words.js';
import { LANGUAGES } from '../../src/domain/station.js';

describe('the languages of a letter', () => {
  it.each([
    ['Loud music every night near the tram depot. Please help.', ['en']],
    ['আমাদের পাড়ায় রোজ রাতে খুব জোরে গান বাজে। দয়া করে ব্যবস্থা নিন।', ['bn']],
    ['हमारी गली में रोज़ रात को बहुत शोर होता है। कृपया मदद करें।', ['hi']],
    ['আমাদের পাড়ায় খুব শব্দ। Rita Basu rita@home.example https://home.example/a/long/address/here', ['bn']],
    ['আমাদের পাড়ায় রোজ রাতে গান বাজে।\nThere is loud music every night in our street.', ['bn', 'en']],
    ['There is loud music every night in our street.\nहमारी गली में रोज़ रात को बहुत शोर होता है।', ['hi', 'en']],
    ['amader parar rasta te raat e khub awaj hoy, apnar thana theke kichu korun', ['bn', 'en']],
    ['hamari gali mein raat ko bahut shor hai, kripya kuch karo, hum log so nahi sakte', ['hi', 'en']],
    ['', ['en', 'bn']],
    ['12345 !!!', ['en', 'bn']],
    ['ok', ['en', 'bn']],
    ['Здравствуйте, помогите пожалуйста с шумом', ['en', 'bn']],
  ])('%s', (text, expected) => expect(languagesOf(text, LANGUAGES)).toEqual(expected));

  it('come from the configured ones, in the configured order of preference', () => {
    expect(languagesOf('', ['bn', 'en'])).toEqual(['bn', 'en']);
    expect(languagesOf('', ['hi'])).toEqual(['hi']);
    expect(languagesOf('हमारी गली में रोज़ रात को बहुत शोर होता है।', ['en', 'bn'])).toEqual(['en', 'bn']);
  });

  it('are judged in bounded time on a huge text', () => {
    expect(languagesOf('ক'.repeat(5_000_000), LANGUAGES)).toEqual(['bn']);
    expect(languagesOf(`${'a'.repeat(2_000_000)}@`, LANGUAGES)).toEqual(['en']);
  });
});

describe("the resident's own words", () => {
  it.each([
    ['Hello\n> quoted\nworld', 'Hello\nworld'],
    ['Hello\n\nOn Mon, 23 Nov 2026 at 10:00, Behala <b@x.example> wrote:\n> old text', 'Hello'],
    ['নমস্কার\n২৩ নভেম্বর ২০২৬-এ থানা লিখেছেন:\n> পুরোনো', 'নমস্কার'],
    ['Hello\n-- \nRita Basu\nTel 123', 'Hello'],
    ['Hello\n-----Original Message-----\nFrom: x', 'Hello'],
    ['> only quoted', ''],
    ['On the corner they wrote', 'On the corner they wrote'],
  ])('of %j', (text, expected) => expect(ownWords(text)).toBe(expected));

  it('are found in bounded time', () => {
    expect(ownWords(`On ${'x '.repeat(500_000)}\nwrote:`)).toContain('wrote');
  });
});
