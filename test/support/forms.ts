import { expect } from '@jest/globals';
import type { Page } from './visitor.js';

/** What a field of the page's form holds: typed, chosen or ticked. */
export function valueOf({ $ }: Page, name: string): string | undefined {
  const field = $(`main [name="${name}"]`).first();
  if (field.is('select')) return field.find('option[selected]').attr('value');
  if (field.is('textarea')) return field.text().replace(/^\n/, '');
  if (field.is('[type=checkbox]')) return $(`main [name="${name}"][checked]`).attr('value');
  return field.attr('value');
}

/**
 * The form came back: status 422, one sentence beside each wrong field and in the summary, linked to the field,
 * and what was typed is still there.
 */
export function expectMistakes(
  page: Page,
  mistakes: Record<string, string>,
  typed: Record<string, string> = {},
): void {
  const { $ } = page;
  const summary = Object.fromEntries(
    $('.error-summary a')
      .toArray()
      .map((link) => [$(link).attr('href')!.slice(1), $(link).text()]),
  );
  expect({ status: page.status, title: $('title').text(), summary }).toEqual({
    status: 422,
    title: expect.stringMatching(/^Please check: /),
    summary: mistakes,
  });
  for (const [name, sentence] of Object.entries(mistakes)) {
    expect($(`[id="${name}"]`)).toHaveLength(1);
    expect(`${name}: ${$(`[id="${name}-error"]`).text()}`).toBe(`${name}: ${sentence}`);
  }
  for (const [name, value] of Object.entries(typed))
    expect(`${name}: ${valueOf(page, name)}`).toBe(`${name}: ${value}`);
}
