import type { Express } from 'express';
import type passport from 'passport';
import type { Deps } from './deps.js';
import { snoozesRoutes } from './attention/snoozes.routes.js';
import { cadencesRoutes } from './cadences/cadences.routes.js';
import { startingRoutes } from './cadences/starting.routes.js';
import { calendarRoutes } from './calendar/calendar.routes.js';
import { campaignsRoutes } from './campaigns/campaigns.routes.js';
import { commitmentsRoutes } from './commitments/commitments.routes.js';
import { commitmentExportsRoutes } from './commitments/exports.routes.js';
import { matrixRoutes } from './commitments/matrix.routes.js';
import { dashboardRoutes } from './dashboard/dashboard.routes.js';
import { figuresRoutes } from './figures/figures.routes.js';
import { approvalRoutes } from './follow-ups/approval.routes.js';
import { followUpsRoutes } from './follow-ups/follow-ups.routes.js';
import { planningRoutes } from './follow-ups/planning.routes.js';
import { templatesRoutes } from './follow-ups/templates.routes.js';
import { holidaysRoutes } from './holidays/holidays.routes.js';
import { contactsRoutes } from './history/contacts.routes.js';
import { historyRoutes } from './history/history.routes.js';
import { sourcesRoutes } from './legislation/import/sources.routes.js';
import { milestonesRoutes } from './legislation/milestones.routes.js';
import { removalRoutes } from './legislation/removal.routes.js';
import { trackRoutes } from './legislation/track.routes.js';
import { tracksRoutes } from './legislation/tracks.routes.js';
import { outboxRoutes } from './mail/outbox.routes.js';
import { closuresRoutes } from './organisations/closures.routes.js';
import { peopleRemovalRoutes } from './organisations/people-removal.routes.js';
import { organisationRemovalRoutes } from './organisations/removal.routes.js';
import { organisationsRoutes } from './organisations/organisations.routes.js';
import { confirmationRoutes } from './organisations/confirmation.routes.js';
import { holdersRoutes } from './organisations/holders.routes.js';
import { officesRoutes } from './organisations/offices.routes.js';
import { clockRoutes } from './recipients/clock.routes.js';
import { recipientRemovalRoutes } from './recipients/removal.routes.js';
import { recipientRoutes } from './recipients/recipient.routes.js';
import { recipientsRoutes } from './recipients/recipients.routes.js';
import { unsubscribeRoutes } from './reminders/unsubscribe.routes.js';
import { inboxRoutes } from './replies/inbox.routes.js';
import { incomingMailRoutes } from './replies/incoming-mail.routes.js';
import { incomingPartsRoutes } from './replies/incoming-parts.routes.js';
import { sharingRoutes } from './sharing/sharing.routes.js';
import { suppressionsRoutes } from './suppressions/suppressions.routes.js';
import { triggerRoutes } from './triggers/trigger.routes.js';
import { triggersRoutes } from './triggers/triggers.routes.js';
import { accountRoutes } from './users/account.routes.js';
import { signInRoutes } from './users/sign-in.routes.js';
import { usersRoutes } from './users/users.routes.js';
import { healthRoutes } from './web/health.routes.js';

/** Where forms are posted without the token of a session: what does that has a secret in its address instead. */
export function addRoutesWithoutToken(app: Express, deps: Deps): void {
  app.use(unsubscribeRoutes(deps)); // /unsubscribe
}

/** The map: every URL prefix and the feature behind it. */
export function addRoutes(app: Express, deps: Deps, authenticator: passport.Authenticator): void {
  app.use(healthRoutes()); //         /health
  app.use(signInRoutes(authenticator)); // /sign-in  /sign-out
  app.use(accountRoutes(deps)); //    /account  /invitations  /password-resets  /set-up
  app.use(usersRoutes(deps)); //      /users
  app.use(campaignsRoutes(deps)); //  /campaigns
  app.use(organisationsRoutes(deps)); // /organisations
  app.use(officesRoutes(deps)); //    /organisations/:id/offices  /offices
  app.use(organisationRemovalRoutes(deps)); // /organisations/:id/removal  …/return  /offices/:id/removal  …/return
  app.use(peopleRemovalRoutes(deps)); // …/people/:person/removal  …/return  /offices/:id/holders/:holder/removal  …/return
  app.use(closuresRoutes(deps)); //   /organisations/:id/closures
  app.use(holidaysRoutes(deps)); //   /holidays
  app.use(holdersRoutes(deps)); //    /offices/:id/holders  /offices/:id/vacancy
  app.use(confirmationRoutes(deps)); // /offices/:id/holders/:holder/confirmation
  app.use(recipientsRoutes(deps)); // /campaigns/:id/recipients
  app.use(recipientRoutes(deps)); //  /recipients/:id
  app.use(recipientRemovalRoutes(deps)); // /recipients/:id/removal  …/return
  app.use(clockRoutes(deps)); //      /recipients/:id/clock  …/promises  …/clock-pauses  …/closings
  app.use(commitmentsRoutes(deps)); // /recipients/:id/commitments  /commitments
  app.use(commitmentExportsRoutes(deps)); // /campaigns/:id/commitments.csv  .json  .svg
  app.use(matrixRoutes()); //          /campaigns/:id/commitments
  app.use(figuresRoutes(deps)); //    /campaigns/:id/figures
  app.use(historyRoutes(deps)); //    /recipients/:id/entries  /entries
  app.use(contactsRoutes()); //       /campaigns/:id/contacts
  app.use(templatesRoutes(deps)); //  /campaigns/:id/templates  /templates
  app.use(cadencesRoutes(deps)); //   /campaigns/:id/cadences  /cadences
  app.use(startingRoutes(deps)); //   /cadences/:id/start  /cadence-starts  /recipients/:id/cadence-…
  app.use(planningRoutes(deps)); //   /recipients/:id/follow-ups  /follow-ups/:id/edit
  app.use(followUpsRoutes(deps)); //  /follow-ups
  app.use(approvalRoutes(deps)); //   /campaigns/:id/approval
  app.use(suppressionsRoutes(deps)); // /suppressions
  app.use(inboxRoutes(deps)); //      /inbox
  app.use(incomingMailRoutes(deps)); // /incoming-mail
  app.use(incomingPartsRoutes()); //  /incoming-mail/:id/source  …/html  …/files
  app.use(outboxRoutes()); //         /outbox
  app.use(tracksRoutes(deps)); //     /legislation  /tracks/:id/edit
  app.use(trackRoutes(deps)); //      /tracks/:id  …/happening  …/difference  …/related
  app.use(milestonesRoutes(deps)); // /tracks/:id/milestones
  app.use(removalRoutes(deps)); //    /tracks/:id/removal  …/return  /tracks/:id/milestones/:milestone/removal  …/return
  app.use(triggersRoutes(deps)); //   /campaigns/:id/triggers  /tracks/:id/milestones/:milestone/triggers
  app.use(triggerRoutes(deps)); //    /triggers/:id
  app.use(sourcesRoutes(deps)); //    /tracks/:id/sources  …/publications  /sources  /legislation/bills
  app.use(dashboardRoutes(deps)); //  /  /today  /went
  app.use(snoozesRoutes(deps)); //    /snoozes
  app.use(calendarRoutes(deps)); //   /calendar  /account/calendar
  app.use(sharingRoutes(deps)); //    /shared
}
