// The frame of every page: language, width of a phone, style. No script.
import { type Html, html, htmlText } from './html.js';
import { STYLE } from './style.js';

/** A whole document in English, as text. `title` is what a screen reader says first. */
export function pageText({ title, main }: { title: string; main: Html }): string {
  return htmlText(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`);
}
