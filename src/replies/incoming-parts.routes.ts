import { cleanName } from '../clean-text.js';
import { NotFound } from '../errors.js';
import { partOf } from '../mail/message-parts.js';
import { readMessage } from '../mail/read-message.js';
import { safeHtml } from '../mail/safe-html.js';
import { Readable } from 'node:stream';
import { STAFF } from '../users/user.rules.js';
import { sendDownload } from '../web/downloads.js';
import { sendIncomingMail } from '../web/framed-mail.js';
import { idOf } from '../web/params.js';
import { createRouter } from '../web/router.js';
import { findIncoming } from './incoming-mail.js';
import { openSource, sizeOfSource } from './source.js';

/** What an incoming message holds: its source, its formatted text, its files. Nothing of it runs in a page of ours. */
export function incomingPartsRoutes() {
  const routes = createRouter();
  const type = 'application/octet-stream';

  routes.get('/incoming-mail/:id/html', STAFF, async (req, res) => {
    const mail = await findIncoming(idOf(req));
    if (!mail.htmlPart) throw new NotFound('This message has no formatted text.');
    const { parts } = await readMessage(await openSource(mail._id));
    const html = parts.find(({ number }) => number === mail.htmlPart)?.text ?? '';
    sendIncomingMail(res, safeHtml(html));
  });

  routes.get('/incoming-mail/:id/text', STAFF, async (req, res) => {
    const { _id, words, quoted } = await findIncoming(idOf(req));
    const text = Buffer.from(`${words}\n\n${quoted}`.trim());
    const file = { name: `${String(_id)}.txt`, type: 'text/plain; charset=utf-8', size: text.length };
    await sendDownload(res, file, Readable.from([text]));
  });

  routes.get('/incoming-mail/:id/source', STAFF, async (req, res) => {
    const { _id } = await findIncoming(idOf(req));
    const source = await openSource(_id);
    const size = (await sizeOfSource(_id)) ?? 0;
    await sendDownload(res, { name: `${String(_id)}.eml`, type, size }, source);
  });

  routes.get('/incoming-mail/:id/files/:number', STAFF, async (req, res) => {
    const { _id, files } = await findIncoming(idOf(req));
    const file = files.find(({ number }) => number === req.params['number']);
    if (!file) throw new NotFound('There is no such file in this message.');
    const name = file.name || (file.type === 'message/rfc822' ? 'message.eml' : '');
    const download = { name: cleanName(name), type, size: file.size ?? 0 };
    await sendDownload(res, download, partOf(await openSource(_id), file.number));
  });

  return routes.handler;
}
