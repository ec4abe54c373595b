import type { Types } from 'mongoose';
import { readPage, type Page } from '../web/paging.js';
import { Publication, type PublicationRecord } from './publication.model.js';

const LATEST = 5;

/** One page of what sources list about a law, the latest first. */
export const readPublications = (track: Types.ObjectId, page: number): Promise<Page<PublicationRecord>> =>
  readPage(inOrder(track), page);

export const latestPublications = (track: Types.ObjectId): Promise<PublicationRecord[]> =>
  inOrder(track).limit(LATEST).exec();

const inOrder = (track: Types.ObjectId) =>
  Publication.find({ track }).sort({ publishedOn: -1, _id: -1 }).lean<PublicationRecord[]>();
