// The domain macro of SPF records (RFC 7208 7.2). The library expands `%{d}` to the sender's domain everywhere; in an
// included record it means the included domain. So it is written out before the library sees the record.

const DOMAIN_MACRO = /%\{d\d{0,3}r?[.\-+,/_=]{0,7}\}/gi;
const TRANSFORMERS = /^%\{d(\d*)(r?)(.*)\}$/i;

/** `record`, published by `domain`, without domain macros. */
export function writeOutDomain(record: string, domain: string): string {
  return record.replace(DOMAIN_MACRO, (macro) => {
    const [, digits = '', reverse = '', delimiters = ''] = TRANSFORMERS.exec(macro) ?? [];
    const parts = splitAt(domain, delimiters === '' ? '.' : delimiters);
    if (reverse !== '') parts.reverse();
    const kept = Number(digits) === 0 ? parts : parts.slice(-Number(digits));
    return kept.join('.');
  });
}

function splitAt(domain: string, delimiters: string): string[] {
  const parts = [''];
  for (const char of domain) {
    if (delimiters.includes(char)) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}
