import { beforeEach, expect, test } from '@jest/globals';
import { backgroundEnded } from '../../src/in-background.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { createLink } from '../../src/users/link.model.js';
import { SignInAttempt } from '../../src/users/sign-in-attempt.model.js';
import { createClock, createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser, PASSWORD, type TestUser } from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { aVisitor } from '../support/visitor.js';

useDatabase();

const WRONG = 'That email address and password do not belong together. Check both and try again.';
const TOO_MANY = 'Too many attempts to sign in. Wait a quarter of an hour, or ask for a new password.';

const clock = createClock();
let one: TestApp;
let other: TestApp;
let user: TestUser;
beforeEach(async () => {
  clock.set('2026-11-24T12:00:00Z');
  one = createTestApp({ clock });
  other = createTestApp({ clock });
  user = await aUser();
});

async function attempt(app: TestApp, fields: { email?: string; password?: string; from?: string } = {}) {
  const { email = user.email, password = 'a wrong password', from = '203.0.113.7' } = fields;
  const visitor = aVisitor(app);
  void visitor.agent.set('X-Forwarded-For', from);
  return visitor.postForm('/sign-in', { email, password });
}

/** Many wrong attempts, without looking at each page that says so. */
async function fail(app: TestApp, attempts: { email?: string; from?: string }[]): Promise<void> {
  const visitor = aVisitor(app);
  const _csrf = await visitor.tokenFrom('/sign-in');
  for (const { email = user.email, from = '203.0.113.7' } of attempts) {
    await visitor.agent
      .post('/sign-in')
      .set('X-Forwarded-For', from)
      .type('form')
      .send({ email, password: 'a wrong password', _csrf });
  }
}

const times = <T>(count: number, of: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => of(n));

test('an unknown address and a wrong password are answered alike, with what was typed', async () => {
  for (const email of [user.email, 'nobody@example.org']) {
    expectMistakes(await attempt(one, { email }), { email: WRONG }, { email });
  }
  expectMistakes(await attempt(one, { email: '', password: '' }), {
    email: 'Enter your email address and your password.',
  });
});

test('nobody can tell from the time it takes whether an address has an account', async () => {
  const time = async (email: string) => {
    const began = performance.now();
    await attempt(one, { email, from: `203.0.113.${Math.trunc(Math.random() * 200)}` });
    return performance.now() - began;
  };
  await time(user.email);
  const [known, unknown] = [[], []] as [number[], number[]];
  for (let n = 0; n < 4; n += 1) {
    known.push(await time(user.email));
    unknown.push(await time('nobody@example.org'));
  }
  // without a hash to check, an unknown address would be answered without the tens of milliseconds argon2 takes
  expect(Math.max(...unknown)).toBeGreaterThan(Math.min(...known) * 0.5);
});

test('after five wrong passwords even the right one has to wait, in every process', async () => {
  for (let n = 0; n < 5; n += 1) expectMistakes(await attempt(n % 2 ? one : other), { email: WRONG });
  expectMistakes(await attempt(one, { password: PASSWORD }), { email: TOO_MANY });
  expectMistakes(await attempt(other, { password: PASSWORD }), { email: TOO_MANY });
  expect((await attempt(other, { password: PASSWORD, from: '203.0.113.8' })).location).toBe('/');
  clock.pass({ minutes: 16 });
  expect((await attempt(other, { password: PASSWORD })).location).toBe('/');
});

test('a burst of attempts at once does not slip under the limit', async () => {
  const answers = await Promise.all(times(12, (n) => attempt(n % 2 ? one : other)));
  const refused = answers.filter((page) => page.main.includes(WRONG));
  expect(refused.length).toBeLessThanOrEqual(5);
});

test('a right password forgets the wrong ones before it', async () => {
  for (let round = 0; round < 3; round += 1) {
    await fail(
      one,
      times(4, () => ({})),
    );
    expect((await attempt(other, { password: PASSWORD })).location).toBe('/');
  }
});

test('a stranger at one place keeps nobody from signing in elsewhere, or from asking for a new password', async () => {
  await fail(
    one,
    times(40, () => ({ from: '198.51.100.1' })),
  );
  const stranger = aVisitor(one);
  void stranger.agent.set('X-Forwarded-For', '198.51.100.2');
  const _csrf = await stranger.tokenFrom('/password-reset/new');
  for (let n = 0; n < 40; n += 1)
    await stranger.agent.post('/password-reset').type('form').send({ email: user.email, _csrf });
  await backgroundEnded();
  const before = await CapturedMessage.countDocuments();
  expect((await attempt(other, { password: PASSWORD })).location).toBe('/');
  clock.pass({ minutes: 1 });
  await aVisitor(other).postForm('/password-reset', { email: user.email }, '/password-reset/new');
  await backgroundEnded();
  expect(await CapturedMessage.countDocuments()).toBe(before + 1);
}, 60_000);

test('whoever asked for a new password, as they were told, signs in with it at once', async () => {
  await fail(
    one,
    times(35, (n) => ({ from: `198.51.100.${n}` })),
  );
  const visitor = aVisitor(one);
  void visitor.agent.set('X-Forwarded-For', '203.0.113.7');
  await fail(
    one,
    times(6, () => ({})),
  );
  const words = 'entirely different words';
  const path = `/password-resets/${await createLink('password-reset', user._id, clock.now())}`;
  await visitor.postForm(path, { password: words, passwordAgain: words });
  expect((await attempt(other, { password: words })).location).toBe('/');
}, 60_000);

test('one person is tried from everywhere only so often', async () => {
  await fail(
    one,
    times(30, (n) => ({ from: `198.51.100.${n}` })),
  );
  expectMistakes(await attempt(one, { from: '203.0.113.9', password: PASSWORD }), { email: TOO_MANY });
}, 60_000);

test.each([
  ['2001:db8:1:2::7', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', TOO_MANY],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1:9::', TOO_MANY],
  ['2001:db8:1:2::7', '2001:db8:1:3::7', WRONG],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.8', WRONG],
  ['::1', '::2', WRONG],
])('of %s and %s it is known whether they are one place', async (first, second, refused) => {
  await fail(
    one,
    times(5, () => ({ from: first })),
  );
  expectMistakes(await attempt(one, { from: second }), { email: refused });
});

test('one place tries only so many people', async () => {
  await fail(
    one,
    times(30, (n) => ({ email: `person-${n}@example.org` })),
  );
  expectMistakes(await attempt(one, { password: PASSWORD }), { email: TOO_MANY });
}, 60_000);

test('the address an attempt is counted under is the one that signs in, however it is written', async () => {
  await fail(
    one,
    times(5, () => ({ email: `  ${user.email.toUpperCase()}` })),
  );
  expectMistakes(await attempt(one, { password: PASSWORD }), { email: TOO_MANY });
});

test('attempts are kept for a quarter of an hour', async () => {
  await attempt(one);
  const [kept] = await SignInAttempt.find().lean();
  expect(kept!.expiresAt).toEqual(new Date('2026-11-24T12:15:00Z'));
});
