/** The roles an account may have. `partner` reads the campaigns it was invited to and changes nothing. */
export const roles = ['admin', 'staff', 'partner'] as const;
export type Role = (typeof roles)[number];

export const roleNames: Record<Role, string> = {
  admin: 'Administrator',
  staff: 'Campaign staff',
  partner: 'Coalition partner',
};

/** Those who work on campaigns: the usual door of a page. */
export const STAFF: readonly Role[] = ['admin', 'staff'];
export const ADMIN: readonly Role[] = ['admin'];
export const EVERYONE_SIGNED_IN: readonly Role[] = roles;
export const PARTNERS: readonly Role[] = roles;

/** Who may approve follow-ups: administrators always, staff to whom one of them gave the right, partners never. */
export const mayApprove = (person: { role: Role; mayApprove?: boolean | null }): boolean =>
  person.role === 'admin' || (person.role === 'staff' && person.mayApprove === true);

/** Addresses are compared in this form. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/** From which hour of their own clock somebody is reminded who has not chosen one. */
export const REMINDER_HOUR = 8;

export const PASSWORD_MIN_LENGTH = 12;
