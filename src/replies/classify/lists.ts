import { addresses, hasHeader, header, type MessageHeaders } from '../../mail/message-headers.js';
import type { Ourselves } from '../incoming.rules.js';
import type { Rule } from './classify.js';
import { isAnswer, isFromHelpDesk, plainHeader } from './signs.js';
import { isOfNewsletter, isUnsubscribable } from './words/newsletter.js';
import { plainEnding } from './words/phrases.js';

/**
 * What goes to many and was not written to us: newsletters and posts to mailing lists (RFC 2369, RFC 2919). Whatever answers something
 * is none of them, and nor is what was written to our own address, which may be a group itself.
 */
export const asListMail: Rule = (message, ourselves, said) => {
  const { headers } = message;
  if (isAnswer(message, said) || isFromHelpDesk(headers)) return null;
  const why = newsletter(headers, plainEnding(said.words)) ?? listPost(headers, ourselves);
  return why ? { kind: 'list', why: `List: ${why}` } : null;
};

/** A customer system adds List-Unsubscribe and a way out to what people write, too: a newsletter shows in two further ways. */
function newsletter(headers: MessageHeaders, ending: string): string | null {
  // a group puts its own way out below what a person wrote
  const isOfGroup = /<mailto:/i.test(header(headers, 'list-post')) || hasHeader(headers, 'x-google-group-id');
  const hasWayOut = hasHeader(headers, 'list-unsubscribe') && isUnsubscribable.test(ending);
  if (isOfGroup || !hasWayOut) return null;
  const marks = massMarks(headers, ending);
  return marks.length > 1
    ? `List-Unsubscribe, ${marks.join(', ')}, and its text says how to unsubscribe`
    : null;
}

const massHeaders = [
  'x-mc-user',
  'x-campaign',
  'x-campaignid',
  'x-campaign-id',
  'x-mailchimp-campaign',
  'x-csa-complaints',
  'x-newsletter',
  'x-listmember',
  'x-rpcampaign',
  'x-mailer-recptid',
];
const massSender = /^(news|newsletter|no-?reply|do-?not-?reply|marketing|digest|updates?|mailing)\b/;

function massMarks(headers: MessageHeaders, ending: string): string[] {
  const precedence = plainHeader(headers, 'precedence');
  const from = addresses(headers, 'from')[0]?.address ?? '';
  return [
    /^(bulk|list|junk)$/.test(precedence) && `Precedence: ${precedence}`,
    hasHeader(headers, 'list-id') && 'List-Id',
    massHeaders.find((name) => hasHeader(headers, name)),
    massSender.test(from) && `From: ${from}`,
    isOfNewsletter.test(ending) && 'words of a newsletter',
  ].filter((mark) => typeof mark === 'string');
}

/** A post is to the list, and to nobody else. */
function listPost(headers: MessageHeaders, { addresses: ours }: Ourselves): string | null {
  const list = /<mailto:([^>?\s]{3,300})/i.exec(header(headers, 'list-post'))?.[1]?.toLowerCase();
  if (!list || ours.includes(list) || !hasHeader(headers, 'list-id')) return null;
  const to = ['to', 'cc'].flatMap((name) => addresses(headers, name)).map(({ address }) => address);
  const isToList = to.length === 1 && to[0] === list;
  const tag = /^\[[^\]]{2,40}\] /.test(header(headers, 'subject'));
  return isToList && tag && plainHeader(headers, 'precedence') === 'list'
    ? `a post to ${list} (List-Post, Precedence: list)`
    : null;
}
