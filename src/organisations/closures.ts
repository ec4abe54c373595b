import { Types } from 'mongoose';
import { NotFound, RuleBroken } from '../errors.js';
import { MOST_CLOSURES } from './closed.rules.js';
import type { ClosureForm } from './closure.form.js';
import { countAnew, type CountingDeps } from './count-anew.js';
import { Organisation, type OrganisationRecord } from './organisation.model.js';

/** @throws RuleBroken when it is written down already, or there are too many */
export async function addClosure(
  organisation: Types.ObjectId,
  form: ClosureForm,
  by: Types.ObjectId,
  deps: CountingDeps,
): Promise<void> {
  const { from, until, name } = form;
  const closure = { _id: new Types.ObjectId(), ...form, addedBy: by, addedAt: deps.now() };
  const { matchedCount } = await Organisation.updateOne(
    {
      _id: organisation,
      closures: { $not: { $elemMatch: { from, until } } },
      [`closures.${MOST_CLOSURES - 1}`]: { $exists: false },
    },
    { $push: { closures: closure } },
  );
  if (matchedCount === 0) throw new RuleBroken(await whyNot(organisation, form));
  await countAnew({ organisation, day: from, name }, deps);
}

async function whyNot(organisation: Types.ObjectId, { from, until }: ClosureForm): Promise<string> {
  const stored = await Organisation.findById(organisation, { closures: 1 }).lean<OrganisationRecord>();
  const isThere = stored?.closures?.some((one) => one.from === from && one.until === until);
  if (isThere) return 'These days are written down already. Remove that closure first if it is wrong.';
  return `There are ${MOST_CLOSURES} closures already. Remove some that are long over first.`;
}

/** @throws NotFound */
export async function removeClosure(
  organisation: Types.ObjectId,
  closure: Types.ObjectId,
  deps: CountingDeps,
): Promise<void> {
  const before = await Organisation.findOneAndUpdate(
    { _id: organisation, 'closures._id': closure },
    { $pull: { closures: { _id: closure } } },
    { projection: { closures: 1 } },
  ).lean<Pick<OrganisationRecord, 'closures'>>();
  const removed = before?.closures.find(({ _id }) => _id.equals(closure));
  if (!removed) throw new NotFound('There is no such closure. Somebody may have removed it meanwhile.');
  await countAnew({ organisation, day: removed.from, name: removed.name }, deps);
}
