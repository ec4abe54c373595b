/** Who has to approve a follow-up: its author by saving it, any one person, or somebody other than its author. */
export const approvalRules = ['none', 'one', 'four eyes'] as const;
export type ApprovalRule = (typeof approvalRules)[number];

export const approvalRuleNames: Record<ApprovalRule, string> = {
  none: 'Nobody: what is saved leaves when it is due',
  one: 'One person, who may be its author',
  'four eyes': 'Somebody other than its author',
};

/**
 * How a campaign sends until somebody says otherwise; `latestHours` in hours, `approvalDays` in days, `mostPerDay` to one
 * organisation and to one mail domain.
 */
export const DEFAULT_SENDING = {
  latestHours: 24,
  mostPerDay: 3,
  approval: 'one',
  approvalDays: 14,
} as const satisfies {
  latestHours: number;
  mostPerDay: number;
  approval: ApprovalRule;
  approvalDays: number;
};

/** After how many working days an answer is late, and very late, as a new campaign begins. */
export const DEFAULT_CLOCK = { lateAfter: 20, veryLateAfter: 40 };

/** For how long, in ms, an approval holds: where nobody approves there is none that could be over. */
export const approvalHolds = ({
  approvalRule,
  approvalDays,
}: {
  approvalRule: ApprovalRule;
  approvalDays: number;
}): number => (approvalRule === 'none' ? Infinity : approvalDays * 86_400_000);
