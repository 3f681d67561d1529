// The page behind a notice's link, and what it says instead when there is nothing to show.
import { formatLocalTime } from '../domain/local-time.js';
import type { Instant } from '../domain/time.js';
import type { EscalationPage } from './escalation-pages.js';
import { foreignName, type Html, html } from './html.js';
import { pageText } from './page.js';

/** The whole document. */
export function escalationDocument(page: EscalationPage): string {
  const { title, notice, deed } = standing(page);
  return pageText({
    title: `${title}: ${page.reference}`,
    main: html`<h1>${title}</h1>
${notice}
<dl>
${facts(page)}
</dl>
${deed}
<p class="faint">Times are those of ${page.timeZone}.</p>`,
  });
}

interface Standing {
  title: string;
  notice: Html;
  deed: Html;
}

const NOTHING = html``;

function standing(page: EscalationPage): Standing {
  const { acknowledgedAt, acknowledgedBy, endedAt } = page;
  if (acknowledgedAt !== null) {
    const by = foreignName(acknowledgedBy ?? 'somebody');
    return over('Acknowledged', html`Acknowledged by ${by} at ${time(page, acknowledgedAt)}.`);
  }
  if (endedAt !== null) {
    const at = time(page, endedAt);
    return over('Ended', html`This escalation ended by itself at ${at}. Nothing is asked of you any more.`);
  }
  return {
    title: 'An answer is expected',
    notice: NOTHING,
    deed: html`<form method="post">
<p>The button tells the ranks above that you see to this matter.</p>
<button type="submit">I have it</button>
</form>`,
  };
}

function over(title: string, sentence: Html): Standing {
  return { title, notice: html`<p class="notice" role="status">${sentence}</p>`, deed: NOTHING };
}

function facts(page: EscalationPage): Html[] {
  const rows: [string, Html][] = [
    ['Ticket', html`${page.reference}`],
    ['Police station', foreignName(page.station)],
    ['Urgency', html`${page.urgency ?? 'not judged yet'}`],
    ['What it is about', html`${page.what}`],
    ['Waiting for an answer since', time(page, page.markedAt)],
    ['Told', told(page.told)],
  ];
  if (page.answerBy !== null) rows.push(['Answer expected by', time(page, page.answerBy)]);
  return rows.map(
    ([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>
`,
  );
}

function told(names: readonly string[]): Html {
  if (names.length === 0) return html`nobody`;
  return html`${names.map((name, index) => html`${index === 0 ? '' : ', '}${foreignName(name)}`)}`;
}

function time({ timeZone }: EscalationPage, at: Instant): Html {
  return html`<time datetime="${at}">${formatLocalTime(at, { timeZone, language: 'en' })}</time>`;
}

const AGAIN = 'Open the link in the notice again: the page says whether your answer was recorded.';

const REFUSALS: Readonly<Record<number, { title: string; text: string }>> = {
  403: {
    title: 'Not taken',
    text: 'This was sent from a page that is not ours. Open the link in the notice and press the button there.',
  },
  404: {
    title: 'Nothing here',
    text: 'This link leads to nothing that you can answer. Please check that the whole link was copied from the notice.',
  },
  429: { title: 'Too many wrong links', text: `Please wait a minute. ${AGAIN}` },
  503: { title: 'Not now', text: `Thanadak is busy. Please wait a minute. ${AGAIN}` },
};

/** The whole document for an answer that is not the page: one for each status, whatever the reason. */
export function refusalDocument(status: number): string {
  const unknown = { title: status < 500 ? 'Not taken' : 'That did not work', text: AGAIN };
  const { title, text } = REFUSALS[status] ?? unknown;
  return pageText({ title, main: html`<h1>${title}</h1>\n<p>${text}</p>` });
}
