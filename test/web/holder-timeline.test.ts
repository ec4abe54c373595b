import { expect, test } from '@jest/globals';
import { Entry } from '../../src/history/entry.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anEntry, anOffice, aRecipient, aUser, NOW } from '../support/factories.js';
import { signInAs, type Page } from '../support/visitor.js';

useDatabase();

const DAY = 86_400_000;

/** One entry a day, at noon UTC, the latest today. */
async function withEntries(count: number, { _id, campaign }: RecipientRecord): Promise<void> {
  const entries = Array.from({ length: count }, (_, n) => ({
    recipient: _id,
    campaign,
    kind: 'note' as const,
    direction: 'none' as const,
    occurredAt: new Date(NOW.getTime() - n * DAY),
    precision: 'time' as const,
    recordedAt: NOW,
  }));
  await Entry.insertMany(entries);
}

/** The lines about holders, each with the day of the entry above it and below it. */
const linesOf = ({ $ }: Page): string[][] => {
  const dayOf = (entry: ReturnType<typeof $>) =>
    entry.find('p.quiet time').first().attr('datetime')?.slice(0, 10) ?? '-';
  return $('.timeline .holder')
    .toArray()
    .map((line) => [
      dayOf($(line).prev('.entry')),
      $(line).text().replaceAll(/\s+/g, ' ').trim(),
      dayOf($(line).next('.entry')),
    ]);
};

test('the timeline says between its entries who held the office from when, on the page where that time is', async () => {
  const staff = await signInAs(createTestApp(), await aUser({ timeZone: 'UTC' }));
  const office = await anOffice({
    holders: [
      { name: 'Ada Former', until: '2026-09-20' },
      { name: 'Kim Invented', from: '2026-09-21', until: '2026-10-31' },
      { name: 'Noa Third', from: '2026-11-10', until: '2026-12-31' },
    ],
  });
  const recipient = await aRecipient({ office: office._id });
  await withEntries(70, recipient);
  const path = `/recipients/${String(recipient._id)}`;
  expect(linesOf(await staff.get(path))).toEqual([
    ['-', 'The office is vacant from 1 January 2027 (before: Noa Third)', '2026-11-24'],
    ['2026-11-10', 'From 10 November 2026 Noa Third holds the office', '2026-11-09'],
    ['2026-11-01', 'The office is vacant from 1 November 2026 (before: Kim Invented)', '2026-10-31'],
  ]);
  expect(linesOf(await staff.get(`${path}?page=2`))).toEqual([
    ['2026-09-21', 'From 21 September 2026 Kim Invented holds the office (before: Ada Former)', '2026-09-20'],
  ]);
  expect(linesOf(await staff.get(`${path}?page=3`))).toEqual([]);
});

test('a change on the very edge of two pages stands on one of them', async () => {
  const staff = await signInAs(createTestApp(), await aUser({ timeZone: 'UTC' }));
  // the first page ends with 6 October, the second begins with 5 October
  const office = await anOffice({
    holders: [
      { name: 'Ada Former', until: '2026-10-05' },
      { name: 'Kim Invented', from: '2026-10-06' },
    ],
  });
  const recipient = await aRecipient({ office: office._id });
  await withEntries(60, recipient);
  const path = `/recipients/${String(recipient._id)}`;
  const line = 'From 6 October 2026 Kim Invented holds the office (before: Ada Former)';
  expect(linesOf(await staff.get(path))).toEqual([['2026-10-06', line, '-']]);
  expect(linesOf(await staff.get(`${path}?page=2`))).toEqual([]);
});

test('the page of a recipient says that writing waits until the new holder is confirmed', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const sam = { name: 'Sam Follower', from: '2026-11-23', tookOver: true, confirmedAt: null };
  const office = await anOffice({ holders: [{ name: 'Kim Invented', until: '2026-11-22' }, sam] });
  const path = `/recipients/${String((await aRecipient({ office: office._id }))._id)}`;
  const page = await staff.get(path);
  expect(page.main).toContain(
    'Writing to them waits for a confirmation. Sam Follower is new in the office since 23 November 2026.',
  );
  const link = page.$('.panel a[href$=confirmation]').attr('href');
  expect(link).toBe(`/offices/${String(office._id)}/holders/${String(office.holders[1]!._id)}/confirmation`);
});

test('what corrects an entry is found from it, and the other way round, on whichever page it stands', async () => {
  const recipient = await aRecipient();
  await withEntries(120, recipient);
  const wrong = (await Entry.findOne().sort({ occurredAt: 1 }).lean())!;
  const right = await anEntry({ recipient: recipient._id, supersedes: wrong._id, reason: 'Another day.' });
  const staff = await signInAs(createTestApp(), 'staff');
  const follow = async (page: number, from: unknown) => {
    const { $ } = await staff.get(`/recipients/${String(recipient._id)}?page=${page}`);
    const { location } = await staff.get(
      $(`#entry-${String(from)} a[href^="/entries/"]`)
        .first()
        .attr('href')!,
    );
    const [path, entry] = location!.split('#');
    return (await staff.get(path!)).$(`#${entry}`).text();
  };
  expect(await follow(3, wrong._id)).toContain('Replaces an earlier entry: Another day.');
  expect(await follow(1, right._id)).toContain('Corrected. Another day.');
});

test('a page beyond the end of a history says so, and that of a recipient without one invites the first entry', async () => {
  const recipient = await aRecipient();
  await withEntries(1, recipient);
  const staff = await signInAs(createTestApp(), 'staff');
  const beyond = await staff.get(`/recipients/${String(recipient._id)}?page=9`);
  expect(beyond.main).toContain('Nothing is on this page: the history is shorter. Its first page');
  expect(beyond.main).not.toContain('Nothing has been logged');
  const fresh = await staff.get(`/recipients/${String((await aRecipient())._id)}`);
  expect(fresh.main).toContain('Nothing has been logged.');
});
