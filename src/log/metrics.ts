// Every metric of the house, without the `thanadak_` prefix. Alerts, dashboard and code use these names and no others.

export interface MetricDeclaration {
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels?: readonly string[];
  /** Upper bounds in seconds. */
  buckets?: readonly number[];
}

const QUICK = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const BACKLOG = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 900, 3600];
const WITHIN_HOURS = [1, 5, 15, 60, 300, 900, 1800, 2700, 3600, 7200, 14_400, 43_200, 86_400];

export const METRICS = {
  smtp_connections_total: {
    type: 'counter',
    help: 'SMTP connections by what became of them.',
    labels: ['result'],
  },
  smtp_sessions: { type: 'gauge', help: 'SMTP sessions open now.' },
  smtp_stress: {
    type: 'gauge',
    help: '1 while the front door is under stress and sends clients that bring nothing away sooner.',
  },
  smtp_stress_total: { type: 'counter', help: 'Times at which the front door came under stress.' },
  letters_accepted_total: {
    type: 'counter',
    help: 'Letters answered with 250, per station.',
    labels: ['station'],
  },
  letters_refused_total: {
    type: 'counter',
    help: 'Letters and recipients refused, by SMTP code and reason.',
    labels: ['code', 'reason'],
  },
  accept_commit_seconds: {
    type: 'histogram',
    help: 'From the last byte of a letter to stable storage.',
    buckets: QUICK,
  },
  letters_filed_total: {
    type: 'counter',
    help: 'Messages filed, by what they became: opened, joined or copy.',
    labels: ['outcome'],
  },
  letters_screened_total: {
    type: 'counter',
    help: 'Letters looked at for junk and viruses, by what was found: passed, junk or infected.',
    labels: ['outcome'],
  },
  letters_held_total: { type: 'counter', help: 'Letters set aside for a person to look at.' },
  filing_seconds: {
    type: 'histogram',
    help: 'From receipt of a letter to the commit of its ticket.',
    buckets: BACKLOG,
  },
  reading_seconds: {
    type: 'histogram',
    help: 'Time to turn the bytes of a letter into a message.',
    buckets: QUICK,
  },
  letters_unreadable_total: {
    type: 'counter',
    help: 'Letters filed by envelope and head alone: reading them took too long, too much memory, or failed.',
  },
  sender_checks_total: {
    type: 'counter',
    help: 'Senders checked, by verdict, and whether every question to the DNS was answered (trouble when not).',
    labels: ['verdict', 'dns'],
  },
  acknowledgements_suppressed_total: {
    type: 'counter',
    help: 'Acknowledgements not sent, by reason.',
    labels: ['reason'],
  },
  notices_withheld_total: {
    type: 'counter',
    help: 'Notices to officers that were not sent because the officer got as many in that hour as a person can read.',
  },
  acknowledgement_alarms_total: {
    type: 'counter',
    help: 'Times at which the budget of all acknowledgements together was found used up; the IT cell is told of each.',
  },
  acknowledgement_latency_seconds: {
    type: 'histogram',
    help: 'From receipt of a letter to its acknowledgement taken by the far side.',
    buckets: WITHIN_HOURS,
  },
  deliveries_total: {
    type: 'counter',
    help: 'Attempts to hand a letter over, by kind of letter and result.',
    labels: ['kind', 'result'],
  },
  deeds_total: { type: 'counter', help: 'Deeds of people on tickets.', labels: ['deed'] },
  clocks_breached_total: {
    type: 'counter',
    help: 'Clocks that passed their deadline unmet, by clock.',
    labels: ['clock'],
  },
  escalations_total: { type: 'counter', help: 'Steps up the ranks, by the rank told.', labels: ['rank'] },
  clock_steps_total: {
    type: 'counter',
    help: 'Times at which the clock of the machine was found set, ahead or back.',
    labels: ['direction'],
  },
  escalations_open: { type: 'gauge', help: 'Escalations that nobody has acknowledged.' },
  letters_spooled: { type: 'gauge', help: 'Letters accepted and not yet filed.' },
  spool_oldest_seconds: {
    type: 'gauge',
    help: 'Age of the oldest letter not yet filed, 0 when there is none.',
  },
  letters_held: { type: 'gauge', help: 'Letters set aside and not released.' },
  outbox_letters: { type: 'gauge', help: 'Letters in the outbox, by state.', labels: ['state'] },
  outbox_late_seconds: {
    type: 'gauge',
    help: 'How long the letter of the outbox that is due first has been due, 0 when none is.',
  },
  tickets_open: { type: 'gauge', help: 'Tickets neither closed nor merged.' },
  clocks_overdue: { type: 'gauge', help: 'Open tickets with a clock past its mark and not met.' },
  backup_age_seconds: {
    type: 'gauge',
    help: 'Age of what the newest backup holds; without one since the start, when backups are configured.',
  },
  backup_last_ok: { type: 'gauge', help: '1 when the last backup saved everything, 0 when it did not.' },
  database_bytes: { type: 'gauge', help: 'Size of the database.' },
  database_synchronous_level: {
    type: 'gauge',
    help: 'How the database syncs: 0 off, 1 normal, 2 full, 3 extra. Below 2 a power cut loses accepted letters.',
  },
  disk_free_bytes: { type: 'gauge', help: 'Free bytes for us on the disk of the spool.' },
  eventloop_lag_seconds: { type: 'gauge', help: 'Longest delay of the event loop since the last reading.' },
  tls_certificate_not_after_seconds: {
    type: 'gauge',
    help: 'When the certificate of the front door expires, seconds since 1970.',
  },
  build_info: { type: 'gauge', help: 'Always 1; the version is the label.', labels: ['version'] },
  gauge_readings_failed_total: {
    type: 'counter',
    help: 'Gauges left out because they could not be read.',
    labels: ['gauge'],
  },
} as const satisfies Record<string, MetricDeclaration>;

export type MetricName = keyof typeof METRICS;

/** Names of the gauges, for which a reading can be given. */
export type GaugeName = {
  [N in MetricName]: (typeof METRICS)[N]['type'] extends 'gauge' ? N : never;
}[MetricName];

/** The declaration of `name`, undefined when there is none. */
export function findMetric(name: string): MetricDeclaration | undefined {
  return Object.hasOwn(METRICS, name) ? METRICS[name as MetricName] : undefined;
}
