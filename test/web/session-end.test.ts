import { beforeEach, expect, test } from '@jest/globals';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import mongoose from 'mongoose';
import { SessionStore } from '../../src/users/session-store.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { PASSWORD } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const A_DAY = 86_400_000;
const NEW = 'entirely different words';

let app: TestApp;
let visitor: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  visitor = await signInAs(app, 'staff');
});

const isSignedIn = async () => (await visitor.get('/account')).status === 200;
const sessions = () => mongoose.connection.collection('sessions');
/** The record of the one who is signed in; somebody who opened the form to sign in has another. */
const stored = async () => (await sessions().findOne({ 'session.passport.user': { $exists: true } }))!;

test('a session ends 14 days after the sign-in, whatever is done with it', async () => {
  for (let day = 1; day < 14; day += 1) {
    app.clock.pass({ days: 1 });
    const fields = { name: `Robin on day ${day}`, timeZone: 'Europe/London' };
    expect((await visitor.postForm('/account', fields)).location).toBe('/account');
    expect(await isSignedIn()).toBe(true);
  }
  app.clock.pass({ hours: 23, minutes: 59 });
  expect(await isSignedIn()).toBe(true);
  app.clock.pass({ minutes: 1 });
  expect((await visitor.get('/account')).location).toBe('/sign-in?next=%2Faccount');
  const again = await visitor.postForm('/sign-in', { email: visitor.user.email, password: PASSWORD });
  expect([again.location, await isSignedIn()]).toEqual(['/', true]);
});

test('a form that is sent after its end changes nothing', async () => {
  const _csrf = await visitor.tokenFrom('/account');
  app.clock.pass({ days: 14 });
  const fields = { name: 'Robin Late', timeZone: 'Europe/London', _csrf };
  const answer = await visitor.postRaw('/account', String(new URLSearchParams(fields)));
  expect(answer.location).toMatch(/^\/sign-in/);
  expect((await User.findById(visitor.user._id).lean())!.name).toBe(visitor.user.name);
});

test('whoever proves who they are by changing their password has 14 days from then', async () => {
  app.clock.pass({ days: 13 });
  const fields = { currentPassword: PASSWORD, password: NEW, passwordAgain: NEW };
  expect((await visitor.postForm('/account/password', fields)).location).toBe('/account');
  app.clock.pass({ days: 13 });
  expect(await isSignedIn()).toBe(true);
  app.clock.pass({ days: 1 });
  expect(await isSignedIn()).toBe(false);
});

test('one of an earlier version, which does not know when it began, is over', async () => {
  await sessions().updateMany({}, { $unset: { 'session.passport.user.signedInAt': 1 } });
  expect(await isSignedIn()).toBe(false);
});

test('the database keeps a session for 14 days from the sign-in, and reading pages writes nothing to it', async () => {
  const { expires, session } = await stored();
  expect(Math.abs(expires.getTime() - Date.now() - 14 * A_DAY)).toBeLessThan(60_000);
  expect(session.passport.user.signedInAt).toEqual(app.clock.now());
  await visitor.get('/account');
  // as it is a day later, when a session of an earlier version was prolonged by each page
  const dayLater = {
    expires: new Date(expires.getTime() - A_DAY),
    lastModified: new Date(Date.now() - A_DAY),
  };
  await sessions().updateMany({}, { $set: dayLater });
  const before = await stored();
  expect(await isSignedIn()).toBe(true);
  expect((await visitor.get('/campaigns')).status).toBe(200);
  expect(await stored()).toEqual(before);
});

test('a page that is being made while its reader signs out does not sign them in again', async () => {
  const store = new SessionStore({ client: mongoose.connection.getClient(), autoRemove: 'disabled' });
  const sid = String((await stored())._id);
  const read = await new Promise<SessionData>((resolve) =>
    store.get(sid, (_error, found) => resolve(found!)),
  );
  const session = store.createSession({} as Request, read);
  const save = (notice: string) =>
    new Promise((resolve) => store.set(sid, Object.assign(session, { notice }), resolve));
  await save('Saved.');
  expect(await stored()).toMatchObject({ session: { notice: 'Saved.', cookie: { path: '/' } } });
  expect(await isSignedIn()).toBe(true);
  expect((await visitor.postForm('/sign-out', {}, '/account')).location).toBe('/sign-in');
  expect(await save('Too late.')).toBeNull();
  expect(await sessions().countDocuments({ 'session.passport.user': { $exists: true } })).toBe(0);
});
