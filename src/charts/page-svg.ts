// From an SVG as ECharts writes it to one that a page with a strict policy shows: no styles, colours of the style sheet.

// ECharts reckons with colours, so it is given real ones that nothing else has; they are exchanged in the picture.
export const INK = '#0a0b01';
export const SOFT = '#0a0b02';
export const LINE = '#0a0b03';
export const TONES = { plain: '#0a0b04', good: '#0a0b05', bad: '#0a0b06' } as const;

const NAMES = new Map<string, string>([
  [INK, 'ink'],
  [SOFT, 'soft'],
  [LINE, 'line'],
  [TONES.plain, 'plain'],
  [TONES.good, 'good'],
  [TONES.bad, 'bad'],
]);

/** `id` begins every id in it, so that pictures of one page do not refer to each other. */
export function toPageSvg(svg: string, id: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, (tag) => toPageTag(tag, id))
    .replace(/^<svg/, '<svg aria-hidden="true" class="chart"')
    .replace(/>\n+</g, '><')
    .trim();
}

function toPageTag(tag: string, id: string): string {
  return tag
    .replace(/ (?:class|ecmeta_\w+|pointer-events|xmlns:xlink|baseProfile|version)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/, (_whole, style: string) => attributesOf(style))
    .replace(/(id="|url\(#)zr\d+-/g, `$1${id}-`)
    .replace(/="(#[0-9a-f]{6})"/g, (whole, colour: string) => {
      const name = NAMES.get(colour);
      return name === undefined ? whole : `="var(--chart-${name})"`;
    })
    .replace(/ fill="#fff"/, ' fill="var(--chart-ground)"');
}

const FONT_SIZE = /font-size:(\d+(?:\.\d+)?)px/;

/** Text has its family from the page. */
function attributesOf(style: string): string {
  const size = FONT_SIZE.exec(style)?.[1];
  const bold = /font-weight:bold/.test(style) ? ' font-weight="700"' : '';
  return (size === undefined ? '' : ` font-size="${size}"`) + bold;
}
