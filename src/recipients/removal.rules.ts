/** `They were removed from the campaign: Entered twice.` Whoever gave the reason may have left out the full stop. */
export const removedInWords = (why: string): string =>
  `They were removed from the campaign: ${why}`.replace(/(?<![.!?…])$/, '.');

/** What is known of a recipient that would have to stay on record. */
export type Known = {
  entries: number;
  commitments: number;
  /** follow-ups that went, are just going, or may have gone */
  went: readonly { state: string; subject: string; href: string }[];
  hasUnreadMail: boolean;
};

/** `what` happened, in a few words; `meaning`: for a removal, in a sentence or two. */
export type Happened = { what: string; meaning: string; href: string | null };

/** Everything that keeps a recipient from being removed; nothing, where it was only entered and planned for. */
export function whatHappened({ entries, commitments, went, hasUnreadMail }: Known): Happened[] {
  return [
    ...(hasUnreadMail ? [MAIL] : []),
    ...went.flatMap(({ state, subject, href }) => ofFollowUp(state, subject, href)),
    ...(entries > 0
      ? [
          {
            what: `Their history has ${entries === 1 ? 'an entry' : `${entries.toLocaleString('en-GB')} entries`}`,
            meaning:
              'What was logged stays on record, and they with it. What was logged with the wrong recipient is corrected there.',
            href: '#history',
          },
        ]
      : []),
    ...(commitments > 0 ? [SAID] : []),
  ];
}

const MAIL: Happened = {
  what: 'Mail that may be theirs has come in',
  meaning: 'Read it first. Where it is not theirs, say whose it is, and they can be removed after that.',
  href: '',
};

const SAID: Happened = {
  what: 'What they said to an ask is written down',
  meaning: 'That stays on record, and they with it, also where it was taken back.',
  href: '#commitments',
};

function ofFollowUp(state: string, subject: string, href: string): Happened[] {
  const named = `“${subject || 'No subject'}”`;
  if (state === 'sending')
    return [
      { what: `${named} is just being sent`, meaning: 'Wait a minute, and see whether it went.', href },
    ];
  if (state === 'uncertain')
    return [
      {
        what: `${named} may have gone to them`,
        meaning: 'Find out, and say there whether it went: that is part of their history.',
        href,
      },
    ];
  return [{ what: `${named} was sent to them`, meaning: 'They have had it, so they stay.', href }];
}
