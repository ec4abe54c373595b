import { expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import request from 'supertest';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Track } from '../../src/legislation/track.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp } from '../support/app.js';
import { readAtom } from '../support/atom.js';
import { aCampaignFullOfSecrets, singing } from '../support/canaries.js';
import { useDatabase } from '../support/database.js';
import { PASSWORD } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

/** Both feeds as a program fetches them, with nothing but their addresses. */
async function feedsOf(who: 'partner' | 'owner') {
  const { campaign, partner } = await aCampaignFullOfSecrets();
  const owner = (await User.findById(campaign.owner).lean())!;
  const app = createTestApp({ baseUrl: 'https://answerable.example' });
  const person = await signInAs(app, who === 'partner' ? partner : { ...owner, password: PASSWORD });
  const fetched: string[] = [];
  for (const path of ['/account/calendar', '/account/calendar/atom']) {
    const { $ } = await person.postForm(path, {}, '/account/calendar');
    const { status, text } = await request(app.app)
      .get(new URL($('main code').text()).pathname)
      .buffer(true);
    expect(status).toBe(200);
    fetched.push(text);
  }
  const [calendar, atom] = fetched as [string, string];
  const events = new ICAL.Component(ICAL.parse(calendar) as never).getAllSubcomponents('vevent');
  return {
    calendar: calendar.replaceAll('\r\n ', ''),
    atom,
    summaries: events.map((one) => String(one.getFirstPropertyValue('summary'))),
    entries: readAtom(atom).entries,
  };
}

test('a partner’s feeds hold laws, the days that are planned and those of contact, and nothing else of a record', async () => {
  const { calendar, atom, summaries, entries } = await feedsOf('partner');
  expect(summaries).toEqual([
    'Follow-up planned: Example Platform, Chief executive',
    'Happened: A sitting (A fictional safety bill)',
    'Happened: A sitting (A fictional safety bill)',
    'Happened: It became law (A fictional safety bill)',
    'Expected: Review of the law (A fictional safety bill)',
  ]);
  expect(entries.map(({ title }) => title)).toEqual([
    'Contact on 24 November 2026: Example Platform, Chief executive',
    'Expected on 20 December 2026, formerly on 1 December 2026: Review of the law (A fictional safety bill)',
    'Contact on 23 November 2026: Example Platform, Chief executive',
    'Happened on 5 November 2026: It became law (A fictional safety bill)',
    'Happened on 8 September 2026: A sitting (A fictional safety bill)',
    'Happened on 1 September 2026: A sitting (A fictional safety bill)',
  ]);
  for (const text of [calendar, atom]) {
    expect(singing(text)).toEqual([]);
    expect(text).not.toContain('Kim Invented');
    // what is known to them to the day is not told to the minute
    expect(text.replaceAll(/^(DTSTAMP|LAST-MODIFIED):.*$/gm, '')).not.toMatch(/^DT\w+:\d{8}T/m);
    for (const { _id } of await idsOfEverything()) expect(text).not.toContain(String(_id));
  }
  for (const { updated } of entries) expect(updated).toMatch(/T00:00:00\.000Z$/);
  const links = [
    ...new Set(entries.map(({ link }) => new URL(link).pathname.replace(/[0-9a-f]{24}$/, ':id'))),
  ];
  expect(links).toEqual(['/shared/campaigns/:id', '/review', '/shared']);
});

test('the feeds of the staff hold no word that anybody wrote, and no address', async () => {
  const { calendar, atom, summaries, entries } = await feedsOf('owner');
  expect(summaries.length).toBeGreaterThan(2);
  expect(entries.map(({ title }) => title)).toContain('Email from them: Example Platform, Chief executive');
  for (const text of [calendar, atom]) {
    expect(singing(text)).toEqual([]);
    expect(text).not.toContain('Kim Invented');
    expect(text.replaceAll(/^UID:.*$/gm, '')).not.toContain('@');
  }
});

const idsOfEverything = async () => [
  ...(await User.find().lean()),
  ...(await Recipient.find().lean()),
  ...(await FollowUp.find().lean()),
  ...(await Track.find().lean()),
  ...(await Track.find().lean()).flatMap(({ milestones }) => milestones as { _id: unknown }[]),
];
