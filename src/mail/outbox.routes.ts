import type { Request } from 'express';
import { simpleParser } from 'mailparser';
import { NotFound } from '../errors.js';
import { capturedForRemoved } from '../follow-ups/captured-for-removed.js';
import { STAFF } from '../users/user.rules.js';
import { idOf, pageNumber } from '../web/params.js';
import { readPage } from '../web/paging.js';
import { sendFramedMail } from '../web/framed-mail.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { CapturedMessage, captureKinds, type CapturedMessageRecord } from './captured-message.model.js';

/** How much of a source is shown, in bytes: the rest of a long one is attachments. */
const SHOWN_SOURCE = 100_000;

/** Messages that went no further than here. Mail about accounts holds one-time links: administrators alone see it. */
export function outboxRoutes() {
  const routes = createRouter();

  routes.get('/outbox', STAFF, async (req, res) => {
    const shown = { kind: 1, to: 1, subject: 1, why: 1, capturedAt: 1, followUp: 1 } as const;
    const listed = { kind: { $in: kindsFor(req) }, followUp: { $nin: await capturedForRemoved() } };
    const list = CapturedMessage.find(listed, shown).sort({ capturedAt: -1 });
    const page = await readPage(list.lean<CapturedMessageRecord[]>(), pageNumber(req));
    await renderPage(res, 'outbox/index', 'Outbox', { page });
  });

  routes.get('/outbox/:id', STAFF, async (req, res) => {
    const message = await findMessage(req);
    const bytes = bytesOf(message);
    const { text = '', html, attachments } = await simpleParser(bytes);
    await renderPage(res, 'outbox/show', message.subject, {
      message,
      text,
      hasHtml: Boolean(html),
      attachments: attachments.map(({ filename, contentType, size }) => ({ filename, contentType, size })),
      source: bytes.toString('utf8', 0, SHOWN_SOURCE),
      isCut: bytes.length > SHOWN_SOURCE,
    });
  });

  routes.get('/outbox/:id/html', STAFF, async (req, res) => {
    const { html } = await simpleParser(bytesOf(await findMessage(req)));
    sendFramedMail(res, html || '');
  });

  routes.get('/outbox/:id/source', STAFF, async (req, res) => {
    const message = await findMessage(req);
    res
      .attachment(`${String(message._id)}.eml`)
      .type('text/plain')
      .send(bytesOf(message));
  });

  return routes.handler;
}

const kindsFor = (req: Request) =>
  captureKinds.filter((kind) => kind !== 'account' || req.user!.role === 'admin');

async function findMessage(req: Request): Promise<CapturedMessageRecord> {
  const message = await CapturedMessage.findOne({
    _id: idOf(req),
    kind: { $in: kindsFor(req) },
  }).lean<CapturedMessageRecord>();
  if (!message) throw new NotFound('There is no such message.');
  return message;
}

/** The bytes as the driver gives them to a lean query, a BSON binary. */
const bytesOf = ({ raw }: CapturedMessageRecord): Buffer =>
  Buffer.from((raw as unknown as { buffer: Buffer }).buffer);
