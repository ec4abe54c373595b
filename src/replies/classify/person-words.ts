const GREETING =
  /^(?:dear|hi|hello|hey|good (?:morning|day|afternoon)|hallo|liebe|sehr geehrt|guten|bonjour|chere?|hola|estimad|buen[oa]s|ciao|gentile|buongiorno|beste|geachte|hej|hei|kære|kjære|bästa|hyvä|moi|tisztelt|kedves|dzień dobry|szanown|drog[ia]|dobr[ýy] de[nň]|vážen|bună|stimat|prezad|car[oa] |ol[áa] |bom dia|boa tarde|γεια|αγαπητ|καλημέρα|merhaba|sayın|sevgili|здравствуйте|добрый|уважаем|дорог|шановн|вітаю|доброго|здравей|poštovan|dragi|draga|dobar dan|spoštovan|pozdravljen|gerb|labdien|tere|lugupeetud|שלום|היי |לכבוד|السلام|مرحبا|عزيزي|kính gửi|xin chào|thưa|halo|selamat|yth)\S{0,3}(?![\p{L}\d])(?!.{0,40}\bthis is (?:the|an?) )(?!.{0,24}(?:sender|user|customer|absender|nutzer|expéditeur|utilisateur|remitente|usuario|mittente|utente|feladó|felhasználó|отправител|пользовател|kullanıcı|gönder|lähettäjä|avsändar|nadawc|odesílatel))/iu;
const GOODBYE =
  /(?<![\p{L}\d])(?:(?:best|kind|warm)(?:est)? (?:regards|wishes)|yours (?:sincerely|faithfully)|sincerely|cheers|mit freundlichen gr|viele gr|herzliche|cordialement|bien . vous|saludos|un saludo|atentamente|cordiali saluti|distinti saluti|atenciosamente|cumprimentos|met vriendelijke|groet|venlig hilsen|med vennlig|vänliga hälsningar|mvh|terveisin|ystävällisin|pozdrawiam|z poważaniem|s pozdravem|s pozdravom|s úctou|üdvözlettel|tisztelettel|cu stimă|cu respect|με εκτίμηση|φιλικά|saygılar|selamlar|с уважением|з повагою|поздрави|s poštovanjem|srdačan|lep pozdrav|lijep pozdrav|pagarbiai|ar cieņu|lugupidamisega|בברכה|تحيات|مع (?:ال)?تحي|trân trọng|hormat kami)/iu;

/** Whoever says I, but for qmail and those after it, and no letter of a `V I R U S`. `Je` is French for I, and Czech for is. */
const FIRST_PERSON =
  /(?:^|[\s,;.!?"(])(?:I(?!(?:'m|'ve| am| have)? (?:wasn't|couldn't|haven't|was not|could not|tried to deliver|sorry|afraid|not going|given up|failed))(?:'m|'ve|'ll|'d)?|[Ii]ch|[Jj]e(?= (?:suis|vous|peux|veux|dois|viens|fais|vais|pense|crois|signe|souhaite|serai|soutiens|reste|tiens|n|m|l|te |les ))|[Jj]'ai|[Ii]k|[Jj]ag|[Jj]eg|[Yy]o|[Ii]o|[Ee]u|[Яя]|[Mm]inä|[Éé]n|[Bb]en|אני|أنا|[Tt]ôi|[Ss]aya)(?=[\s,](?!\S \S\b))/u;

/** What somebody who looks after a server did about it. */
const MENDED =
  /\bwe(?:'ve| have)? (?:now |since |just )?(?:fixed|mended|repaired|corrected|changed|moved|raised|increased|adjusted|released|cleared|freed|added|sorted)\b|\b(?:has|have) (?:now |since |just |today |already )?been (?:released|freed|fixed|mended|repaired|unblocked)\b|(?:haben wir (?:behoben|korrigiert|ge.ndert|gel.st)|wir haben .{0,60}(?:behoben|korrigiert|ge.ndert|erh.ht|gel.st|freigegeben))|nous avons (?:corrig|r.gl|modifi|augment|d.bloqu)|(?:hemos|he) (?:corregid|solucionad|cambiad|ampliad|aumentad|desbloquead)|abbiamo (?:corrett|risolt|modificat|aumentat|sbloccat)|(?:hebben|heb) .{0,40}(?:opgelost|aangepast|hersteld|verholpen)/iu;

/** Does it greet, as people do and mailing programs of providers as well? */
export const isGreeting = (words: string): boolean => GREETING.test(words);

/** What Apache James says of itself in every report. */
const JAMES =
  /\bbelow I include the list of recipients and the reason why I was unable to deliver your message\b/i;

/** Does it say I, goodbye, or what was done about it? */
export const isSaidByPerson = (words: string): boolean =>
  [GOODBYE, FIRST_PERSON, MENDED].some((pattern) => pattern.test(words.replace(JAMES, ' ')));
