import { subjectOf } from './subject.js';

/** What is known of somebody who may have written: addresses in small letters, ids as hex. */
export type Candidate = {
  recipient: string;
  organisationName: string;
  holderName: string;
  /** of the office, and of people at the organisation */
  officeAddress: string;
  peopleAddresses: readonly string[];
  /** mail domains of the organisation */
  domains: readonly string[];
  /** subjects of what was sent to them, without Re: */
  subjects: readonly string[];
  lastSentAt: Date | null;
};

export type Suggestion = { recipient: string; score: number; reasons: string[] };

type Asking = {
  from: { name: string; address: string };
  subject: string;
  /** of a bounce: whom it was for */
  failedAddress: string | null;
  happenedAt: Date;
  /** recipients that our addresses or Message-IDs in it point to, though not so that it could be relied on */
  pointsTo: readonly string[];
};

/** So many are suggested, and all whose address it is or whom it names: nothing is sent to whoever is suggested until it is read. */
const MOST = 5;
const STRONG = 50;
const RECENT_DAYS = 30;

/**
 * Who may have written a message that no rule could place, the likeliest first, with the reasons in words. A subject or a recent
 * mail alone suggests nobody: half the world writes about anything at any time.
 */
export function suggest(mail: Asking, candidates: readonly Candidate[]): Suggestion[] {
  return candidates
    .map((candidate) => weigh(mail, candidate))
    .filter(({ score }) => score >= 20)
    .toSorted((a, b) => b.score - a.score)
    .filter(({ score }, i) => i < MOST || score >= STRONG);
}

function weigh(
  { from, subject, failedAddress, happenedAt, pointsTo }: Asking,
  candidate: Candidate,
): Suggestion {
  const address = failedAddress ?? from.address;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const asked = subjectOf(subject);
  const days = candidate.lastSentAt
    ? (happenedAt.getTime() - candidate.lastSentAt.getTime()) / 86_400_000
    : -1;
  const signs: [boolean, number, string][] = [
    [pointsTo.includes(candidate.recipient), STRONG, 'It names a message of ours to them.'],
    [
      Boolean(address) && address === candidate.officeAddress,
      STRONG + 10,
      `${address} is the address of the office.`,
    ],
    [
      address !== candidate.officeAddress && candidate.peopleAddresses.includes(address),
      STRONG,
      `${address} is the address of somebody at ${candidate.organisationName}.`,
    ],
    [isDomainOf(domain, candidate), 30, `${domain} is a mail domain of ${candidate.organisationName}.`],
    [
      isNamed(from.name, candidate.holderName),
      20,
      `The sender is called ${candidate.holderName}, who holds the office.`,
    ],
    [
      asked !== '' && candidate.subjects.includes(asked),
      12,
      'Its subject is that of a message that was sent to them.',
    ],
    [days >= 0 && days <= RECENT_DAYS, 5, `They were written to in the ${RECENT_DAYS} days before.`],
  ];
  const holding = signs.filter(([holds]) => holds);
  return {
    recipient: candidate.recipient,
    score: holding.reduce((sum, [, points]) => sum + points, 0),
    reasons: holding.map(([, , reason]) => reason),
  };
}

const isDomainOf = (domain: string, { domains }: Candidate): boolean =>
  domains.some((one) => domain === one || domain.endsWith(`.${one}`));

const isNamed = (name: string, holder: string): boolean =>
  holder !== '' && name.trim().toLowerCase() === holder.trim().toLowerCase();
