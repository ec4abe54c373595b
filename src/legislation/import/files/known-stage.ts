import { cleanLine } from '../../../clean-text.js';

/** A stage of the procedure of the track that is read for. */
export type KnownStage = { id: string; name: string };

const plain = (words: string): string => cleanLine(words).toLowerCase();

/** The id of the stage that goes by these words, its id or its name in any case; `other` for the word itself; or null. */
export function stageCalled(words: string, stages: readonly KnownStage[]): string | null {
  const wanted = plain(words);
  const stage =
    stages.find(({ id }) => plain(id) === wanted) ?? stages.find(({ name }) => plain(name) === wanted);
  return stage?.id ?? (wanted === 'other' ? 'other' : null);
}
