import { expect, test } from '@jest/globals';
import { Entry } from '../../src/history/entry.model.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aRecipient, aUser, NOW } from '../support/factories.js';
import { signInAs, type Page } from '../support/visitor.js';

useDatabase();

const DAY = 86_400_000;

/** One entry on every second day, at noon UTC, the latest two days ago. */
async function withEntries(count: number, { _id, campaign }: RecipientRecord): Promise<void> {
  const entries = Array.from({ length: count }, (_, n) => ({
    recipient: _id,
    campaign,
    kind: 'note' as const,
    direction: 'none' as const,
    occurredAt: new Date(NOW.getTime() - 2 * (n + 1) * DAY),
    precision: 'time' as const,
    recordedAt: NOW,
  }));
  await Entry.insertMany(entries);
}

type Step = { title: string; stage: string; happenedOn?: string; expectedOn?: string };

const aBill = (milestones: Step[]): Promise<TrackRecord> =>
  Track.create({
    title: 'A bill to make platforms answer',
    shortTitle: 'Answering Bill',
    jurisdiction: 'Utopia',
    procedure: 'uk bill',
    createdAt: NOW,
    milestones,
  });

const assent = (happenedOn: string): Step => ({ title: 'Royal Assent', stage: 'royal assent', happenedOn });

/** The lines about laws, each with the day of the entry above it and below it. */
const linesOf = ({ $ }: Page): string[][] => {
  const dayOf = (entry: ReturnType<typeof $>) =>
    entry.find('p.quiet time').first().attr('datetime')?.slice(0, 10) ?? '-';
  return $('ol.timeline > li.milestone')
    .toArray()
    .map((line) => [
      dayOf($(line).prev('.entry')),
      $(line).text().replaceAll(/\s+/g, ' ').trim(),
      dayOf($(line).next('.entry')),
    ]);
};

const aReader = async () => signInAs(createTestApp(), await aUser({ timeZone: 'UTC' }));

test('what happened in parliament stands between the entries at its day, linked to the milestone', async () => {
  const staff = await aReader();
  const recipient = await aRecipient();
  await withEntries(5, recipient);
  const sittings = ['2026-11-03', '2026-11-10', '2026-11-15'].map((happenedOn, n) => ({
    title: `Sitting ${n + 1}`,
    stage: 'commons committee',
    happenedOn,
  }));
  const bill = await aBill([
    ...sittings,
    assent('2026-11-24'),
    { title: 'Second reading', stage: 'commons second reading', happenedOn: '2026-08' },
    { title: 'Commencement', stage: 'commencement', expectedOn: '2026-12-01' },
    { title: 'Report stage', stage: 'commons report', expectedOn: '2026-11-19' },
  ]);
  const page = await staff.get(`/recipients/${String(recipient._id)}`);
  expect(linesOf(page)).toEqual([
    ['-', 'Legislation: Royal Assent, Answering Bill, 24 November 2026', '2026-11-22'],
    [
      '2026-11-16',
      'Legislation: Committee stage, House of Commons, Answering Bill, 3 sittings, 3 to 15 November 2026',
      '2026-11-14',
    ],
    ['2026-11-14', 'Legislation: Second reading, Answering Bill, August 2026', '-'],
  ]);
  const anchor = (n: number) => `/tracks/${String(bill._id)}#milestone-${String(bill.milestones[n]!._id)}`;
  const links = page.$('.timeline .milestone a').toArray();
  expect(links.map((link) => page.$(link).attr('href'))).toEqual([anchor(3), anchor(0), anchor(4)]);
  const track = await staff.get(`/tracks/${String(bill._id)}`);
  expect(track.$(`#milestone-${String(bill.milestones[3]!._id)}`)).toHaveLength(1);
});

test('each page shows what happened in its time, and an entry is still found on its page', async () => {
  const staff = await aReader();
  const recipient = await aRecipient();
  await withEntries(60, recipient);
  // the first page ends with 16 August, the second begins with 14 August and ends with 27 July
  const days = ['2026-11-24', '2026-08-16', '2026-08-15', '2026-08-14', '2026-04-28', '2026-04-27'];
  await aBill(days.map((happenedOn) => ({ ...assent(happenedOn), stage: 'commencement' })));
  const path = `/recipients/${String(recipient._id)}`;
  const daysOn = async (address: string) =>
    linesOf(await staff.get(address)).map(([, text]) => text!.split(', ').at(-1));
  expect(await daysOn(path)).toEqual(['24 November 2026', '16 August 2026', '15 August 2026']);
  expect(await daysOn(`${path}?page=2`)).toEqual(['14 August 2026', '28 April 2026']);
  expect(await daysOn(`${path}?page=3`)).toEqual([]);
  const last = await Entry.findOne({ recipient: recipient._id }).sort({ occurredAt: 1 }).orFail();
  const { location } = await staff.get(`/entries/${String(last._id)}`);
  expect(location).toBe(`${path}?page=2#entry-${String(last._id)}`);
  expect((await staff.get(location!.split('#')[0]!)).$(`#entry-${String(last._id)}`)).toHaveLength(1);
});

test('a recipient nobody has been in contact with shows none', async () => {
  const recipient = await aRecipient();
  await aBill([assent('2026-11-23')]);
  const page = await (await aReader()).get(`/recipients/${String(recipient._id)}`);
  expect(page.main).toContain('Nothing has been logged.');
  expect(page.main).not.toContain('Legislation:');
});

test('the title of a milestone and of a law are words, whatever is in them', async () => {
  const recipient = await aRecipient();
  await withEntries(1, recipient);
  await Track.create({
    title: '<script>law</script>',
    jurisdiction: 'Utopia',
    createdAt: NOW,
    milestones: [{ title: '<b>Vote</b>', stage: 'vote', happenedOn: '2026-11-23' }],
  });
  const page = await (await aReader()).get(`/recipients/${String(recipient._id)}`);
  expect(linesOf(page)).toEqual([
    ['-', 'Legislation: <b>Vote</b>, <script>law</script>, 23 November 2026', '2026-11-22'],
  ]);
});
