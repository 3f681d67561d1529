// Reports as mail systems write them, with addresses of nobody.
import type { Header, ReportParts } from '../../src/domain/message.js';
import type { ReportedMessage } from '../../src/domain/report.js';

export const NO_PARTS: ReportParts = {
  deliveryStatus: null,
  originalHeaders: null,
  feedbackReport: null,
  dispositionNotification: null,
};

export interface Sample {
  headers?: readonly (readonly [string, string])[];
  from?: string | null;
  subject?: string;
  text?: string;
  inReplyTo?: string[];
  references?: string[];
  report?: Partial<ReportParts> | null;
}

/** The message in a letter from a mail system unless the sample says otherwise. */
export function messageOf(sample: Sample): ReportedMessage & { headers: Header[]; messageId: null } {
  const { from = 'mailer-daemon@mx.home.example', report = null } = sample;
  return {
    headers: (sample.headers ?? []).map(([name, value]) => ({ name, value })),
    from: from === null ? null : { address: from, name: '' },
    subject: sample.subject ?? '',
    text: sample.text ?? '',
    messageId: null,
    inReplyTo: sample.inReplyTo ?? [],
    references: sample.references ?? [],
    report: report === null ? null : { ...NO_PARTS, ...report },
  };
}

export const MULTIPART_REPORT = ['content-type', 'multipart/report; report-type=delivery-status'] as const;

export const ORIGINAL = `Return-Path: <bounce+01test.code@mail.kolkatapolice.example>
Received: from mail.kolkatapolice.example by mx.home.example; Tue, 24 Nov 2026 04:00:00 +0000
Message-ID: <ours.behala.26-123-code@mail.kolkatapolice.example>
From: Behala Police Station <behala.ps@kolkatapolice.example>
To: Rita Basu <rita@home.example>
Subject: Reference BEHALA-26-000123-K
`;

/** Texts without a part for machines, each with what must be read in it. */
export interface TextSample extends Sample {
  name: string;
  kind: 'bounce' | 'delay' | 'delivered';
  gaveUp?: true;
  /** Address and status of each recipient. */
  recipients: readonly (readonly [string, string])[];
  /** What some recipient's diagnostic must hold. */
  diagnostic?: RegExp;
  /** Message-ID in the copy that came along. */
  original?: string;
}

/** What mail systems put below their words. */
export const COPY = `Message-ID: <ours@mail.kolkatapolice.example>
To: Rita Basu <rita@home.example>
Subject: Reference BEHALA-26-000123-K

Your letter has been received.
`;
