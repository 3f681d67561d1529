// Draws charts as SVG with ECharts, without a browser.
import type { EChartsOption } from 'echarts';
import type { ChartSeries, Charts, TrendChart } from '../ports/charts.js';
import { INK, LINE, SOFT, TONES, toPageSvg } from './page-svg.js';

type Drawing = typeof import('./drawing.js');

/** ECharts is loaded when the first chart is asked for: most processes never draw. */
export function createCharts(): Charts {
  let loading: Promise<Drawing> | undefined;
  const draw = async (chart: TrendChart, option: EChartsOption) => {
    loading ??= import('./drawing.js');
    return toPageSvg((await loading).drawSvg(option, chart), chart.id);
  };
  return {
    trend: (chart) => draw(chart, trendOption(chart)),
  };
}

const TEXT = { color: SOFT, fontSize: 12, fontFamily: 'inherit' };

function trendOption({ labels, series, percent, format }: TrendChart): EChartsOption {
  return {
    animation: false,
    grid: { left: 44, right: 12, top: 34, bottom: 28 },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 14,
      itemHeight: 10,
      selectedMode: false,
      borderColor: LINE,
      textStyle: { ...TEXT, color: INK },
    },
    xAxis: {
      type: 'category',
      data: [...labels],
      axisLine: { lineStyle: { color: LINE } },
      axisTick: { show: false },
      axisLabel: { ...TEXT, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...(percent ? { max: 100, interval: 25 } : { minInterval: 1, splitNumber: 4 }),
      splitLine: { lineStyle: { color: LINE } },
      axisLabel: { ...TEXT, formatter: format },
    },
    series: series.map(seriesOption),
  };
}

function seriesOption({ name, kind, tone, values }: ChartSeries) {
  const color = TONES[tone];
  const data = values.map((value) => value ?? '-');
  const still = { silent: true, emphasis: { disabled: true }, name, data };
  if (kind === 'bar') return { ...still, type: 'bar' as const, barMaxWidth: 28, itemStyle: { color } };
  return {
    ...still,
    type: 'line' as const,
    showSymbol: true,
    symbol: 'circle',
    symbolSize: 5,
    connectNulls: false,
    itemStyle: { color },
    lineStyle: { color, width: 2 },
  };
}
