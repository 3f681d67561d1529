// What is asked after the password: a code, setting up the app, a password of one's own.
import type { NextStep } from '../../sign-in/options.js';
import type { WebHouse } from '../frame/house.js';
import {
  type Answer,
  type Asked,
  type DoorRoute,
  fieldOf,
  type Looker,
  type Visitor,
} from '../frame/route.js';
import { textIn } from '../words/words.js';
import { clientOf, cookiesOf, homeOr, onward, secondPath } from './client.js';
import { enrolmentView, type Notice, refusalNotice, refusalStatus } from './sign-in-view.js';

const FORM_LIMIT = 8 * 1_024;

/** A step on the way in, of somebody who is half signed in. */
interface Step {
  house: WebHouse;
  looker: Looker;
  asked: Asked;
  visitor: Visitor;
  next: string;
}

export function steps(house: WebHouse): DoorRoute[] {
  return [
    { method: 'GET', path: '/sign-in/second', answer: halfWay(house, undefined, showStep) },
    { method: 'POST', path: '/sign-in/code', ...small, answer: halfWay(house, 'code', giveCode) },
    { method: 'POST', path: '/sign-in/enrol', ...small, answer: halfWay(house, 'enrol', enrol) },
    {
      method: 'POST',
      path: '/sign-in/password',
      ...small,
      answer: halfWay(house, 'password', choosePassword),
    },
  ];
}

const small = { bodyLimit: FORM_LIMIT } as const;

/** Only in its turn: whoever is not there yet, or is through, is led to where it is. */
function halfWay(
  house: WebHouse,
  expected: NextStep | undefined,
  answer: (step: Step, now: NextStep) => Promise<Answer>,
): DoorRoute['answer'] {
  return async (looker, asked, visitor) => {
    const next = homeOr(fieldOf(asked.form, 'next') || fieldOf(asked.query, 'next'));
    if (!visitor) return { redirect: `/sign-in?next=${encodeURIComponent(next)}` };
    const now = await house.signIn.nextStep(visitor.session, visitor.officer);
    if (now === undefined) return { redirect: next };
    if (expected !== undefined && now !== expected) return { redirect: secondPath(next) };
    // The header of somebody who is signed in would lead nowhere yet.
    return answer({ house, looker: { ...looker, officer: undefined }, asked, visitor, next }, now);
  };
}

async function showStep(step: Step, now: NextStep): Promise<Answer> {
  if (now === 'code') return showCode(step, null);
  return now === 'enrol' ? showEnrolment(step, null) : showPassword(step, {});
}

function showCode({ looker, next }: Step, said: Notice | null): Extract<Answer, { view: string }> {
  const title = textIn(looker.language)('sign-in.code.title');
  return { view: 'sign-in/code', data: { title, next, said } };
}

async function giveCode(step: Step): Promise<Answer> {
  const { house, asked, visitor, next } = step;
  const client = clientOf(house, asked);
  const { session, officer } = visitor;
  const came = await house.signIn.enterCode({ session, officer, code: fieldOf(asked.form, 'code') }, client);
  if (came.kind === 'signed-in') return onward(house, came, { client, next });
  const said = refusalNotice(came, 'sign-in.code.wrong');
  return { ...showCode(step, said), status: refusalStatus(came) };
}

function showEnrolment(step: Step, said: Notice | null): Extract<Answer, { view: string }> {
  const { house, looker, asked, visitor, next } = step;
  const { id } = visitor.officer;
  const enrolment =
    house.signIn.sameEnrolment(id, fieldOf(asked.form, 'sealed')) ?? house.signIn.beginEnrolment(id);
  const title = textIn(looker.language)('sign-in.enrol.title');
  const data = { title, next, said, action: '/sign-in/enrol', asksPassword: false };
  return { view: 'sign-in/enrol', data: { ...data, ...enrolmentView(enrolment) } };
}

async function enrol(step: Step): Promise<Answer> {
  const { house, looker, asked, visitor, next } = step;
  const client = clientOf(house, asked);
  const { session, officer } = visitor;
  const given = { sealed: fieldOf(asked.form, 'sealed'), code: fieldOf(asked.form, 'code') };
  const came = await house.signIn.enrol({ session, officer, password: '', ...given }, client);
  if (came.kind !== 'enrolled') {
    const said = refusalNotice(came, 'sign-in.code.wrong');
    return { ...showEnrolment(step, said), status: refusalStatus(came) };
  }
  const title = textIn(looker.language)('sign-in.recovery.title');
  const data = { title, codes: came.recoveryCodes, next: came.signedIn.next ? secondPath(next) : next };
  return { view: 'sign-in/recovery', data, cookies: cookiesOf(house, came.signedIn, client) };
}

function showPassword(
  { looker, next }: Step,
  { said = null, objection = null }: { said?: Notice | null; objection?: string | null },
): Extract<Answer, { view: string }> {
  const title = textIn(looker.language)('sign-in.new-password.title');
  return { view: 'sign-in/password', data: { title, next, said, objection } };
}

async function choosePassword(step: Step): Promise<Answer> {
  const { house, asked, visitor, next } = step;
  const client = clientOf(house, asked);
  const { session, officer } = visitor;
  const given = { password: fieldOf(asked.form, 'password'), next: fieldOf(asked.form, 'new') };
  const came = await house.signIn.changePassword({ session, officer, ...given }, client);
  if (came.kind === 'signed-in') return onward(house, came, { client, next });
  if (came.kind === 'objection') {
    return { ...showPassword(step, { objection: `sign-in.objection.${came.objection}` }), status: 422 };
  }
  return { ...showPassword(step, { said: refusalNotice(came) }), status: refusalStatus(came) };
}
