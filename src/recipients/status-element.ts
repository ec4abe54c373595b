import { clockStateNames, type ClockState } from './clock-state.rules.js';
import { statusInWords, type Delivery, type Engagement } from './status.rules.js';

type Of = { delivery: Delivery; engagement: Engagement; clock: ClockState };

/** Where a recipient stands, and whether its clock says more than that it runs, as HTML: a list of fifty has no view for each. */
export function statusElement({ delivery, engagement, clock }: Of): string {
  const words = statusInWords({ delivery, engagement });
  return `<span class="status" data-delivery="${delivery}" data-engagement="${engagement}">${words}</span>${clockElement(clock)}`;
}

function clockElement(clock: ClockState): string {
  if (clock === 'late' || clock === 'very late')
    return ` <strong class="late">${clockStateNames[clock]}</strong>`;
  return clock === 'paused' ? ` <span class="quiet">${clockStateNames[clock]}</span>` : '';
}
