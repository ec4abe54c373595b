import type { CheerioAPI } from 'cheerio';
import type { Express } from 'express';
import type request from 'supertest';
import type { Role } from '../../src/users/user.rules.js';
import { aUser, PASSWORD, type TestUser } from './factories.js';
import { assertValidHtml } from './html.js';
import { outside } from './outside.js';

const { load } = outside('cheerio') as typeof import('cheerio');
const { agent: agentOf } = outside('supertest') as typeof request;

export type Fields = Record<string, string | string[]>;
export type TestFile = { name: string; content: Buffer | string; type?: string };

export type Page = {
  status: number;
  headers: Record<string, string>;
  /** where it redirects to, if it does */
  location: string | undefined;
  html: string;
  $: CheerioAPI;
  /** what a person reads in the main part, with single spaces */
  main: string;
};

/** The app itself, or the address of one that runs. */
export type Site = { app: Express | string };

export type Visitor = ReturnType<typeof createVisitor>;
export type SignedIn = Visitor & { user: TestUser };

/** Somebody with a browser that keeps cookies. Every page they open is checked to be valid HTML. */
export const aVisitor = ({ app }: Site): Visitor => createVisitor(app);

/** Signs in as a person would: opens the page, fills it in, sends it. */
export async function signInAs(site: Site, who: Role | TestUser): Promise<SignedIn> {
  const user = typeof who === 'string' ? await aUser({ role: who }) : who;
  const visitor = aVisitor(site);
  const answer = await visitor.postForm('/sign-in', {
    email: user.email,
    password: user.password ?? PASSWORD,
  });
  if (answer.status !== 302) throw new Error(`${user.email} could not sign in: ${answer.main}`);
  return { ...visitor, user };
}

function createVisitor(app: Site['app']) {
  const agent = agentOf(app);

  const get = async (path: string): Promise<Page> => toPage(await agent.get(path), `GET ${path}`);

  /**
   * Opens the page with the form and takes from it what a browser sends unseen: the CSRF token, a version where there is one, what the
   * page showed of that which is changed, and the id of a form that creates something.
   */
  async function hiddenOf(page: string, action?: string): Promise<Fields & { _csrf: string }> {
    const { $, status } = await get(page);
    const token = $('input[name=_csrf]').first().attr('value');
    if (!token) throw new Error(`${page} (status ${status}) has no form with a CSRF token`);
    const version = $('main input[type=hidden][name=version]').attr('value');
    const opened = $(`form[action="${action}"] input[name=opened]`).attr('value');
    const formId = $(`form[action="${action}"] input[name=formId]`).attr('value');
    return {
      _csrf: token,
      ...(version && { version }),
      ...(opened && { opened }),
      ...(formId && { formId }),
    };
  }

  /** Without `from`, the path itself is opened. */
  const tokenFrom = async (page: string): Promise<string> => (await hiddenOf(page))._csrf;

  async function postForm(path: string, fields: Fields = {}, from = path): Promise<Page> {
    return postRaw(path, encode({ ...(await hiddenOf(from, path)), ...fields }));
  }

  /** Posts these bytes as a form, whatever they are. */
  async function postRaw(path: string, body: string): Promise<Page> {
    return toPage(await agent.post(path).type('form').send(body), `POST ${path}`);
  }

  /** Posts a form with files, as `multipart/form-data`. */
  async function upload(path: string, fields: Fields, files: TestFile[], from = path): Promise<Page> {
    const post = agent.post(path);
    for (const [name, value] of Object.entries({ ...(await hiddenOf(from, path)), ...fields })) {
      for (const one of [value].flat()) post.field(name, one);
    }
    for (const { name, content, type } of files) {
      post.attach('attachments', Buffer.from(content), { filename: name, contentType: type });
    }
    return toPage(await post, `POST ${path}`);
  }

  /** The bytes of a download. */
  const download = (path: string) => agent.get(path).buffer(true).parse(readAll);

  return { agent, get, postForm, postRaw, upload, download, tokenFrom, hiddenOf };
}

const encode = (fields: Fields): string => {
  const encoded = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) encoded.append(name, one);
  return encoded.toString();
};

async function toPage(answer: request.Response, what: string): Promise<Page> {
  const html = answer.text ?? '';
  const isPage = String(answer.headers['content-type']).startsWith('text/html') && answer.status !== 302;
  if (isPage) await assertValidHtml(html, what);
  const $ = load(html);
  return {
    status: answer.status,
    headers: answer.headers,
    location: answer.headers['location'],
    html,
    $,
    main: $('main').text().replaceAll(/\s+/g, ' ').trim(),
  };
}

function readAll(answer: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const stream = answer as unknown as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('error', (error) => done(error, Buffer.alloc(0)));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
