// How good the proposals are, and what officers corrected, for people.
import { URGENCIES } from '../../domain/ticket.js';
import type { Figures } from '../../domain/triage-figures.js';
import type { TriageLabel } from '../../ports/records.js';
import { type Column, formatTable } from '../output.js';
import { oneLine, wrap } from '../text.js';
import type { Times } from '../times.js';

const WIDTH = 100;

export function formatFigures(figures: readonly Figures[]): string {
  const columns: Column<Figures>[] = [
    { title: 'LANGUAGE', value: ({ language }) => language },
    { title: 'LETTERS', value: ({ n }) => String(n) },
    { title: 'URGENT FOUND', value: ({ urgentRecall }) => percent(urgentRecall) },
    { title: 'WRONGLY URGENT', value: ({ overTriage }) => percent(overTriage) },
    { title: 'CATEGORY RIGHT', value: ({ categoryAccuracy }) => percent(categoryAccuracy) },
  ];
  return [formatTable(columns, figures, undefined), ...figures.map(formatConfusion)].join('\n');
}

function percent(share: number | null): string {
  return share === null ? '' : `${(share * 100).toFixed(1)} %`;
}

function formatConfusion(figures: Figures): string {
  const rows = URGENCIES.map((actual) => ({ actual, proposed: figures.confusion[actual] }));
  const columns: Column<(typeof rows)[number]>[] = [
    { title: 'is \\ proposed', value: ({ actual }) => actual },
    ...URGENCIES.map((urgency) => ({
      title: urgency,
      value: ({ proposed }: (typeof rows)[number]) => String(proposed[urgency]),
    })),
  ];
  const ids =
    figures.language === 'all'
      ? ''
      : `${idsOf('missed', figures.missed)}${idsOf('wrongly urgent', figures.falselyUrgent)}`;
  return `${oneLine(figures.language)}\n${formatTable(columns, rows, undefined)}${ids}`;
}

function idsOf(what: string, ids: readonly string[]): string {
  if (ids.length === 0) return '';
  return wrap(`${what}: ${ids.map(oneLine).join(', ')}`, WIDTH)
    .map((line) => `${line}\n`)
    .join('');
}

/** A correction or confirmation by an officer. */
export interface LabelView extends Omit<TriageLabel, 'id' | 'ticketId'> {
  /** Reference. */
  ticket: string;
}

export function formatLabels(labels: readonly LabelView[], times: Times, width: number | undefined): string {
  const columns: Column<LabelView>[] = [
    { title: 'TICKET', value: ({ ticket }) => ticket },
    { title: 'WHEN', value: ({ at }) => times.at(at) },
    { title: 'BY', value: ({ actor }) => actor, flexible: true },
    {
      title: 'RULES SAID',
      value: ({ proposedUrgency, proposedCategory }) => judgement(proposedUrgency, proposedCategory),
    },
    { title: 'OFFICER SAID', value: ({ urgency, category }) => judgement(urgency, category) },
  ];
  return formatTable(columns, labels, width);
}

function judgement(urgency: string | null, category: string | null): string {
  return [urgency, category].filter((part) => part !== null).join(', ');
}
