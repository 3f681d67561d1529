// The document in which the layout of a letter is shown: its own white paper, nothing but words.
import type { Language } from '../../domain/station.js';
import { html, htmlText, trustedMarkup } from '../html.js';
import { type PhraseKey, textIn } from '../words/words.js';

export interface Framed {
  language: Language;
  /** What LetterParts.html answered; null: `said` stands in its place. */
  fragment: string | null;
  said: PhraseKey;
}

/** Whatever the letter asks for, it covers nothing and loads nothing: its styles are a list of harmless ones. */
const STYLE = `html{color-scheme:light;background:#fff;color:#171b18;font:15px/1.5 system-ui,"Noto Sans","Noto Sans Bengali","Noto Sans Devanagari",sans-serif}
body{margin:12px;overflow-wrap:anywhere}
table{max-width:100%;border-collapse:collapse}td,th{vertical-align:top}
blockquote{margin:0 0 0 4px;padding-left:10px;border-left:3px solid #d6dad3}
pre{white-space:pre-wrap}
.address{color:#515a54;font-family:ui-monospace,monospace;font-size:.85em}
.address::before{content:"\\2039"}.address::after{content:"\\203a"}
.picture{display:inline-block;padding:0 6px;border:1px dashed #7d867f;border-radius:4px;color:#515a54}
.said{color:#515a54}`;

/** The whole document, for an answer with SANDBOX_POLICY. */
export function frameDocument({ language, fragment, said }: Framed): string {
  const say = textIn(language);
  const picture = JSON.stringify(`${say('letters.picture')} `);
  // Made of a phrase of ours, without anything that ends a style.
  const style = trustedMarkup(`${STYLE}\n.picture::before{content:${picture.replace(/</g, '')}}`);
  const body = fragment === null ? html`<p class="said">${say(said)}</p>` : trustedMarkup(fragment);
  return htmlText(html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${say('letters.formatted.title')}</title><style>${style}</style></head>
<body>${body}</body>
</html>
`);
}
