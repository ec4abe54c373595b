import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';

/** What lets mail leave, or is not taken back, by the last word of the address it is sent to. */
const FINAL = 'approval|resolution|cancellation|live|starts|resumption|confirmation|closing|cadence-stop';

const views = readdirSync('views', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ejs'),
);

const forms = views.flatMap((view) =>
  [
    ...readFileSync(`views/${view}`, 'utf8').matchAll(
      /<form method="post" action="([^\n]*?)"[ >][\s\S]*?<\/form>/g,
    ),
  ]
    .map(([form, action]) => ({ view, action: action!, form }))
    .filter(({ action }) => new RegExp(`/(${FINAL})(\\?|$)`).test(action)),
);

test('a button that lets mail leave, or is not taken back, takes no click in its first second', () => {
  const buttons = forms.flatMap(({ view, action, form }) =>
    [...form.matchAll(/<button([^\n]*?)>/g)].map(([, attributes]) => ({
      view,
      action,
      attributes: attributes!,
    })),
  );
  expect(buttons.length).toBeGreaterThan(10);
  expect(
    buttons.filter(({ attributes }) => !/class="[^"]*\b(not-at-once|danger)\b/.test(attributes)),
  ).toEqual([]);
});

test('the form of many approvals is one of these', () => {
  expect(readFileSync('views/follow-ups/approval.ejs', 'utf8')).toContain(
    '<button class="not-at-once">Approve the ticked messages</button>',
  );
});
