const MEGABYTE = 1_000_000;
const megabyteOf = (piece: string): string =>
  piece.repeat(Math.ceil(MEGABYTE / piece.length)).slice(0, MEGABYTE);

/** What somebody would send who wants HTML to take long: what it is, and a megabyte of it, alone or after something. */
export const hostileMegabytes: [string, string][] = [
  ...[
    '<div>',
    '<b>',
    '<',
    '<a href=',
    '<a href="',
    '<table><tr><td>',
    '<!--',
    '<!',
    '<![CDATA[',
    '<?',
    '<script>',
  ].map((piece) => [piece, megabyteOf(piece)] as [string, string]),
  ...[
    '<svg><title>',
    '<ul><li>',
    '<blockquote>',
    '<p>',
    '<br>',
    '<img alt=x>',
    '<span>x</span>',
    '&',
    '&#x3c;',
  ].map((piece) => [piece, megabyteOf(piece)] as [string, string]),
  ...['>', '<>', '</b>', '\u0000<', ' \n', '&nbsp;', '<td>x', '<dt>x<dd>', '<b>x\n'].map(
    (piece) => [piece, megabyteOf(piece)] as [string, string],
  ),
  ['an end tag below 490 elements', '<i>'.repeat(490) + megabyteOf('</b>')],
  ['elements opened and closed 490 deep', megabyteOf('<i>'.repeat(490) + '</i>'.repeat(490))],
  ['lines 400 quotes deep', '<blockquote>'.repeat(400) + megabyteOf('x<br>')],
  ['lines 200 lists deep', '<ul><li>'.repeat(200) + megabyteOf('x<br>')],
  ['Roman numbers', `<ol type=i start=3000>${megabyteOf('<li>x')}`],
  ['spaces as they were typed', `<pre>${megabyteOf(' ')}x`],
  ['attributes', `<a ${megabyteOf('x ')}`],
  ['one style', `<div style="${megabyteOf('border-top: ')}">x`],
  ['one language', `<p lang="${megabyteOf('a-')}">x`],
  ['one alternative text', `<img alt="${megabyteOf(' ')}x">`],
  ['one word', megabyteOf('x')],
];
