import { header, hasHeader, type MessageHeaders } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { remembering } from '../../remembering.js';
import type { Said } from './what-it-says.js';
import { plainWords } from './words/phrases.js';

/** The first field of this name as it can be compared; empty where there is none. */
export const plainHeader = remembering((headers: MessageHeaders, name): string =>
  plainWords(header(headers, name)),
);

/** Sent so that no error report comes back (RFC 5321, section 4.5.5): people's mail never is, but not every server writes it down. */
export const hasNullReturnPath = (headers: MessageHeaders): boolean =>
  header(headers, 'return-path').replaceAll(/\s/g, '') === '<>';

/** `Auto-Submitted: auto-generated` or the like (RFC 3834): of programs, and of help desks that pass on what people write. */
export const isAutoSubmitted = (headers: MessageHeaders): boolean =>
  plainHeader(headers, 'auto-submitted').startsWith('auto');

/** `Precedence: bulk` and the like (RFC 3834, section 3.1.8): of programs, lists and help desks. */
export const isBulk = (headers: MessageHeaders): boolean =>
  /^(bulk|junk)$/.test(plainHeader(headers, 'precedence'));

const helpDesk =
  /^(x-)?(zendesk|freshdesk|fd-|freshservice|otrs|znuny|rt-|hubspot|hs-|intercom|helpscout|help-scout|kayako|front-|groove|gorgias|sfdc|salesforce|servicenow|jira|atlassian|zammad|kustomer|dixa|zoho-?desk|desk-|deskpro|helpdesk|happyfox|liveagent|teamwork|ticket|uservoice|osticket|faveo|request-?tracker|managed-by|mantis|redmine|sugar|dynamics|crm|pipedrive|outreach|casenumber)/;

/** A help desk or the like, which sends what people write and marks it as its own. */
export const isFromHelpDesk = (headers: MessageHeaders): boolean =>
  headers.some(({ name }) => helpDesk.test(name)) ||
  /zendesk|freshdesk|otrs|request tracker|helpscout|intercom|zammad|hubspot|salesforce|osticket|jira/.test(
    `${plainHeader(headers, 'x-mailer')} ${plainHeader(headers, 'user-agent')}`,
  );

const listHeaders = ['list-id', 'list-post', 'list-unsubscribe', 'x-mailing-list', 'mailing-list'];
export const isSentToMany = (headers: MessageHeaders): boolean =>
  listHeaders.some((name) => hasHeader(headers, name));

const answering =
  /^(\[[^\]]{1,40}\] ?)*(re|aw|sv|vs|antw|r|rif|res|odp|ynt|atb|回复|回覆|答复|返信|회신|תגובה|رد|בנושא|απ|σχετ|ответ|отв|vá|ref)( ?[[(]\d+[\])])? ?[:：]/;

/** Does it answer something, by its headers, its subject or what it quotes? */
export const isAnswer = ({ headers }: Pick<ReadMessage, 'headers'>, { quoted }: Said): boolean =>
  Boolean(header(headers, 'in-reply-to').trim() || header(headers, 'references').trim() || quoted.trim()) ||
  answering.test(plainHeader(headers, 'subject'));
