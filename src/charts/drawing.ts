// ECharts with only the parts that are drawn.
import type { EChartsOption } from 'echarts';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** The SVG of one picture, as ECharts writes it. */
export function drawSvg(option: EChartsOption, { width, height }: { width: number; height: number }): string {
  const picture = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    picture.setOption(option);
    return picture.renderToSVGString({ useViewBox: true });
  } finally {
    picture.dispose();
  }
}
