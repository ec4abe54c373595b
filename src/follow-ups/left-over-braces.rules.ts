/** A field or a tag as the template language reads it, and one that is not closed on its line. */
const PAIRS = { '{{': '}}', '{%': '%}' } as const;

/** Stands for a field that was read, so that a brace too many beside it is seen. */
const READ = '\0';

/**
 * Double braces, `{%` and `%}`; a brace that touches a field, as in `{{{ holder }}}`; and a pair of single ones around a field
 * or one word, as in `{holder}`, which is how other programs write a field.
 */
const LEFT_OVER = /\{\{|\}\}|\{%|%\}|\{\0|\0\}|\{\s*(?:\0|[\p{L}_][^\s{}:,"]*)\s*\}/u;

/**
 * Braces of the template language, or of what was meant as it, that fill nothing in. Braces that nobody takes for a field are
 * text: a lone one, `{}`, `:-}` or `{ "a": 1 }`. There is no way to write the others in a mail, `{% raw %}` neither: a letter
 * that shows `{{ organisation }}` is nearly always a mistake, and where it is none it can be said in words.
 * @param text a template, where a closed field is right, or a mail as it leaves, where nothing is
 * @returns a sentence for each line that has one, to stand after `In the text:`
 */
export const bracesInTemplate = (text: string): string[] => problemsByLine(text, withoutFields);
export const bracesInMail = (text: string): string[] => problemsByLine(text, (line) => line);

const problemsByLine = (text: string, read: (line: string) => string): string[] =>
  text
    .split('\n')
    .flatMap((line, i) => (LEFT_OVER.test(read(line)) ? [`a brace is left over (line ${i + 1}).`] : []));

/** Reads the line once from left to right: a pattern that tries each brace against the rest takes the square of its length. */
function withoutFields(line: string): string {
  const opening = /\{\{|\{%/g;
  let [rest, from] = ['', 0];
  for (let found = opening.exec(line); found; found = opening.exec(line)) {
    const end = line.indexOf(PAIRS[found[0] as keyof typeof PAIRS], opening.lastIndex);
    if (end === -1) break;
    rest += line.slice(from, found.index) + READ;
    from = opening.lastIndex = end + 2;
  }
  return rest + line.slice(from);
}

type Written = { problems: readonly string[]; subject: string; text: string };

/** What is wrong with a follow-up as it would leave: also braces in one that was written when they were not looked for. */
export const problemsOf = ({ problems, subject, text }: Written): readonly string[] =>
  problems.length > 0
    ? problems
    : [
        ...bracesInMail(subject).map((problem) => `In the subject: ${problem}`),
        ...bracesInMail(text).map((problem) => `In the text: ${problem}`),
      ];
