import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Types } from 'mongoose';
import { differencesOf } from '../../src/legislation/difference.rules.js';
import type { FoundMilestone } from '../../src/legislation/import/found.js';
import { mergeAgain, mergeFound, type ReadAt } from '../../src/legislation/import/merge.rules.js';
import type { MilestoneRecord } from '../../src/legislation/track.model.js';

const source = new Types.ObjectId();
const reading = (today: string): ReadAt => ({ source, today, now: new Date(`${today}T09:00:00Z`) });
const FIRST = reading('2026-05-01');
const LATER = reading('2026-05-10');

const sitting = (own: Partial<FoundMilestone> = {}): FoundMilestone => ({
  key: 'sitting:1',
  stage: 'commons committee',
  title: 'Committee stage',
  on: '2026-05-20',
  happened: null,
  link: 'https://bills.example.org/1',
  ...own,
});
const whole = (...milestones: FoundMilestone[]) => ({ milestones, whole: true });
const part = (...milestones: FoundMilestone[]) => ({ milestones, whole: false });

const byHand = (own: Partial<MilestoneRecord>): MilestoneRecord => ({
  _id: new Types.ObjectId(),
  title: 'Committee, as we call it',
  stage: 'commons committee',
  expectedOn: '2026-05-18',
  happenedOn: null,
  formerly: [],
  sourceLink: '',
  sourceSeenOn: '',
  note: 'Ours',
  evidence: [],
  byHand: ['title', 'stage', 'expectedOn'],
  imported: null,
  ...own,
});

describe('reading a source', () => {
  it('adds what is new, with where it is from and when it was seen', () => {
    const { milestones, added } = mergeFound([], whole(sitting()), FIRST);
    expect(added).toBe(1);
    expect(milestones).toMatchObject([
      {
        title: 'Committee stage',
        expectedOn: '2026-05-20',
        happenedOn: null,
        byHand: [],
        imported: { source, key: 'sitting:1', seenAt: FIRST.now, goneAt: null },
      },
    ]);
  });

  it('twice changes nothing at all', () => {
    const { milestones } = mergeFound(
      [],
      whole(sitting(), sitting({ key: 'sitting:2', on: '2026-04-20' })),
      FIRST,
    );
    const again = mergeFound(milestones, whole(sitting(), sitting({ key: 'sitting:2', on: '2026-04-20' })), {
      ...FIRST,
      now: new Date('2026-05-01T21:00:00Z'),
    });
    expect(again).toEqual({ milestones, added: 0, changed: 0, gone: 0 });
    expect(again.milestones.every((one, i) => one === milestones[i])).toBe(true);
  });

  it('that changed its mind moves the day and keeps the former one', () => {
    const { milestones } = mergeFound([], whole(sitting()), FIRST);
    const moved = mergeFound(
      milestones,
      whole(sitting({ on: '2026-06-02', title: 'Committee stage, 1st day' })),
      LATER,
    );
    expect(moved.changed).toBe(1);
    expect(moved.milestones[0]).toMatchObject({
      title: 'Committee stage, 1st day',
      expectedOn: '2026-06-02',
      formerly: [
        { field: 'title', value: 'Committee stage', until: LATER.now, source },
        { field: 'expectedOn', value: '2026-05-20', until: LATER.now, source },
      ],
    });
  });

  it('a day of a timetable has happened once it is over, and is still said to have been expected then', () => {
    const { milestones } = mergeFound([], whole(sitting()), FIRST);
    const onTheDay = mergeFound(milestones, whole(sitting()), reading('2026-05-20'));
    expect(onTheDay.milestones[0]).toMatchObject({ expectedOn: '2026-05-20', happenedOn: null });
    const after = mergeFound(milestones, whole(sitting()), reading('2026-05-21'));
    expect(after.milestones[0]).toMatchObject({ expectedOn: '2026-05-20', happenedOn: '2026-05-20' });
    expect(mergeAgain(milestones, reading('2026-05-21')).milestones).toEqual(after.milestones);
  });

  it('that says of a day still to come that something happened then is not believed before that day', () => {
    const { milestones } = mergeFound([], whole(sitting({ happened: true })), FIRST);
    expect(milestones[0]).toMatchObject({ expectedOn: '2026-05-20', happenedOn: null });
    expect(mergeAgain(milestones, reading('2026-05-20')).milestones[0]!.happenedOn).toBe('2026-05-20');
  });

  it('that takes back that something happened is followed, and what it said is kept', () => {
    const { milestones } = mergeFound([], whole(sitting({ on: '2026-04-20' })), FIRST);
    const back = mergeFound(milestones, whole(sitting({ on: '2026-05-25' })), FIRST);
    expect(back.milestones[0]).toMatchObject({
      expectedOn: '2026-05-25',
      happenedOn: null,
      formerly: [{ field: 'happenedOn', value: '2026-04-20' }],
    });
  });

  it('that no longer lists a step says so, and nothing is lost; a feed forgets without a word', () => {
    const other = sitting({ key: 'sitting:9', on: '2026-07-01' });
    const { milestones } = mergeFound([], whole(sitting(), other), FIRST);
    const gone = mergeFound(milestones, whole(other), LATER);
    expect(gone).toMatchObject({
      gone: 1,
      milestones: [
        { title: 'Committee stage', imported: { goneAt: LATER.now } },
        { imported: { goneAt: null } },
      ],
    });
    expect(mergeFound(gone.milestones, whole(other), reading('2026-05-11')).gone).toBe(0);
    const back = mergeFound(gone.milestones, whole(sitting(), other), LATER);
    expect(back.milestones[0]!.imported!.goneAt).toBeNull();
    expect(mergeFound(milestones, part(other), LATER).milestones).toEqual(milestones);
  });

  it('that lists nothing at all is broken, and takes nothing away', () => {
    const { milestones } = mergeFound([], whole(sitting()), FIRST);
    expect(mergeFound(milestones, whole(), LATER)).toEqual({ milestones, added: 0, changed: 0, gone: 0 });
  });

  it('that counts its sittings anew has not changed a title, and a former day is kept all the same', () => {
    const { milestones } = mergeFound(
      [],
      whole(sitting({ title: 'Committee stage, sitting 1 of 2' })),
      FIRST,
    );
    const [one] = mergeFound(
      milestones,
      whole(sitting({ title: 'Committee stage, sitting 2 of 3', on: '2026-05-22' })),
      LATER,
    ).milestones;
    expect(one).toMatchObject({ title: 'Committee stage, sitting 2 of 3' });
    expect(one!.formerly.map(({ field }) => field)).toEqual(['expectedOn']);
  });

  it('that lists a step twice is taken at its last word', () => {
    const { milestones, added } = mergeFound([], whole(sitting(), sitting({ on: '2026-05-22' })), FIRST);
    expect([added, milestones.map(({ expectedOn }) => expectedOn)]).toEqual([1, ['2026-05-22']]);
  });
});

