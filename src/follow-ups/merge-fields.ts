/** What a template may use, in the words shown beside the editor. There is nothing else. */
export const mergeFields = {
  salutation: 'How a mail to the holder begins, without the comma, as written down with the holder.',
  holder: 'The name of the person who holds the office.',
  office: 'The office, for example Chief executive.',
  organisation: 'The name of the organisation.',
  campaign: 'The title of the campaign.',
  asks: 'What the campaign asks, as a numbered list.',
  last_contact:
    'When the last contact was, with its preposition: on 18 September 2023, or by that day where no more is known.',
  days_waiting: 'How many days have passed since the last contact, when this mail is due.',
  sender: 'The name of the person who plans the mail.',
} as const;

export type MergeField = keyof typeof mergeFields;

/** The value of each field for one recipient; an empty text means that it is missing. */
export type MergeValues = Record<MergeField, string>;

export const isMergeField = (name: string): name is MergeField => Object.hasOwn(mergeFields, name);
