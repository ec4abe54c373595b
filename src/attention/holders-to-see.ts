import type { Types } from 'mongoose';
import { dayOf } from '../dates.js';
import { FollowUp, standsIn } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';
import { groupBy } from '../group-by.js';
import { waitsForConfirmation } from '../organisations/holder.rules.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { holderOn } from '../organisations/organisation.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import type { Item, Source, Which } from './sources.js';
import { nameOf } from './named.js';
import type { Seen } from './seen.js';
import { isAsked } from './which.js';
import { recipientsOf } from './whose.js';

const shownOfOffice = { holders: 1, timeZone: 1, organisation: 1 } as const;
type ShownOffice = Pick<OfficeRecord, '_id' | keyof typeof shownOfOffice>;

const shownOfRecipient = { office: 1, organisationName: 1, officeTitle: 1 } as const;
type ShownRecipient = Pick<RecipientRecord, '_id' | keyof typeof shownOfRecipient>;

/** Offices to which something is planned, and which are vacant or whose new holder nobody has confirmed, by name. */
export function holdersToConfirm(seen: Seen, which: Which): Source {
  let read: Promise<Item[]> | undefined;
  const all = () => (read ??= readAll(seen).then((items) => items.filter(isAsked(which))));
  return {
    rows: async (skip, limit) => (await all()).slice(skip, skip + limit),
    count: async () => (await all()).length,
  };
}

async function readAll({ now, campaigns, yours }: Seen): Promise<Item[]> {
  const among = { $in: campaigns.map(({ _id }) => _id) };
  const [unconfirmed, ofVacant] = await Promise.all([
    Office.find({ holders: { $elemMatch: { tookOver: true, confirmedAt: null } } }, shownOfOffice).lean<
      ShownOffice[]
    >(),
    // what lists show of the holder: empty where there is none
    Recipient.find({ holderName: '', campaign: among }, { office: 1 }).lean<ShownRecipient[]>(),
  ]);
  const ids = ofVacant.map(({ office }) => office);
  const vacant =
    ids.length === 0 ? [] : await Office.find({ _id: { $in: ids } }, shownOfOffice).lean<ShownOffice[]>();
  const once = new Map([...unconfirmed, ...vacant].map((office) => [String(office._id), office]));
  const waiting = [...once.values()].filter((office) => waits(office, now));
  // on most days there is none, and the first page is not to wait for nothing
  if (waiting.length === 0) return [];
  const theirs = { office: { $in: waiting.map(({ _id }) => _id) } };
  const recipients = await Recipient.find(
    yours ? recipientsOf(yours, theirs) : { campaign: among, ...theirs },
    shownOfRecipient,
  ).lean<ShownRecipient[]>();
  const planned = new Set(await plannedFor(recipients.map(({ _id }) => _id)));
  const of = groupBy(
    recipients.filter(({ _id }) => planned.has(String(_id))),
    ({ office }) => String(office),
  );
  return waiting
    .flatMap((office) => {
      const [recipient] = of.get(String(office._id)) ?? [];
      return recipient ? [toItem(office, recipient, now)] : [];
    })
    .toSorted((a, b) => a.title.localeCompare(b.title));
}

const holderNow = ({ holders, timeZone }: ShownOffice, now: Date) => holderOn(holders, dayOf(now, timeZone));

function waits(office: ShownOffice, now: Date): boolean {
  const holder = holderNow(office, now);
  return !holder || waitsForConfirmation(holder);
}

/** Those of these recipients, as text, to whom something is still planned. */
async function plannedFor(ids: Types.ObjectId[]): Promise<string[]> {
  const rows = FollowUp.find({ recipient: { $in: ids }, ...standsIn(aheadStates) }, { recipient: 1 });
  return (await rows.lean()).map(({ recipient }) => String(recipient));
}

function toItem(office: ShownOffice, recipient: ShownRecipient, now: Date): Item {
  const holder = holderNow(office, now);
  const at = `/offices/${String(office._id)}/holders`;
  return {
    id: office._id,
    facts: holder ? String(holder._id) : 'vacant',
    href: holder ? `${at}/${String(holder._id)}/confirmation` : `${at}/new`,
    title: recipient.organisationName,
    about: `${recipient.officeTitle} · ${holder ? `${holder.name} is new` : 'vacant'}`,
    named: nameOf(recipient),
    reasons: [],
    ...(holder?.from && { day: holder.from }),
  };
}