describe('what a person wrote', () => {
  it('stays, and the difference is there to be decided', () => {
    const ours = byHand({});
    const { milestones, added } = mergeFound([ours], whole(sitting()), FIRST);
    expect(added).toBe(0);
    expect(milestones).toMatchObject([
      { _id: ours._id, title: ours.title, expectedOn: '2026-05-18', note: 'Ours' },
    ]);
    expect(differencesOf(milestones[0]!, FIRST.today)).toEqual([
      { field: 'title', ours: ours.title, theirs: 'Committee stage' },
      { field: 'expectedOn', ours: '2026-05-18', theirs: '2026-05-20' },
    ]);
    // what nobody wrote comes from the source
    expect(milestones[0]!.sourceLink).toBe('https://bills.example.org/1');
  });

  it('is no difference any more once declined, until the source says something else again', () => {
    const { milestones } = mergeFound([byHand({ title: 'Committee stage' })], whole(sitting()), FIRST);
    const [one] = milestones;
    const declined: MilestoneRecord = {
      ...one!,
      imported: { ...one!.imported!, declined: { expectedOn: '2026-05-20' } },
    };
    expect(differencesOf(declined, FIRST.today)).toEqual([]);
    expect(mergeFound([declined], whole(sitting()), LATER).milestones).toEqual([declined]);
    const [moved] = mergeFound([declined], whole(sitting({ on: '2026-05-29' })), LATER).milestones;
    expect(differencesOf(moved!, LATER.today)).toEqual([
      { field: 'expectedOn', ours: '2026-05-18', theirs: '2026-05-29' },
    ]);
  });

  it('is known again by its day among several of its stage, and taken for none of them otherwise', () => {
    const ours = byHand({ expectedOn: '2026-05-21' });
    const found = [sitting(), sitting({ key: 'sitting:2', on: '2026-05-21' })];
    const known = mergeFound([ours], whole(...found), FIRST);
    expect(known.added).toBe(1);
    expect(known.milestones[0]).toMatchObject({ _id: ours._id, imported: { key: 'sitting:2' } });
    const other = mergeFound([byHand({})], whole(...found), FIRST);
    expect(other.added).toBe(2);
    expect(other.milestones[0]!.imported).toBeNull();
  });

  const anyFound = fc.uniqueArray(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      stage: fc.constantFrom('commons committee', 'commons report', 'other'),
      title: fc.constantFrom('One', 'Two'),
      on: fc.constantFrom('2026-04-01', '2026-05-20', '2026-Q3', '2027'),
      happened: fc.constantFrom(null, true, false),
      link: fc.constantFrom('', 'https://bills.example.org/1'),
    }),
    { selector: ({ key }) => key },
  );

  it('is never overwritten and never lost, and reading once more changes nothing, whatever a source says', () => {
    fc.assert(
      fc.property(fc.array(anyFound, { minLength: 1, maxLength: 5 }), fc.boolean(), (readings, isWhole) => {
        const ours = [byHand({}), byHand({ stage: 'other', title: 'A speech', happenedOn: '2026-04-01' })];
        let milestones: MilestoneRecord[] = ours;
        for (const found of readings) {
          const merged = mergeFound(milestones, { milestones: found, whole: isWhole }, FIRST);
          expect(mergeFound(merged.milestones, { milestones: found, whole: isWhole }, LATER)).toMatchObject({
            added: 0,
            gone: 0,
          });
          expect(merged.milestones.length).toBe(milestones.length + merged.added);
          milestones = merged.milestones;
        }
        for (const before of ours) {
          const after = milestones.find(({ _id }) => _id.equals(before._id))!;
          expect([after.title, after.stage, after.expectedOn, after.note]).toEqual([
            before.title,
            before.stage,
            before.expectedOn,
            before.note,
          ]);
        }
        const keys = milestones.flatMap(({ imported }) => imported?.key ?? []);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
