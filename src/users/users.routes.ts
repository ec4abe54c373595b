import type { Deps } from '../deps.js';
import { Campaign } from '../campaigns/campaign.model.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { closeAccount, editAccess, findUser, reopenAccount } from './accounts.js';
import { readMailTrouble } from './mail-trouble.js';
import { invitationInWords, whatCameOfIt } from './mail-trouble.rules.js';
import { invite, sendInvitation } from './one-time-links.js';
import { readOwned } from './owned.js';
import { accessForm, invitationForm } from './user.form.js';
import { User, type UserRecord } from './user.model.js';
import { ADMIN, mayApprove, roleNames, roles } from './user.rules.js';
import { timeZones } from './time-zones.js';

/** Accounts, for administrators. */
export function usersRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/users', ADMIN, async (req, res) => {
    const users = await User.find().sort({ name: 1 }).lean<UserRecord[]>();
    const campaigns = await Campaign.find({}, { title: 1 }).lean();
    const titles = Object.fromEntries(campaigns.map(({ _id, title }) => [String(_id), title]));
    const link = req.session.linkShownOnce ?? null;
    delete req.session.linkShownOnce;
    const mailTrouble = await readMailTrouble(deps.now());
    await renderPage(res, 'users/index', 'People', {
      users,
      roleNames,
      mayApprove,
      titles,
      link,
      mailTrouble,
      whatCameOfIt,
    });
  });

  routes.get('/users/new', ADMIN, async (req, res) =>
    showForm(res, emptyForm({ role: 'staff', timeZone: req.user!.timeZone })),
  );

  routes.post('/users', ADMIN, async (req, res) => {
    const read = parseForm(invitationForm, req.body);
    if (!read.ok) return showForm(res, read.form);
    const made = await refusedAsField(() => invite(read.value, deps));
    if ('refused' in made) return showForm(res, withError(read.form, 'email', made.refused));
    req.session.linkShownOnce = made.value.link;
    req.session.notice = invitationInWords(read.value.name, made.value.mail);
    return res.redirect('/users');
  });

  routes.get('/users/:id/edit', ADMIN, async (req, res) => {
    const person = await findUser(idOf(req));
    await showEditForm(
      res,
      emptyForm({
        role: person.role,
        campaigns: person.campaigns.map(String),
        mayApprove: person.mayApprove ? 'yes' : '',
      }),
      person,
    );
  });

  routes.post('/users/:id', ADMIN, async (req, res) => {
    const person = await findUser(idOf(req));
    const read = parseForm(accessForm, req.body);
    if (!read.ok) return showEditForm(res, read.form, person);
    const saved = await refusedAsField(() => editAccess(person._id, read.value));
    if ('refused' in saved) return showEditForm(res, withError(read.form, 'role', saved.refused), person);
    req.session.notice = `What ${person.name} may do is saved.`;
    return res.redirect('/users');
  });

  routes.post('/users/:id/invitation', ADMIN, async (req, res) => {
    const person = await findUser(idOf(req));
    const { link, mail } = await sendInvitation(person._id, deps);
    req.session.linkShownOnce = link;
    req.session.notice = `${invitationInWords(person.name, mail)} The earlier link no longer works.`;
    res.redirect('/users');
  });

  routes.get('/users/:id/closing', ADMIN, async (req, res) => {
    const person = await findUser(idOf(req));
    if (person.closedAt) return res.redirect('/users');
    const owned = await readOwned(person._id);
    return renderPage(res, 'users/close', `Close the account of ${person.name}?`, { person, owned });
  });

  routes.post('/users/:id/closing', ADMIN, async (req, res) => {
    const person = await findUser(idOf(req));
    await closeAccount(person._id, deps.now());
    req.session.notice = `The account of ${person.name} is closed and signed out everywhere. It can be reopened here.`;
    res.redirect('/users');
  });

  routes.post('/users/:id/reopening', ADMIN, async (req, res) => {
    const person = await findUser(idOf(req));
    await reopenAccount(person._id);
    const { link, mail } = await sendInvitation(person._id, deps);
    req.session.linkShownOnce = link;
    req.session.notice = `The account is open again, and wants a new password. ${invitationInWords(person.name, mail)}`;
    res.redirect('/users');
  });

  return routes.handler;
}

type Page = Parameters<typeof renderForm>[0];

async function showEditForm(res: Page, form: FormState, person: UserRecord) {
  const campaigns = await Campaign.find({}, { title: 1 }).sort({ title: 1 }).lean();
  await renderForm(res, 'users/edit', `What ${person.name} may do`, {
    form,
    person,
    roles,
    roleNames,
    campaigns,
  });
}

async function showForm(res: Page, form: FormState) {
  const campaigns = await Campaign.find({}, { title: 1 }).sort({ title: 1 }).lean();
  await renderForm(res, 'users/new', 'Invite somebody', { form, roles, roleNames, timeZones, campaigns });
}
