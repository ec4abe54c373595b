import path from 'node:path';
import { expect, test } from '@jest/globals';
import { load, type CheerioAPI } from 'cheerio';
import ejs from 'ejs';
import { axisOfTracks } from '../../src/legislation/axis/axis-of-tracks.js';
import type { AxisTrack } from '../../src/legislation/axis/axis-track.js';
import { viewHelpers } from '../../src/web/view-helpers.js';
import { aDot, anAxisTrack, manyAxisTracks } from '../support/axis-tracks.js';
import { assertValidHtml } from '../support/html.js';

const TODAY = '2026-11-26';

const tracks = [
  anAxisTrack(
    [
      aDot('2022-03-17', { title: 'First reading' }),
      aDot('2023-05-24', { title: 'Committee', to: '2023-11-28', count: 17 }),
      aDot('2024-09-19', { title: 'Could pass', state: 'overtaken' }),
      aDot('2025-02-26', { title: 'Assent' }),
      aDot('2026-03-01', { title: 'Report', to: '2026-03-31', state: 'passed' }),
      aDot('2028-01-01', {
        title: 'Codes of practice <in force>',
        to: '2028-12-31',
        state: 'expected',
        formerly: [
          { from: '2025-03-01', to: '2025-03-31' },
          { from: '2026-10-01', to: '2026-12-31' },
        ],
      }),
    ],
    { title: 'Act on "Examples" & Others', state: 'In force in part' },
  ),
  anAxisTrack([
    aDot('2011-05-11', { title: 'Proposed' }),
    aDot('2025-02-10', { title: 'First trilogue', parallel: true }),
    aDot('2027-12-08', { title: 'Second trilogue', state: 'expected', parallel: true }),
    aDot('2044-01-01', { title: 'Review', state: 'expected' }),
  ]),
  anAxisTrack([]),
];

async function drawn(all: AxisTrack[]): Promise<{ html: string; $: CheerioAPI }> {
  const axis = axisOfTracks(all, TODAY);
  const helpers = viewHelpers('Europe/London', new Date(`${TODAY}T12:00:00Z`));
  const html = await ejs.renderFile(
    path.resolve('views/legislation/axis.ejs'),
    { ...helpers, axis },
    { cache: true, root: path.resolve('views') },
  );
  return { html, $: load(html) };
}

const asPage = (html: string): string =>
  `<!doctype html><html lang="en-GB"><head><title>All laws</title></head><body><main><h1>All laws</h1>${html}</main></body></html>`;

test('the picture is valid HTML, without style or script for the content policy to refuse', async () => {
  for (const all of [tracks, [], manyAxisTracks(12, 40)]) {
    const { html, $ } = await drawn(all);
    await assertValidHtml(asPage(html), 'the picture of all tracks');
    expect($('[style], style, script, [onclick]')).toHaveLength(0);
  }
});

test('what happened is filled, what is expected or to check is hollow, and each looks like what it is', async () => {
  const { $ } = await drawn(tracks);
  const look = (title: string): string =>
    $('.wide a')
      .filter((_, link) => $(link).children('title').text().startsWith(title))
      .children('circle, rect, path')
      .map((_, shape) => `${shape.tagName} ${$(shape).attr('class')}`)
      .get()
      .join(', ');
  expect(look('First reading, 17 March 2022')).toBe('circle happened');
  expect(look('Committee, 17 sittings')).toBe('path sittings happened');
  expect(look('Could pass, overtaken')).toBe('circle overtaken, path strike');
  expect(look('Report, should have happened: March 2026')).toBe('rect passed');
  expect(look('Codes of practice <in force>, expected: 2028, moved 2 times')).toBe('rect expected');
  expect($('.wide a:has(.passed) text').text()).toBe('?');
  expect($('.wide .slip').attr('d')!.match(/Q/g)).toHaveLength(2);
});

test('the numbers at the edges say what lies beyond them', async () => {
  const { $ } = await drawn(tracks);
  for (const where of ['.wide', '.narrow']) {
    const beyond = $(`${where} g:has(> .beyond) > title`).map((_, title) => $(title).text());
    expect(beyond.get()).toEqual(['1 milestone earlier than is drawn', '1 milestone later than is drawn']);
  }
});

test('nobody with a keyboard or a screen reader is led through the marks: the words have the links', async () => {
  const { $ } = await drawn(tracks);
  const links = $('svg a');
  expect(links.length).toBeGreaterThan(8);
  for (const link of links.get()) {
    expect($(link).attr('tabindex')).toBe('-1');
    expect($(link).closest('[aria-hidden=true]')).toHaveLength(1);
  }
  const described = $('.wide [role=img]').attr('aria-labelledby')!.split(' ');
  expect(described.map((id) => $(`#${id}`).text())).toEqual([
    'All laws on one time axis',
    '3 laws with 26 milestones. Where each stands follows below in words.',
  ]);
  const said = $('.tracks > li')
    .first()
    .find('h2, p, dt, dd')
    .map((_, part) => $(part).text())
    .get();
  expect(said).toEqual([
    'Act on "Examples" & Others',
    'In force in part, Ruritania',
    'Latest',
    'Assent (Vote): 26 February 2025',
    'Next',
    'Codes of practice <in force> (Vote): 2028, moved 2 times: first expected in March 2025',
    'Should have happened: check',
    'Report (Vote): March 2026',
  ]);
  expect(
    $('.tracks > li h2 a')
      .map((_, link) => $(link).attr('href'))
      .get(),
  ).toEqual(tracks.map(({ href }) => href));
});

test('both drawings of two thousand milestones together take less than 400 kB', async () => {
  const { html } = await drawn(manyAxisTracks(50, 40));
  const drawings = html.match(/<svg viewBox="0 0 (1080|380) .*?<\/svg>/gs) ?? [];
  expect(drawings).toHaveLength(2);
  expect(Buffer.byteLength(drawings.join(''))).toBeLessThan(400_000);
});
