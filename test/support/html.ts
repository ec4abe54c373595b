import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    'prefer-native-element': ['error', { exclude: ['button', 'region'] }],
    // how the markup is typed, not whether it is right
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'long-title': 'off',
    'no-redundant-for': 'off',
    'require-sri': 'off', // everything comes from our own host
    // the only action of a form is its submit button
    'no-implicit-button-type': 'off',
  },
});

/** @throws when a page is not valid HTML, with each mistake and the line it is on */
export async function assertValidHtml(html: string, where: string): Promise<void> {
  const { results } = await validator.validateString(html);
  const lines = html.split('\n');
  const mistakes = results
    .flatMap(({ messages }) => messages)
    .map(
      ({ line, message, ruleId }) =>
        `  ${line}: ${message} (${ruleId})\n     ${(lines[line - 1] ?? '').slice(0, 200)}`,
    );
  if (mistakes.length > 0) throw new Error(`${where} is not valid HTML:\n${mistakes.join('\n')}`);
}
