// Draws charts as SVG with ECharts, without a browser.
import type { EChartsOption } from 'echarts';
import type { ChartSeries, Charts, HeatChart, TrendChart } from '../ports/charts.js';
import { INK, LEVELS, LINE, SOFT, TONES, toPageSvg } from './page-svg.js';

type Drawing = typeof import('./drawing.js');

/** ECharts is loaded when the first chart is asked for: most processes never draw. */
export function createCharts(): Charts {
  let loading: Promise<Drawing> | undefined;
  const draw = async (chart: TrendChart | HeatChart, option: EChartsOption) => {
    loading ??= import('./drawing.js');
    return toPageSvg((await loading).drawSvg(option, chart), chart.id);
  };
  return {
    trend: (chart) => draw(chart, trendOption(chart)),
    heat: (chart) => draw(chart, heatOption(chart)),
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
      ...(percent ? { max: 100 } : { minInterval: 1 }),
      splitNumber: 4,
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

function heatOption({ rows, columns, values }: HeatChart): EChartsOption {
  const most = Math.max(1, ...values.flat());
  const data = values.flatMap((row, y) =>
    row.map((value, x) => ({
      value: [x, y, value],
      itemStyle: { color: LEVELS[levelOf(value, most)] ?? LINE },
    })),
  );
  const axis = {
    type: 'category' as const,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: TEXT,
  };
  return {
    animation: false,
    grid: { left: 84, right: 8, top: 8, bottom: 26 },
    xAxis: { ...axis, data: [...columns] },
    yAxis: { ...axis, data: [...rows], inverse: true },
    series: [
      {
        type: 'custom',
        silent: true,
        data,
        renderItem(_params, api) {
          const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
          const [width = 0, height = 0] = (api.size?.([1, 1]) ?? []) as number[];
          const shape = {
            x: x - width / 2 + 1,
            y: y - height / 2 + 1,
            width: width - 2,
            height: height - 2,
            r: 2,
          };
          return { type: 'rect', shape, style: { fill: String(api.visual('color')) } };
        },
      },
    ],
  };
}

/** 0 for nothing; the rest in five equal steps up to the most of all fields. */
export function levelOf(value: number, most: number): number {
  return value <= 0 ? 0 : Math.min(5, Math.max(1, Math.ceil((value * 5) / most)));
}
