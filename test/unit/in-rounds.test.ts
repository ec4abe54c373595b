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

test('what was added while a round went wrong is done at the end', async () => {
  const done: number[] = [];
  let goOn = () => {};
  const rounds = inRounds<number>(async (items) => {
    if (!items.includes(1)) return void done.push(...items);
    await new Promise<void>((resolve) => (goOn = resolve));
    throw new Error('The first went wrong.');
  }, 0);
  rounds.add(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  rounds.add(2);
  goOn();
  await expect(rounds.end()).rejects.toThrow('The first went wrong.');
  expect(done).toEqual([2]);
});

// one turn of the queue after the other, around the end of the round
test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
  'what is added in the moment in which the last round ends is done: %i turns later',
  async (turns) => {
    const done: number[] = [];
    const worked = new Promise<void>((resolve) => setTimeout(resolve, 20));
    const rounds = inRounds<number>((items) => {
      done.push(...items);
      return worked;
    }, 0);
    rounds.add(1);
    await worked;
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    rounds.add(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await rounds.end();
    expect(done).toEqual([1, 2]);
  },
);
