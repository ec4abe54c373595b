const BANNER = /^\s*\[?extern(?:al)?\b[^\n]{0,200}(?:\n|$)/i;

/** A text without the line that our own gateway may put above mail from outside. */
export const withoutBanner = (text: string): string => text.replace(BANNER, '');
