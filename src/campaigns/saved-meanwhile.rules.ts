import { withError, type FormState } from '../web/form.js';
import { approvalRuleNames, type ApprovalRule } from './campaign.rules.js';

export const SAVED_MEANWHILE =
  'Somebody saved this campaign while you were writing, and nothing of yours is saved yet. Each field that differs says what is saved by now. Put back what you do not mean to undo, then save again.';

/** Too long, or an id: what is saved is on the campaign’s page. */
const notRepeated = ['letter', 'asks', 'owner'];

/**
 * What was typed, on top of what is saved by now: whoever has seen where they differ may save again.
 * @param saved the values of the form as the campaign is now, its `version` with them
 */
export function onTopOf(saved: Record<string, unknown>, typed: FormState): FormState {
  const form: FormState = {
    values: { ...typed.values, version: saved['version'] },
    errors: { title: SAVED_MEANWHILE },
  };
  return Object.keys(saved)
    .filter((name) => name !== 'version' && name in typed.values)
    .filter((name) => plain(typed.values[name]) !== plain(saved[name]))
    .reduce(
      (state, name) =>
        withError(
          state,
          name,
          [state.errors[name], isNow(name, plain(saved[name]))].filter(Boolean).join(' '),
        ),
      form,
    );
}

function isNow(name: string, value: string): string {
  if (notRepeated.includes(name)) return 'Something else is saved by now: see the campaign’s page.';
  return `Saved by now: ${name === 'approval' ? approvalRuleNames[value as ApprovalRule] : value || 'nothing'}.`;
}

/** A form sends its line ends as CRLF. */
const plain = (value: unknown): string =>
  String((value as string | number | null | undefined) ?? '')
    .replaceAll('\r\n', '\n')
    .trim();
