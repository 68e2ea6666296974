import type { BarSeriesOption } from 'echarts/charts';
import type { GridComponentOption, MarkLineComponentOption, TitleComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { COLOURS } from './colours.js';

/** In the words of echarts, what a picture shows. */
export type PictureOption = ComposeOption<
  BarSeriesOption | GridComponentOption | MarkLineComponentOption | TitleComponentOption
>;

type One<T> = T extends readonly (infer Item)[] ? Item : T;
type Of<Name extends keyof PictureOption> = NonNullable<One<NonNullable<PictureOption[Name]>>>;

/** One chart of a picture, with axes of its own. */
export interface Panel {
  height: number;
  title: Of<'title'>;
  grid: Of<'grid'>;
  xAxis: Of<'xAxis'>;
  yAxis: Of<'yAxis'>;
  series: BarSeriesOption;
}

/** Where a panel stands among the picture's. */
export interface Place {
  index: number;
  top: number;
}

/** Wide enough for a month of days, and still read on a phone, where Slack shows it at about 350. */
export const WIDTH = 560;
export const TITLE_HEIGHT = 40;

export const WORDS = { color: COLOURS.words, fontSize: 15, fontFamily: 'Inter' } as const;
export const STRONG = { ...WORDS, fontWeight: 600 } as const;

/** A panel's title, with what explains the chart beside it. */
export function titleAt({ top }: Place, text: string, beside?: string): Panel['title'] {
  return {
    text,
    top,
    left: 0,
    padding: 0,
    textStyle: { ...STRONG, fontSize: 16 },
    itemGap: 6,
    ...(beside && { subtext: beside, subtextStyle: WORDS }),
  };
}
