const NO_SIGNATURE =
  'The mail server found no signature (DKIM) of ours that holds. Whoever runs our mail has to mend that.';
const NOT_ENTITLED =
  'The mail server found that ours may not send for our domain (SPF). Whoever runs our mail has to mend that.';

/**
 * What enhanced status codes (RFC 3463, and the registry of RFC 5248) mean for whoever wanted to write: what happened, and
 * what to do. `x` stands for any detail that is not named by itself.
 */
const byCode: Record<string, string> = {
  '1.1': 'There is no mailbox of this name. Check the address for a typing mistake, or find another one.',
  '1.2': 'The domain after the @ does not exist or takes no mail. Check the address.',
  '1.3': 'The address is not written as addresses are. Check it for a typing mistake.',
  '1.6': 'The mailbox has moved, and no new address was given. Find their new address.',
  '1.8':
    'The mail server does not take mail from our address. Whoever runs our mail has to look at MAIL_FROM.',
  '1.10': 'The domain after the @ says that it takes no mail at all. Find another address.',
  '1.x': 'Something is wrong with the address. Check it.',
  '2.1': 'The mailbox is switched off. Find another address.',
  '2.2': 'The mailbox is full. Try again some days later, or find another address.',
  '2.3': 'The message is longer than this mailbox takes. Make it shorter.',
  '2.x': 'Their mailbox does not take messages. Try again some days later, or find another address.',
  '3.4': 'The message is larger than the mail server takes. Make it shorter.',
  '3.x': 'The mail server could not take it. Try again some days later.',
  '4.4': 'No way to their mail server is known. Check the domain after the @.',
  '4.x': 'The way to their mail server is broken. Try again some days later.',
  '5.x': 'Two mail servers did not understand each other. Whoever runs our mail has to look at it.',
  '6.7': 'The mail server does not take addresses with letters beyond a to z. Find an address without them.',
  '6.x': 'The mail server does not take the form of this message. Whoever runs our mail has to look at it.',
  '7.1':
    'The mail server refuses this message as a matter of policy: it may take us for unwanted mail, or let only some people write to this address. Whoever runs our mail has to look at it; meanwhile write another way.',
  '7.20': NO_SIGNATURE,
  '7.21': NO_SIGNATURE,
  '7.22': NO_SIGNATURE,
  '7.23': NOT_ENTITLED,
  '7.24': NOT_ENTITLED,
  '7.25': 'The address of our mail server has no name in the DNS. Whoever runs our mail has to mend that.',
  '7.26':
    'The mail server found neither a signature (DKIM) nor an entry (SPF) that shows the mail is ours. Whoever runs our mail has to mend that.',
  '7.27':
    'The domain of our sender address takes no mail itself. Whoever runs our mail has to look at MAIL_FROM.',
  '7.28': 'Too much mail arrived for them at once. Try again some days later.',
  '7.x':
    'The mail server refuses it for reasons of safety or policy. Whoever runs our mail has to look at it; meanwhile write another way.',
};

/** For servers that give no enhanced code: the plain ones (RFC 5321, section 4.2.3). */
const byReply: Record<string, string> = {
  '550': 'The mailbox does not exist, or the mail server does not let us write to it. Check the address.',
  '551': 'The mailbox is elsewhere. Find their new address.',
  '552': 'The mailbox is full, or the message too large. Make it shorter, or try again some days later.',
  '553': 'The address is not written as the mail server expects. Check it for a typing mistake.',
  '556': 'The domain after the @ takes no mail. Find another address.',
};

/** What says that there is nobody at the address: another try would be refused as well. */
const noSuchAddress = new Set(['1.1', '1.2', '1.3', '1.6', '1.10']);

/** Without an enhanced code it may as well be a matter of policy, and so is not taken for one. */
export const saysNoSuchAddress = (response: string): boolean =>
  isPermanent(response) && noSuchAddress.has(codeIn(response).join('.'));

const isPermanent = (response: string): boolean => /^5[0-5]\d/.test(response);

/** Subject and detail of the first enhanced code in the words; a number with more behind it is an IP address. */
const codeIn = (response: string): string[] =>
  /(?<![\d.])5\.(\d)\.(\d{1,3})(?![\d.]*\d)/.exec(response)?.slice(1) ?? [];

/**
 * A permanent refusal in plain language.
 * @param response the mail server's words, such as `550 5.1.1 No such user`
 * @returns what it means and what to do, or null when the words hold no code for a permanent refusal
 */
export function refusalInWords(response: string): string | null {
  if (!isPermanent(response)) return null;
  const [subject, detail] = codeIn(response);
  return (
    byCode[`${subject}.${detail}`] ??
    byCode[`${subject}.x`] ??
    byReply[response.slice(0, 3)] ??
    'The mail server refuses the message for good. What it says is all there is to know.'
  );
}
