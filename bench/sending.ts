import { fork, type ChildProcess } from 'node:child_process';
import { createTransport } from 'nodemailer';
import { connectDatabase, disconnectDatabase } from '../src/database.js';
import type { Deps } from '../src/deps.js';
import { FollowUp, type FollowUpRecord } from '../src/follow-ups/follow-up.model.js';
import { NO_LIMITS } from '../src/follow-ups/limits.rules.js';
import { sendDue } from '../src/follow-ups/send-due.js';
import { createLog } from '../src/log.js';
import { createPost, MAX_CONNECTIONS } from '../src/mail/post.js';
import { Office, type OfficeRecord } from '../src/organisations/office.model.js';
import { Recipient, type RecipientRecord } from '../src/recipients/recipient.model.js';
import { dueFollowUp } from './due-follow-up.js';
import { atLeast, figure, median, type Row } from './rows.js';

const ROUNDS = 3;
/** V8 compiles what runs often, and takes some rounds to. */
const WARM_UP_ROUNDS = 4;
const MESSAGES = 500;
const FROM = 'The campaign <campaign@example.org>';

/** The ledger and nodemailer's bare pool take turns at the same server with the same bytes. */
export async function measureSending(uri: string): Promise<Row[]> {
  await connectDatabase(uri);
  const rows = [
    ...(await besideThePool('instant', 0, [0, WARM_UP_ROUNDS])),
    ...(await besideThePool('relay of 20 ms', 20, [WARM_UP_ROUNDS + ROUNDS, 0])),
  ];
  await disconnectDatabase();
  return rows;
}

/** @param before how many rounds there were before these; `warmUp`: how many of these are not counted */
async function besideThePool(
  name: string,
  delay: number,
  [before, warmUp]: [number, number],
): Promise<Row[]> {
  const { port, child } = await startSink(delay);
  const url = `smtp://127.0.0.1:${port}`;
  const [ledger, pool]: [number[], number[]] = [[], []];
  for (let round = 0; round < warmUp + ROUNDS; round += 1) {
    const due = await planRound(before + round);
    const byLedger = await perSecond(() => sendThroughLedger(url));
    const byPool = await perSecond(await poolWith(url, due));
    if (round < warmUp) continue;
    ledger.push(byLedger);
    pool.push(byPool);
  }
  child.disconnect();
  return [
    figure(`sending, ${name}: through the ledger`, median(ledger), 'per s'),
    figure(`sending, ${name}: nodemailer's pool alone`, median(pool), 'per s'),
    atLeast(`sending, ${name}: ledger ÷ pool`, median(ledger) / median(pool), '×', 0.5),
  ];
}

function startSink(delay: number): Promise<{ port: number; child: ChildProcess }> {
  const child = fork(new URL('./sink.js', import.meta.url), [String(delay)]);
  return new Promise((resolve) => child.once('message', (port) => resolve({ port: Number(port), child })));
}

async function perSecond(work: () => Promise<number>): Promise<number> {
  const began = performance.now();
  const count = await work();
  if (count !== MESSAGES) throw new Error(`${count} of ${MESSAGES} were sent.`);
  return (count * 1000) / (performance.now() - began);
}

/** Approved follow-ups that are due now, each to another recipient with its history: nobody is sent two on one day. */
async function planRound(round: number): Promise<FollowUpRecord[]> {
  const now = new Date();
  const [{ from }, recipients] = [
    createPost({ mailFrom: FROM }),
    await Recipient.find()
      .sort({ _id: 1 })
      .skip(round * MESSAGES)
      .limit(MESSAGES)
      .lean<RecipientRecord[]>(),
  ];
  const offices = await Office.find({ _id: { $in: recipients.map(({ office }) => office) } }).lean<
    OfficeRecord[]
  >();
  const officeOf = new Map(offices.map((office) => [String(office._id), office]));
  const rows = recipients.map(({ _id, campaign, office }) => {
    const { email, holders } = officeOf.get(String(office))!;
    const to = { name: holders[0]!.name, address: email };
    // nobody is sent the same text twice
    const text = `Dear ${to.name},\n\nwe look forward to an answer. ${+now}`;
    const due = dueFollowUp({
      campaign,
      recipient: _id,
      to,
      subject: 'Our letter',
      text,
      step: now.getTime(),
      now,
      from,
    });
    // after all that the campaign has on record of them, most of whom have answered
    return { ...due, plannedAt: now };
  });
  await FollowUp.insertMany(rows);
  return FollowUp.find({ step: now.getTime() }).lean<FollowUpRecord[]>();
}

async function sendThroughLedger(smtpUrl: string): Promise<number> {
  const post = createPost({ smtpUrl, mailFrom: FROM });
  const { sent } = await sendDue({
    now: () => new Date(),
    post,
    limits: NO_LIMITS,
    replies: { address: 'replies@example.org', mailbox: null },
    sessionSecret: 'a secret of the bench, 32 characters or more',
    log: createLog('warn'),
  } as unknown as Deps);
  post.close();
  return sent;
}

/** The mailer alone puts together and sends the same messages. */
async function poolWith(url: string, due: readonly FollowUpRecord[]): Promise<() => Promise<number>> {
  const { from } = createPost({ mailFrom: FROM });
  return async () => {
    const transport = createTransport({ url, pool: true, maxConnections: MAX_CONNECTIONS } as never);
    const date = new Date();
    const sent = await Promise.all(
      due.map(({ messageId, to, subject, text, html }) =>
        transport.sendMail({ messageId, from, to, subject, text, html, date }),
      ),
    );
    transport.close();
    return sent.length;
  };
}
