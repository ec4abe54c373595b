import { afterEach, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { run } from '../../jobs/send-due.js';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { removeOffice, removeOrganisation } from '../../src/organisations/remove.js';
import { savePerson } from '../../src/organisations/organisations.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { SuppressionForm } from '../../src/suppressions/suppression.form.js';
import { addSuppression, liftSuppression } from '../../src/suppressions/suppressions.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anOffice, anOrganisation, aRecipient, aUser, NOW } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

/** A mail server, and an approved follow-up of a live campaign that is due in an hour. */
async function aWorld() {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const recipient = await aRecipient();
  const followUp = await anApprovedFollowUp(world, { recipient });
  const by = (await aUser())._id;
  const suppress = (
    own: Pick<SuppressionForm, 'kind'> & Partial<SuppressionForm>,
  ): Promise<Types.ObjectId> => {
    const usual = {
      value: '',
      organisation: '',
      reason: 'They asked us to stop.',
      source: 'A letter',
      until: '',
    };
    return addSuppression({ ...usual, from: '2026-11-24', ...own }, by, world.clock.now());
  };
  return { ...world, recipient, followUp, by, suppress };
}

const removing = { by: new Types.ObjectId(), now: NOW, why: 'Entered twice.' };

type Kinds = [
  string,
  (
    to: RecipientRecord,
    followUp: FollowUpRecord,
  ) => Parameters<Awaited<ReturnType<typeof aWorld>>['suppress']>[0],
];

test.each<Kinds>([
  ['the address', (_, { to }) => ({ kind: 'address', value: to.address.toUpperCase() })],
  [
    'the person',
    ({ organisation }) => ({ kind: 'person', value: 'kim  INVENTED', organisation: String(organisation) }),
  ],
  ['the organisation', ({ organisation }) => ({ kind: 'organisation', organisation: String(organisation) })],
  ['the mail domain', () => ({ kind: 'domain', value: 'Example.ORG' })],
])(
  '%s is suppressed between approval and sending: it is held, and the mail server gets nothing',
  async (_what, whom) => {
    const { deps, clock, recipient, followUp, suppress } = await aWorld();
    await suppress(whom(recipient, followUp));
    clock.pass({ hours: 1 });

    expect(await run(deps)).toBe('Follow-ups: 1 held.');
    expect(sink.messages).toHaveLength(0);
    const held = await findFollowUp(followUp._id);
    expect(held).toMatchObject({ state: 'held', approval: null });
    expect(held.stateReasons).toEqual([
      expect.stringMatching(
        /is not to be written to from 24 November 2026: They asked us to stop\. Source: A letter\./,
      ),
    ]);
  },
);

test.each([
  ['before it was suppressed', true],
  ['only later', false],
])(
  'an address that the organisation has for a suppressed person, entered %s, gets nothing',
  async (_when, first) => {
    const { deps, clock, recipient, followUp, suppress } = await aWorld();
    const enter = () =>
      savePerson(recipient.organisation, {
        name: 'Cara Fiction',
        role: '',
        email: followUp.to.address.toUpperCase(),
        phone: '',
        notes: '',
      });
    if (first) await enter();
    await suppress({ kind: 'person', value: 'cara fiction', organisation: String(recipient.organisation) });
    if (!first) await enter();
    clock.pass({ hours: 1 });

    expect(await run(deps)).toBe('Follow-ups: 1 held.');
    expect((await findFollowUp(followUp._id)).stateReasons.join(' ')).toContain(
      `${followUp.to.address} is an address of cara fiction.`,
    );
  },
);

test.each<[string, (email: string) => Promise<[Types.ObjectId, () => Promise<void>]>]>([
  [
    'an organisation',
    async (email) => {
      const { _id } = await anOrganisation();
      await savePerson(_id, { name: 'Cara Fiction', role: '', email, phone: '', notes: '' });
      return [_id, () => removeOrganisation(_id, removing)];
    },
  ],
  [
    'an office',
    async (email) => {
      const { _id, organisation } = await anOffice({ email, holders: [{ name: 'Cara Fiction' }] });
      return [organisation, () => removeOffice(_id, removing)];
    },
  ],
])(
  'the address of a suppressed person gets nothing either when %s that says it is theirs is removed',
  async (_what, theirs) => {
    const { deps, clock, followUp, suppress } = await aWorld();
    const [organisation, remove] = await theirs(followUp.to.address);
    await suppress({ kind: 'person', value: 'Cara Fiction', organisation: String(organisation) });
    await remove();
    clock.pass({ hours: 1 });

    expect(await run(deps)).toBe('Follow-ups: 1 held.');
    expect(sink.messages).toHaveLength(0);
  },
);

test('what is suppressed elsewhere, expired, lifted or still to come keeps nothing back', async () => {
  const { deps, clock, recipient, by, suppress } = await aWorld();
  const organisation = String(recipient.organisation);
  await suppress({ kind: 'domain', value: 'ample.org' });
  await suppress({ kind: 'person', value: 'Sam Newcomer', organisation });
  await suppress({ kind: 'organisation', organisation, from: '2026-11-01', until: '2026-11-23' });
  await suppress({ kind: 'organisation', organisation, from: '2026-11-25' });
  const lifted = await suppress({ kind: 'domain', value: 'example.org' });
  await liftSuppression(lifted, 'They wrote to us again.', by, clock.now());
  clock.pass({ hours: 1 });

  expect(await run(deps)).toBe('Follow-ups: 1 sent.');
});

test('it holds also what would only be captured', async () => {
  sink = await startSink();
  const world = createTestApp();
  const { to } = await anApprovedFollowUp(world, { live: false });
  await addSuppression(
    {
      kind: 'address',
      value: to.address,
      organisation: '',
      reason: 'r',
      source: 's',
      from: '2026-11-24',
      until: '',
    },
    new Types.ObjectId(),
    world.clock.now(),
  );
  world.clock.pass({ hours: 1 });
  expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
});
