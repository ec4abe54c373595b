import { scaleLinear } from 'd3-scale';
import { fitted, textWidth } from '../axis/text-width.js';
import type { Answer } from './read-answers.js';
import { withCommas } from '../with-commas.js';

const FONT_SIZE = 14;
const TICKS = 24;
const GAP = 8;
/** in days: a picture of nothing longer would make much of little */
const SHORTEST = 10;
/** What a picture holds without becoming a list. */
export const MOST_BARS = 30;

type Bar = {
  name: string;
  nameY: number;
  words: string;
  wordsX: number;
  wordsY: number;
  answered: boolean;
  late: boolean;
  box: { x: number; y: number; width: number; height: number };
};
export type AnswerBars = {
  width: number;
  height: number;
  left: number;
  bars: Bar[];
  ticks: { x: number; label: string }[];
  ticksY: number;
};

/** `beside`: names stand to the left of the bars, in so many pixels; otherwise above them, and the words are shorter. */
export type Shape = { width: number; beside: number | null };
export const WIDE: Shape = { width: 1080, beside: 300 };
export const NARROW: Shape = { width: 380, beside: null };

/** Lays out a bar for each answer, in the order given: plain positions in pixels at a font size of 14. */
export function answerBars(answers: readonly Answer[], { width, beside }: Shape): AnswerBars {
  const left = beside === null ? 1 : beside + GAP;
  const row = beside === null ? 44 : 26;
  const wordsOf = (answer: Answer) => answerInWords(answer, beside === null);
  const longest = Math.max(0, ...answers.map((answer) => textWidth(wordsOf(answer), FONT_SIZE)));
  const right = Math.floor(width - longest - GAP);
  const xOf = scaleLinear([0, Math.max(SHORTEST, ...answers.map(({ days }) => days))], [left, right]);
  const bars = answers.map((answer, i): Bar => {
    const top = i * row + (beside === null ? 20 : 4);
    const length = round(xOf(answer.days) - left);
    return {
      name: fitted(`${answer.organisation}, ${answer.office}`, beside ?? width, FONT_SIZE),
      nameY: beside === null ? top - 5 : top + 13,
      words: wordsOf(answer),
      wordsX: round(left + length + GAP),
      wordsY: top + 13,
      answered: answer.answered,
      late: answer.clock === 'late' || answer.clock === 'very late',
      box: { x: left, y: top, width: Math.max(2, length), height: 17 },
    };
  });
  const ticksY = answers.length * row + TICKS - 4;
  return { width, height: ticksY + 8, left, bars, ticks: ticksFor(xOf, beside === null ? 2 : 5), ticksY };
}

function ticksFor(xOf: ReturnType<typeof scaleLinear<number, number>>, about: number) {
  return xOf
    .ticks(about)
    .filter(Number.isInteger)
    .map((days) => ({ x: round(xOf(days)), label: withCommas(days) }));
}

const states: Partial<Record<Answer['clock'], string>> = {
  late: ', late',
  'very late': ', very late',
  paused: ', the clock is paused',
};

/** `14 working days`, `waiting for 41 working days, very late`; in short `14 days`, `waiting 41 days, very late`. */
export function answerInWords({ answered, days, clock }: Answer, short = false): string {
  const count = `${withCommas(days)} ${short ? '' : 'working '}${days === 1 ? 'day' : 'days'}`;
  if (answered) return count;
  const state = short && clock === 'paused' ? ', paused' : (states[clock] ?? '');
  return `waiting ${short ? '' : 'for '}${count}${state}`;
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
