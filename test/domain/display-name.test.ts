// Names and addresses of senders that are made to deceive the eye.
import { describe, expect, it } from 'vitest';
import { authorFlags, type DisplayNameFlag, displayNameFlags } from '../../src/domain/display-name.js';

const HONEST = 'rita@home.example';

describe('a display name', () => {
  it.each<[string, string, DisplayNameFlag[]]>([
    ['Rita Basu', HONEST, []],
    ['', HONEST, []],
    ['রীতা বসু', HONEST, []],
    ['र\u094d\u200dया', HONEST, []],
    ['র\u200d\u09cdযাব', HONEST, []],
    ['Rita Basu (রীতা বসু)', HONEST, []],
    ['Анна Петрова', 'anna@home.example', []],
    ['Rita 👩\u200d🌾', HONEST, []],
    ['rita@home.example', HONEST, []],
    ["'Rita@Home.example'", HONEST, []],
    ['Rita @ home', HONEST, []],
    ['oc.behala@kolkatapolice.example', 'evil@bad.example', ['other-address']],
    ['OC Behala <oc.behala@kolkatapolice.example>', 'evil@bad.example', ['other-address']],
    ['oc.behala＠kolkatapolice.example', 'evil@bad.example', ['other-address']],
    ['থানা@পুলিশ.example', 'evil@bad.example', ['other-address']],
    ['Kоlkata Police', HONEST, ['mixed-scripts']],
    ['Κolkata Police', HONEST, ['mixed-scripts']],
    ['বেহালা থাना', HONEST, ['mixed-scripts']],
    ['ОС Behala', HONEST, ['look-alikes']],
    ['𝐎𝐂 Behala', HONEST, ['look-alikes']],
    ['ＯＣ Behala', HONEST, ['look-alikes']],
    ['Rita\u202etxt.exe', HONEST, ['hidden-characters']],
    ['Ri\u200bta', HONEST, ['hidden-characters']],
    ['Ri\u200dta', HONEST, ['hidden-characters']],
    ['Rita\u{e0041}', HONEST, ['hidden-characters']],
    ['Rita', 'rita@hоme.example', ['deceptive-address']],
    ['Rita', 'rita@home\u200b.example', ['deceptive-address']],
    ['রীতা', 'রীতা@ডাক.example', []],
    ['oc@kp.example\u200f', 'evil@bad.example', ['other-address', 'hidden-characters']],
  ])('%j of %s: %j', (name, address, flags) => {
    expect(displayNameFlags({ name, address })).toEqual(flags);
  });

  it('from which characters were taken is said to have had them', () => {
    expect(displayNameFlags({ name: 'Rita', address: HONEST, hidden: true })).toEqual(['hidden-characters']);
  });

  it('of any length is judged', () => {
    expect(displayNameFlags({ name: 'a@b.'.repeat(200_000), address: 'x@'.repeat(100_000) })).toBeDefined();
  });
});

describe('the authors of a letter', () => {
  const from = (...values: string[]) => ({ headers: values.map((value) => ({ name: 'from', value })) });

  it.each([
    [from('Rita <rita@home.example>'), []],
    [from('"Basu, Rita @ home" <rita@home.example>'), []],
    [from('rita@home.example (rita@other.example)'), []],
    [from(), []],
    [from('Rita <rita@home.example>, Das <das@home.example>'), ['several-authors']],
    [from('rita@home.example', 'das@home.example'), ['several-from-headers']],
    [from('Neighbours: rita@home.example, das@home.example;'), ['several-authors', 'group']],
    [from('undisclosed-recipients:;'), ['group']],
  ])('%j: %j', (message, flags) => {
    expect(authorFlags(message)).toEqual(flags);
  });
});
