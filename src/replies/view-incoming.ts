import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { inWords } from '../commitments/commitment.rules.js';
import { readStandOf } from '../commitments/read-stances.js';
import type { Deps } from '../deps.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { byId } from '../group-by.js';
import type { EntryRecord } from '../history/entry.model.js';
import { pageOfEntry } from '../history/timeline.js';
import { waitsForConfirmation } from '../organisations/holder.rules.js';
import { findOffice } from '../organisations/organisations.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { User } from '../users/user.model.js';
import { namesOf, nextInInbox } from './inbox.js';
import { entryOf } from './incoming-mail.js';
import type { IncomingMailRecord } from './incoming-mail.model.js';
import { bounceCauseNames, incomingKindNames, readAsChoices, readAsNames } from './incoming.rules.js';
import { leavingOf } from './leaving.js';
import { shownText } from './shown-text.rules.js';
import { sizeOfSource } from './source.js';
import { warningsOf } from './warnings.rules.js';
import { whatFollows } from './what-follows.js';
import { whatItMeans } from './what-it-means.rules.js';

/** Everything that the page of an incoming message shows beside the message itself. */
export async function viewOf(mail: IncomingMailRecord, deps: Deps) {
  const [recipient, suggestions, entry, reader, ours, sourceSize, next] = await Promise.all([
    mail.recipient && Recipient.findById(mail.recipient).lean<RecipientRecord>(),
    suggestedBy(mail),
    mail.state === 'placed' ? entryOf(mail) : null,
    mail.readBy && User.findById(mail.readBy, { name: 1 }).lean(),
    mail.followUp && FollowUp.findById(mail.followUp, { subject: 1, state: 1, sentAt: 1 }).lean(),
    sizeOfSource(mail._id),
    nextInInbox(mail._id),
  ]);
  const [place, entryPage] = await Promise.all([
    recipient && placeOf(mail, recipient, deps),
    entry && pageOfEntry(entry),
  ]);
  return {
    mail,
    recipient,
    suggestions,
    entry,
    entryPage,
    ours,
    sourceSize,
    next,
    readerName: reader ? reader.name : null,
    warnings: warningsOf(mail),
    kindName: incomingKindNames[mail.kind],
    meaning: whatItMeans[mail.kind],
    causeName: mail.problem ? bounceCauseNames[mail.problem.cause] : null,
    words: shownText(mail.words),
    quoted: shownText(mail.quoted),
    readings: readAsChoices.map((as) => [as, readAsNames[as]]),
    office: place?.office ?? null,
    campaignTitle: place?.campaignTitle ?? '',
    said: place && mail.readAt && isAnswer(entry) ? place.asks : null,
    leaving: place?.leaving ?? null,
    waitsForConfirmation,
    follows: place?.follows ?? null,
  };
}

/** Only of an answer is it asked what it says to each ask. */
const isAnswer = (entry: EntryRecord | null): boolean =>
  entry?.receivedAs === 'reply' || entry?.receivedAs === 'declined';

async function placeOf(mail: IncomingMailRecord, recipient: RecipientRecord, deps: Deps) {
  const [office, campaign, { cells }] = await Promise.all([
    findOffice(recipient.office),
    Campaign.findById(recipient.campaign, { title: 1, asks: 1 }).lean<CampaignRecord>(),
    readStandOf(recipient._id),
  ]);
  return {
    office,
    campaignTitle: campaign?.title ?? '',
    asks: { cells, inWords, asks: campaign?.asks ?? [] },
    leaving: leavingOf(mail, office, deps.now()),
    follows: await whatFollows(mail, office, deps),
  };
}

/** Who may have written it, with the campaign: one office may be a recipient of several. */
async function suggestedBy({ suggestions }: IncomingMailRecord) {
  if (suggestions.length === 0) return [];
  const recipients = await namesOf(suggestions.map((one) => one.recipient));
  const titles = await campaignTitles(recipients);
  const nameOf = byId(recipients);
  return suggestions.flatMap((one) => {
    const to = nameOf.get(String(one.recipient));
    return to ? [{ ...one, to, campaignTitle: titles[String(to.campaign)] ?? '' }] : [];
  });
}

/** The titles of the campaigns of these recipients, by id. */
export async function campaignTitles(
  recipients: readonly Pick<RecipientRecord, 'campaign'>[],
): Promise<Record<string, string>> {
  const ids = [...new Set(recipients.map(({ campaign }) => String(campaign)))];
  const found = await Campaign.find({ _id: { $in: ids } }, { title: 1 }).lean();
  return Object.fromEntries(found.map(({ _id, title }) => [String(_id), title]));
}
