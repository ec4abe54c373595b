import { beforeEach, expect, test } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser, PASSWORD } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let visitor: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  visitor = await signInAs(app, 'partner');
});

const NEW = 'entirely different words';
const change = (fields: Record<string, string>) => visitor.postForm('/account/password', fields);

test('everybody edits their own name and time zone', async () => {
  await visitor.postForm('/account', { name: 'Robin Renamed', timeZone: 'Australia/Adelaide' });
  const page = await visitor.get('/account');
  expect(page.main).toContain('Your account is saved.');
  expect([valueOf(page, 'name'), valueOf(page, 'timeZone')]).toEqual(['Robin Renamed', 'Australia/Adelaide']);
});

test('nobody makes themselves an administrator by sending more than the form has', async () => {
  await visitor.postForm('/account', {
    name: 'Robin',
    timeZone: 'UTC',
    role: 'admin',
    campaigns: 'all',
    passwordHash: 'x',
  });
  expect((await visitor.get('/users')).status).toBe(403);
});

test('a wrong account comes back', async () => {
  const page = await visitor.postForm('/account', { name: '', timeZone: 'Nowhere' });
  expectMistakes(page, {
    name: 'Enter a name.',
    timeZone: 'That is not a time zone. Choose one from the list, for example Europe/London.',
  });
});

test('a new password ends every other session, and this one goes on', async () => {
  const elsewhere = await signInAs(app, visitor.user);
  const answer = await change({ currentPassword: PASSWORD, password: NEW, passwordAgain: NEW });
  expect(answer.location).toBe('/account');
  expect((await visitor.get('/account')).main).toContain(
    'Your password is changed. Everywhere else you are signed out.',
  );
  expect((await elsewhere.get('/account')).location).toBe('/sign-in?next=%2Faccount');
  await expect(signInAs(app, visitor.user)).rejects.toThrow('do not belong together');
  await signInAs(app, { ...visitor.user, password: NEW });
});

test('of two who change one password at the same moment one is signed out, and has changed nothing', async () => {
  const other = await signInAs(app, visitor.user);
  const ask = async (by: SignedIn, password: string) => {
    const _csrf = await by.tokenFrom('/account/password');
    const fields = { currentPassword: PASSWORD, password, passwordAgain: password, _csrf };
    return () => by.postRaw('/account/password', new URLSearchParams(fields).toString());
  };
  const passwords = [NEW, 'words of somebody else'];
  const both = await Promise.all([ask(visitor, passwords[0]!), ask(other, passwords[1]!)]);
  const answers = await Promise.all(both.map((change) => change()));
  const changed = answers.map(({ location }) => location === '/account');
  expect(changed.toSorted()).toEqual([false, true]);
  const won = changed.indexOf(true);
  expect((await [other, visitor][won]!.get('/account')).status).toBe(302);
  await signInAs(app, { ...visitor.user, password: passwords[won]! });
});

test('whoever came by a session does not find out the password by trying', async () => {
  const guess = { currentPassword: 'a guess', password: NEW, passwordAgain: NEW };
  for (let n = 0; n < 5; n += 1)
    expectMistakes(await change(guess), { currentPassword: 'That is not your present password.' });
  const right = { ...guess, currentPassword: PASSWORD };
  expectMistakes(await change(right), {
    currentPassword: 'Too many attempts. Wait a quarter of an hour, or ask for a new password.',
  });
  app.clock.pass({ minutes: 16 });
  expect((await change(right)).location).toBe('/account');
});

test.each([
  [
    { currentPassword: '', password: NEW, passwordAgain: NEW },
    { currentPassword: 'Enter your present password.' },
  ],
  [
    { currentPassword: 'something else', password: NEW, passwordAgain: NEW },
    { currentPassword: 'That is not your present password.' },
  ],
  [
    { currentPassword: PASSWORD, password: 'eleven char', passwordAgain: 'eleven char' },
    {
      password:
        'Choose a password of at least 12 characters. Three words nobody would put together make a good one.',
    },
  ],
  [
    { currentPassword: PASSWORD, password: NEW, passwordAgain: `${NEW}!` },
    { passwordAgain: 'The two passwords are not the same. Type both again.' },
  ],
])('a wrong change of password comes back without the passwords: %j', async (fields, mistakes) => {
  const page = await change(fields);
  expectMistakes(page, mistakes);
  expect(page.$('input[type=password][value]')).toHaveLength(0);
  expect((await visitor.get('/account')).status).toBe(200);
});

test('the names of others are not touched', async () => {
  const other = await aUser({ name: 'Somebody Else' });
  await visitor.postForm('/account', { name: 'Mine', timeZone: 'UTC', _id: String(other._id) });
  expect((await signInAs(app, other)).user.name).toBe('Somebody Else');
});
