// By what words mail systems say that a letter did not arrive, has not yet, or has: those of systems that write no
// notification for machines. Held against text in lower case on one line.

/** It did not and will not arrive. */
const FAILED: readonly RegExp[] = [
  /this is the qmail-send program/,
  /this message was created automatically by (?:the )?mail (?:delivery software|system)/,
  /this is the (?:mail system|postfix program) at host/,
  /the following address(?:es|\(es\))? (?:had .{0,40}errors|failed)/,
  /delivery to the following recipients? (?:has |have )?(?:been )?(?:failed|aborted|rejected)/,
  /delivery (?:has failed|failed) (?:to|for) these recipients?/,
  /your (?:e-?mail |mail )?message .{0,160}(?:did not reach|wasn't delivered|couldn't be delivered|was not delivered|was undeliverable|(?:could|can) ?not be (?:delivered|sent))/,
  /did not reach the following recipient/,
  /the following recipients? (?:could|can) ?not be reached|the following recipient\(s\) (?:could|can) ?not be reached/,
  /(?:following recipients?|message|mail) (?:that you sent )?(?:cannot|could not) be delivered (?:to|for)/,
  /(?:could not|cannot|unable to) be delivered to (?:one or more|the following)/,
  /(?:message|mail) (?:that you sent )?(?:was|is) undeliverable/,
  /(?:un|not )able to deliver (?:your |the |this )?(?:message|mail)/,
  /an error (?:has )?occurred while (?:attempting|trying) to deliver/,
  /failed to deliver (?:your|the) (?:message|mail)|delivery failure notification|undeliverable mail/,
  /\*\* (?:address not found|message (?:blocked|not delivered|too large|rejected)) \*\*/,
  /rejected your message to the following e-?mail address/,
  /not listed in (?:domino directory|public name)/,
];

/** It has not yet arrived, and the system goes on trying. */
const DELAYED: readonly RegExp[] = [
  /has not yet been delivered|message still undelivered after/,
  /this is a warning (?:message )?only|warning message only/,
  /(?:do|will) not need to re-?send (?:your|the|this) message/,
  /transient non-fatal errors|could not send message for past/,
  /delivery (?:to .{0,100})?(?:is|has been|was) delayed|\*\* delivery incomplete \*\*|message delayed/,
  /temporary (?:problem|error|failure).{0,40}deliver/,
  /will (?:keep trying|retry|be retried|continue (?:trying|to (?:try|attempt)))/,
];

/** Words of a failure that may stand beside those of a delay. */
const FINAL: readonly RegExp[] = [
  /permanent (?:fatal )?(?:error|failure)|failed permanently|permanently (?:failed|rejected|undeliverable)|given up|giving up|will not (?:try|be retried|retry)/,
  /(?:final|last) attempt|no further attempts|returned to (?:the )?sender|(?:gave|give) up/,
];

const DELIVERED: readonly RegExp[] = [
  /(?:was|has been) (?:successfully )?delivered to the following/,
  /your message was successfully delivered|delivery to .{0,100}was successful/,
];

/** A notification by its subject; weak, because people answer under it. */
const SUBJECT =
  /^(?:undeliver(?:ed|able)|returned (?:e-?mail|mail|to sender)|failure (?:notice|notification)|delivery (?:status notification|failure|failed|notification|delayed)|mail (?:delivery (?:failed|failure|subsystem|system|error)|could not be delivered|system error|failure)|message (?:not delivered|undeliverable|delayed|delivery)|non-?deliver|warning: (?:could not send|message)|delayed mail|considered unsolicited|e-?mail delivery failure|unable to deliver)/i;

export type SaidOutcome = 'failed' | 'delayed' | 'delivered';

/** What `text` (lower case, on one line) says happened; undefined when it says nothing of the kind. */
export function outcomeSaid(text: string): SaidOutcome | undefined {
  const isDelayed = says(text, DELAYED) && !says(text, FINAL);
  if (isDelayed) return 'delayed';
  if (says(text, FAILED)) return 'failed';
  return says(text, DELIVERED) ? 'delivered' : undefined;
}

export function isReportSubject(subject: string): boolean {
  return SUBJECT.test(subject.trim());
}

function says(text: string, marks: readonly RegExp[]): boolean {
  return marks.some((mark) => mark.test(text));
}
