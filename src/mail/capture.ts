import { isDuplicate } from '../database.js';
import { CapturedMessage, type CapturedMessageRecord } from './captured-message.model.js';

type Captured = Pick<
  CapturedMessageRecord,
  'messageId' | 'kind' | 'to' | 'subject' | 'why' | 'capturedAt' | 'followUp'
> & { raw: Buffer };

/** Puts a message into the outbox, once, and nowhere else. */
export async function capture(message: Captured): Promise<void> {
  try {
    await CapturedMessage.create(message);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
