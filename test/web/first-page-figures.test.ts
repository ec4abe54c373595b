import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { whoIsTold, whoIsToldOfLaw, whoIsToldOfStrays } from '../../src/attention/whose.rules.js';
import { kinds } from '../../src/attention/kinds.rules.js';
import { dayOf } from '../../src/dates.js';
import { addWorkingDays } from '../../src/working-days.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW, type TestUser } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

import { anyWorld, buildWorld, DAY, holdersOf, type Built } from '../support/first-page.js';

useDatabase();

/** Goes through all there is, one by one, and counts what the page ought to show to this reader; null: to everybody. */
function countFor(
  reader: TestUser,
  { people, letters, offices, posts, letterOf, rows, mails, stances, track, waiting }: Built,
  all: boolean,
) {
  const staff = [people.admin, people.ana, people.ben];
  const isMine = (told: string[]) => all || told.includes(String(reader._id));
  const recipientOf = new Map(offices.map((one) => [String(one._id), one]));
  const isTheirs = (recipient: (typeof offices)[number]) =>
    isMine(whoIsTold(recipient, letterOf(recipient), staff));
  const zone = reader.timeZone;
  const today = dayOf(NOW, zone);
  const dayIsOver = DateTime.fromJSDate(NOW, { zone }).endOf('day').toMillis();
  const soon = DateTime.fromISO(addWorkingDays(today, 2, { timeZone: zone }), { zone })
    .endOf('day')
    .toMillis();

  const counts = new Map<string, number>();
  const add = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  for (const one of offices.filter(isTheirs)) {
    const passed = (instant: Date | null) => instant !== null && instant <= NOW;
    if (passed(one.veryLateFrom)) add('very-late');
    else if (passed(one.lateFrom)) add('late');
    if (passed(one.lastDayFrom) && !passed(one.lateFrom)) add('due-today');
    if (passed(one.promisePassedFrom)) add('promises');
    if (passed(one.acknowledgementMissingFrom) && !passed(one.lateFrom)) add('unacknowledged');
  }
  for (const row of rows) {
    const recipient = recipientOf.get(String(row.recipient))!;
    if (!isTheirs(recipient)) continue;
    const { approvalDays, approval: asked } = letterOf(recipient);
    const rule = asked === 'none' && 'trigger' in row ? 'one' : asked;
    const holds = rule === 'none' ? Infinity : approvalDays * DAY;
    const due = row.nextAttemptAt.getTime();
    if (['held', 'failed', 'uncertain'].includes(row.state)) add(row.state);
    if (row.state === 'planned' && due <= NOW.getTime() + holds) add('planned');
    if (row.state !== 'scheduled') continue;
    const byItsAuthor = row.approval?.by.equals(row.plannedBy) ?? false;
    if (byItsAuthor && (rule === 'four eyes' || (rule === 'one' && !('read' in row.approval!)))) {
      if (due <= NOW.getTime() + holds) add('planned');
      continue;
    }
    const ends = row.approval ? row.approval.at.getTime() + holds : Infinity;
    if (ends < NOW.getTime()) add('expired');
    else if (ends < due || (ends < soon && due > dayIsOver)) add('expiring');
    else if (due <= dayIsOver) add('leaving');
  }
  for (const [n, { holders }] of posts.entries()) {
    const recipient = offices[n]!;
    const isPlanned = rows.some(
      (row) => row.recipient.equals(recipient._id) && ['planned', 'scheduled', 'held'].includes(row.state),
    );
    if (holders !== holdersOf.known && isPlanned && isTheirs(recipient)) add('holders');
  }
  for (const { isCurrent, confirmedAt, setBy } of stances)
    if (isCurrent && !confirmedAt && !setBy.equals(reader._id)) add('checking');
  for (const mail of mails) {
    const suggested = mail.suggestions.map(({ recipient }) => recipientOf.get(String(recipient))!);
    if (mail.state === 'placed' && mail.kind === 'reply' && !mail.readAt)
      if (isTheirs(recipientOf.get(String(mail.recipient))!)) add('replies');
    if (mail.state === 'waiting') {
      const named = suggested.some(({ owner }) => owner?.equals(reader._id));
      if (named || isMine(whoIsToldOfStrays(letters, staff))) add('placing');
    }
  }
  for (const { campaign, approved, pausedAt, removedAt } of waiting) {
    const byItsAuthor = letterOf({ campaign }).approval === 'four eyes';
    if (!pausedAt && !removedAt && (approved !== 'as it stands' || byItsAuthor))
      if (isMine(whoIsTold(null, letterOf({ campaign }), staff))) add('triggers');
  }
  for (const { expectedOn } of track.milestones as { expectedOn?: string }[])
    if (expectedOn && expectedOn < today && isMine(whoIsToldOfLaw(letters, staff))) add('milestones');
  return Object.fromEntries(counts);
}
/** What went and came in by itself in the last day, as many as there are of each. */
function countWent({ rows, mails }: Built) {
  const day = (instant: unknown) => instant instanceof Date && instant.getTime() >= NOW.getTime() - DAY;
  const ends = rows
    .filter(({ settledAt }) => day(settledAt))
    .map(({ state }) => state)
    .filter((state) => ['sent', 'captured', 'cancelled'].includes(state));
  const kinds = mails
    .filter(
      ({ state, kind, readAt, settledAt }) =>
        state === 'placed' && day(settledAt) && (kind !== 'reply' || readAt),
    )
    .map(({ kind }) => kind);
  const counts = new Map<string, number>();
  for (const one of [...ends, ...kinds]) counts.set(one, (counts.get(one) ?? 0) + 1);
  return Object.fromEntries(counts);
}

test('every figure of the first page equals a plain count, for each person and for everybody', async () => {
  const app = createTestApp();
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyWorld, async (wanted) => {
      const built = await buildWorld(wanted);
      for (const reader of [built.people.admin, built.people.ana, built.people.ben]) {
        const visitor = await signInAs(app, reader);
        for (const address of ['/', '/?whose=everybody']) {
          const { $ } = await visitor.get(address);
          const shown = $('.attention').toArray();
          const figures = shown.map((group) => [
            $(group).attr('data-group')!,
            Number($(group).find('.count').text()),
          ]);
          expect(Object.fromEntries(figures)).toEqual(countFor(reader, built, address !== '/'));
          for (const [kind] of figures) seen.add(String(kind));
          const went = $('#went ~ .counts a').toArray();
          const counted = went.map((link) => [
            $(link).attr('href')!.replace('/went/', ''),
            Number(/^\d+/.exec($(link).text())![0]),
          ]);
          expect(Object.fromEntries(counted)).toEqual(countWent(built));
          for (const [as, count] of counted) {
            const list = await visitor.get(`/went/${String(as)}`);
            expect([as, list.$('main .rows li').length]).toEqual([as, count]);
            seen.add(`went ${String(as)}`);
          }
        }
      }
    }),
    { numRuns: 14, seed: 20261124 },
  );
  expect(seen).toEqual(
    new Set([...kinds, ...['sent', 'captured', 'cancelled', 'reply', 'bounce'].map((as) => `went ${as}`)]),
  );
}, 240_000);
