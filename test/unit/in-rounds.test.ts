import { expect, test } from '@jest/globals';
import { inRounds } from '../../src/in-rounds.js';

const LONG = 60_000;

test('what is added before a round begins is done together, and at the end without waiting', async () => {
  const done: number[][] = [];
  const rounds = inRounds<number>(async (items) => void done.push([...items]), LONG);
  rounds.add(1);
  rounds.add(2);
  expect(done).toEqual([]);
  await rounds.end();
  expect(done).toEqual([[1, 2]]);
});

test('what is added during a round is of the next one', async () => {
  const done: number[][] = [];
  let goOn = () => {};
  const rounds = inRounds<number>(async (items) => {
    done.push([...items]);
    if (done.length === 1) await new Promise<void>((resolve) => (goOn = resolve));
  }, 0);
  rounds.add(1);
  while (done.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  rounds.add(2);
  rounds.add(3);
  goOn();
  await rounds.end();
  expect(done).toEqual([[1], [2, 3]]);
});

test('what a round threw is thrown at the end, and what came after it is done all the same', async () => {
  const done: number[] = [];
  const rounds = inRounds<number>(async (items) => {
    if (items.includes(1)) throw new Error('The first went wrong.');
    done.push(...items);
  }, 0);
  rounds.add(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  rounds.add(2);
  await expect(rounds.end()).rejects.toThrow('The first went wrong.');
  expect(done).toEqual([2]);
});
