import { describe, expect, it } from 'vitest';
import { ANSWERING_MS, createCompany } from '../../../src/web/frame/company.js';

const ROY = { id: 'si-roy', name: 'SI Roy' };
const DAS = { id: 'si-das', name: 'SI Das' };

function open() {
  const time = { now: 0 };
  return { time, company: createCompany(() => time.now) };
}

describe('who is at a ticket', () => {
  it('is whoever has a page open on it, until the last of them is closed', () => {
    const { company } = open();
    const first = company.enter('T1', ROY);
    const second = company.enter('T1', ROY);
    company.enter('T1', DAS);
    company.enter('T2', DAS);
    expect(company.of('T1').map(({ name }) => name)).toEqual(['SI Das', 'SI Roy']);
    expect(company.of('T1', 'si-das')).toEqual([{ officer: 'si-roy', name: 'SI Roy', doing: 'looking' }]);
    first();
    first();
    expect(company.of('T1')).toHaveLength(2);
    second();
    expect(company.of('T1').map(({ name }) => name)).toEqual(['SI Das']);
  });

  it('is answering for a minute after the last word', () => {
    const { company, time } = open();
    company.enter('T1', ROY);
    company.answers('T1', ROY);
    time.now = ANSWERING_MS - 1;
    expect(company.of('T1')).toMatchObject([{ doing: 'answering' }]);
    time.now += 1;
    expect(company.of('T1')).toMatchObject([{ doing: 'looking' }]);
  });

  it('is told when it changes, and not again', () => {
    const { company, time } = open();
    const leave = company.enter('T1', ROY);
    expect(company.takeChanged()).toEqual(['T1']);
    expect(company.takeChanged()).toEqual([]);
    company.answers('T1', ROY);
    expect(company.takeChanged()).toEqual(['T1']);
    time.now = ANSWERING_MS;
    expect(company.takeChanged()).toEqual(['T1']);
    leave();
    expect(company.takeChanged()).toEqual(['T1']);
    expect(company.of('T1')).toEqual([]);
  });
});
