// What pages need of whoever draws: figures in, SVG out.

/** One line or row of bars. A value that is not known is left out of the line. */
export interface ChartSeries {
  name: string;
  kind: 'bar' | 'line';
  /** Colour by what it means, as the style sheet has it. */
  tone: 'plain' | 'good' | 'bad';
  values: readonly (number | null)[];
}

export interface TrendChart {
  /** Begins the ids in it: no two charts of one page may share it. Letters, digits and hyphens. */
  id: string;
  /** Pixels of its own coordinates; the page scales it. */
  width: number;
  height: number;
  labels: readonly string[];
  series: readonly ChartSeries[];
  /** Values are per cent. */
  percent: boolean;
  /** As numbers are written in the reader's language. */
  format(value: number): string;
}

/**
 * Answers one `<svg>` element without scripts, styles and foreign references: colours are custom properties of the
 * style sheet (`--chart-…`) in attributes, texts are escaped. It is no text for screen readers: its table stands beside it.
 */
export interface Charts {
  trend(chart: TrendChart): Promise<string>;
}
