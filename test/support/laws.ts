import type { Types } from 'mongoose';
import type { Attachment } from '../../src/history/attachment.model.js';
import { ImportSource } from '../../src/legislation/import/import-source.model.js';
import { Publication } from '../../src/legislation/publication.model.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { NOW } from './factories.js';

type Wanted = { word: string; by: Types.ObjectId; evidence?: Attachment[]; amends?: Types.ObjectId };

/**
 * A UK bill nobody introduced with all that the page of a law can ask and tell, in one long word wherever there is text:
 * sittings in a row, a day before its time, a past day, a difference, a milestone that its source lists no more, two that were
 * removed, one of which is back, a source that fails and one that never was read, and more publications than one page holds.
 */
export async function aLawOfAllSorts({ word, by, evidence = [], amends }: Wanted): Promise<TrackRecord> {
  const link = `https://parliament.example.org/${'a'.repeat(80)}`;
  const { _id } = await Track.create({
    title: word,
    shortTitle: word,
    jurisdiction: word,
    reference: word,
    summary: word,
    sourceLink: link,
    procedure: 'uk bill, commons first',
    sunsetOn: '2029-12-31',
    related: amends ? [{ track: amends, as: 'amends' }] : [],
    createdAt: NOW,
  });
  const added = { track: _id, addedBy: by, addedAt: NOW, readFrom: NOW };
  const failing = await ImportSource.create({
    ...added,
    kind: 'uk bill',
    name: '9001',
    readAt: NOW,
    failures: 3,
    problem: `${word} could not be read.`,
    remarks: [word, `Left out: ${word}`],
  });
  for (const [kind, name] of [
    ['feed', link],
    ['file', `${word}.csv`],
  ] as const)
    await ImportSource.create({ ...added, kind, name });

  const said = (stage: string, on: string, { title = word, goneAt = null as Date | null } = {}) => ({
    source: failing._id,
    key: `${stage} ${on}`,
    said: { stage, title, on, happened: null, link },
    seenAt: NOW,
    goneAt,
  });
  const own = { title: word, sourceLink: link, note: word, evidence, enteredBy: by, enteredAt: NOW };
  const moved = { field: 'expectedOn', until: NOW, by } as const;
  const milestones = [
    ...Array.from({ length: 6 }, (_, n) => ({
      title: `${word}, sitting ${n + 1} of 6`,
      stage: 'commons committee',
      happenedOn: `2026-11-0${n + 1}`,
      imported: said('commons committee', `2026-11-0${n + 1}`),
    })),
    { ...own, stage: 'commons second reading', happenedOn: '2026-11-20', sourceSeenOn: '2026-11-20' },
    {
      ...own,
      stage: 'commons report',
      expectedOn: '2026-11-10',
      onceRemoved: [{ by, at: NOW, why: word, backBy: by, backAt: NOW }],
    },
    {
      ...own,
      stage: 'commons third reading',
      expectedOn: '2026-12-03',
      formerly: [
        { ...moved, value: '2026-11' },
        { ...moved, value: '2026-Q4' },
      ],
      byHand: ['expectedOn', 'title'],
      imported: said('commons third reading', '2026-12-10', { title: `Other ${word}` }),
    },
    {
      ...own,
      stage: 'lords first reading',
      expectedOn: '2027',
      imported: said('lords first reading', '2027', { goneAt: NOW }),
    },
  ];
  const removedMilestones = [
    { ...own, stage: 'royal assent', expectedOn: '2027-06', removed: { by, at: NOW, why: word } },
  ];
  await Track.updateOne({ _id }, { $set: { milestones, removedMilestones } });
  await Publication.insertMany(
    Array.from({ length: 60 }, (_, n) => ({
      track: _id,
      source: failing._id,
      key: String(n),
      kind: n % 2 ? 'news' : 'publication',
      title: word,
      publishedOn: '2026-11-20',
      link: n % 3 ? link : '',
      seenAt: NOW,
    })),
  );
  return (await Track.findById(_id).lean<TrackRecord>())!;
}

/** The pages of such a law. */
export function pagesOfLaw({ _id, milestones }: TrackRecord): string[] {
  const law = `/tracks/${String(_id)}`;
  return [
    law,
    `${law}/edit`,
    `${law}/sources`,
    `${law}/publications`,
    `${law}/publications?page=2`,
    `${law}/milestones/new`,
    `${law}/removal`,
    ...milestones.slice(-3).map((one) => `${law}/milestones/${String(one._id)}/edit`),
    ...milestones.slice(-3).map((one) => `${law}/milestones/${String(one._id)}/removal`),
  ];
}
