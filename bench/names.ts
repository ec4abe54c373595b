/** A source of numbers from 0 to 1 that is the same in every run (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const first = [
  'Alba',
  'Bern',
  'Cleo',
  'Davi',
  'Edda',
  'Finn',
  'Gwen',
  'Hugo',
  'Ines',
  'Joah',
  'Kaia',
  'Lior',
];
const last = [
  'Ambrel',
  'Brook',
  'Corven',
  'Dunmar',
  'Ellory',
  'Fennick',
  'Garrow',
  'Hollin',
  'Istvane',
  'Jorvik',
];
const company = [
  'Lumen',
  'Harbour',
  'Quill',
  'Verdant',
  'Nimbus',
  'Cobalt',
  'Marrow',
  'Sable',
  'Tallow',
  'Umber',
];
const trade = ['Messaging', 'Networks', 'Video', 'Games', 'Cloud', 'Search', 'Social', 'Devices'];
const words =
  'we thank you for the letter and have passed it to the team that looks after safety who will read each of its points and write again before the end of the month about what is planned and by when'.split(
    ' ',
  );

/** Everything made up: nobody and nothing real is called so. */
export const personName = (n: number): string =>
  `${first[n % first.length]!} ${last[Math.floor(n / first.length) % last.length]!}`;

export const companyName = (n: number): string =>
  `${company[n % company.length]!} ${trade[Math.floor(n / company.length) % trade.length]!} ${n + 1}`;

export function sentence(random: () => number): string {
  const length = 12 + Math.floor(random() * 40);
  return `${Array.from({ length }, () => words[Math.floor(random() * words.length)]!).join(' ')}.`;
}
