import type { ResolvedConfig } from 'html-validate';
import { outside } from './outside.js';

const { HtmlValidate, StaticConfigLoader } = outside('html-validate') as typeof import('html-validate');

/** Put together anew for each page, the settings take as long as a page. */
class ReadOnce extends StaticConfigLoader {
  private read?: ResolvedConfig | Promise<ResolvedConfig>;
  override getConfigFor(handle: string): ResolvedConfig | Promise<ResolvedConfig> {
    return (this.read ??= super.getConfigFor(handle));
  }
}

const settings = new ReadOnce({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // how the markup is typed, not whether it is right
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    // boxes of one list have one name
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'long-title': 'off',
    'no-redundant-for': 'off',
    'require-sri': 'off', // everything comes from our own host
    // the only action of a form is its submit button
    'no-implicit-button-type': 'off',
  },
});
const validator = new HtmlValidate(settings);

const seen = new Set<string>();

/** @throws when a page is not valid HTML, with each mistake and the line it is on */
export async function assertValidHtml(html: string, where: string): Promise<void> {
  const page = shorten(html);
  const shape = page.replaceAll(/\b[0-9a-f]{24}\b|value="[\w+/=-]{40,}"|\d+/g, '');
  if (seen.has(shape)) return;
  const { results } = await validator.validateString(page);
  const lines = page.split('\n');
  const mistakes = results
    .flatMap(({ messages }) => messages)
    .map(
      ({ line, message, ruleId }) =>
        `  ${line}: ${message} (${ruleId})\n     ${(lines[line - 1] ?? '').slice(0, 200)}`,
    );
  if (mistakes.length > 0) throw new Error(`${where} is not valid HTML:\n${mistakes.join('\n')}`);
  seen.add(shape);
}

/** A list of four hundred time zones is as valid as its first five, and takes a fifth of a second less to check. */
const shorten = (html: string): string =>
  html.replaceAll(/((?:<option[^>]*>[^<]*<\/option>\s*){5})(?:<option[^>]*>[^<]*<\/option>\s*)+/g, '$1');
