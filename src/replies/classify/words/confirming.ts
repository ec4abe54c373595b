import { phrases } from './phrases.js';

/** The reader is to prove that they are a person, or to open a link so that their mail goes on. */
export const isToProve = phrases(
  "(?:confirm|verify|prove|certify) …(?:you are|you're|yourself(?: to be)?|the sender is) (?:not )?(?:an? |the |indeed )?(?:real|human|person|robot|machine|spammer|legitimate|genuine|sender)",
  '(?:confirm|verify|prove) …(?:your identity|your (?:e-?mail )?address|your (?:e-?mail|message)|this (?:e-?mail|message) (?:was|is) )',
  '(?:to|for) …(?:release|releas) your (?:e-?mail|message)',
  '(?:click|clicking|follow|visit|open|press|use) …(?:link|url|address|page|button|here) …(?:to|and|in order to|so that|so) …(?:receive|confirm|verify|verification|prove|authenticate|release|deliver|complete|be added|have your|approve|validate|authori[sz]e)',
  '(?:confirm|verify|release|authenticate|deliver|validate|approve) …(?:by|,)? ?(?:simply |just )?(?:clicking|replying|visiting|following|entering|opening)',
  '(?:simply |just )?(?:reply|respond) to this (?:e-?mail|message|mail)[^.]{0,60}(?:confirm|deliver|release|unmodified|without changing|intact|verify)',
  '(?:bestätigen sie|um …zu bestätigen)[^.]{0,80}(?:mensch|person|absender|roboter|link)',
  '(?:klicken sie)[^.]{0,80}(?:bestätig|zugestellt|zustell|freigeb|freizugeben)',
  '(?:confirme[zr]|authentifie[zr]|prouve[zr]|cliquez|cliquer)[^.]{0,100}(?:humain|personne|expéditeur|robot|authentifi|confirmer|délivr|remis|débloqu)',
  '(?:confirme|confirmar|haga clic|clique|clicar|pulse)[^.]{0,100}(?:human|persona|pessoa|remitente|remetente|robot|confirmar|confirme|entreg|liberar)',
  '(?:conferm[ai]|confermare|clicca|clicchi)[^.]{0,100}(?:person|umano|mittente|robot|confermare|consegna|recapit)',
  '(?:klik|bevestig)[^.]{0,80}(?:persoon|mens|afzender|robot|bevestigen|afgeleverd|bezorgd)',
  '(?:klicka|klikk?|bekräfta|bekræft|bekreft)[^.]{0,80}(?:människa|menneske|person|avsändare|afsender|avsender|robot|leverera|levere)',
  '(?:potwierdź|kliknij|potvrďte|klikněte)[^.]{0,80}(?:człowiek|nadawc|osob|robot|dostarcz|člověk|odesílatel|doruč)',
  '(?:подтверди|нажмите|перейдите|пройдите)[^.]{0,100}(?:человек|отправител|робот|доставлен|подтвер)',
  '(?:onayla|doğrula|tıkla)[^.]{0,80}(?:insan|gönderen|robot|teslim|onay)',
  '(?:クリック|アクセス|確認|認証)[^。]{0,60}(?:人間|ロボット|送信者|配信|お届け|認証)',
  '(?:点击|點擊|打开|確認|确认|验证|驗證)[^。]{0,60}(?:真人|机器人|機器人|发件人|寄件人|送达|送達|投递|验证|驗證|确认)',
  '(?:클릭|확인|인증)[^.]{0,60}(?:사람|로봇|발신자|전달|인증)',
  '(?:לחץ|לאשר|אשר)[^.]{0,80}(?:אדם|רובוט|שולח)',
  '(?:اضغط|انقر|تأكيد)[^.]{0,80}(?:انسان|شخص|روبوت|المرسل)',
);

/** Their mail waits until then. */
export const isHeld = phrases(
  '(?:your|attached) (?:e-?mail|message|mail|note) …(?:(?:has been|is|was|is being|is currently) …(?:held|quarantined|waiting|queued|pending|delayed|on hold|stopped|suspended|blocked)|(?:has )?not (?:yet )?(?:been )?(?:delivered|reached)|(?:will|can|may) …be (?:delivered|released|accepted))',
  '(?:before|until|so that|in order for|for|to have|like|want) …your (?:e-?mail|message|mail) …(?:can be|is|will be|may be|gets|to be|to) ?(?:delivered|released|accepted|received|reach)',
  '(?:ensure|complete|allow|guarantee) (?:the )?delivery of your (?:e-?mail|message|mail)',
  'so (?:that )?(?:i|we|he|she) can (?:receive|get|read) your (?:e-?mail|message|mail)',
  '(?:you|address|sender) …(?:is|are) not (?:yet )?(?:on|in|pre-?approved|recogni[sz]ed) ?(?:by )?(?:my|his|her|the|our)? ?(?:guest list|white ?list|approved|allowed|contacts|address book)',
  '(?:ihre|deine) (?:e-?mail|nachricht|mail) …(?:wurde|wird|ist) …(?:zurückgehalten|zurückgestellt|nicht zugestellt|zugestellt|angehalten|in quarantäne)',
  'votre (?:message|courriel|e-?mail|mail) …(?:est|a été|sera|n.a pas) …(?:attente|bloqué|retenu|délivré|remis|transmis|suspendu)',
  '(?:su|tu|seu|sua|o seu|a sua) (?:mensaje|correo|mensagem|e-?mail) …(?:está|ha sido|foi|será|fue|no ha sido) …(?:retenid|espera|retid|bloquead|entregue|entregad|pendient|pendent|detenid)',
  '(?:il )?(?:suo|tuo|vostro) (?:messaggio|e-?mail) …(?:è|è stat[oa]|sarà) …(?:trattenut|attesa|bloccat|sospes|consegnat|recapitat)',
  '(?:uw|je) (?:bericht|e-?mail|mail) …(?:is|wordt|werd) …(?:vastgehouden|tegengehouden|wacht|afgeleverd|bezorgd)',
  '(?:ditt|din|dit) (?:meddelande|mejl|mail|besked|melding|e-?post) …(?:hålls|holdes|tilbageholdt|leverer|väntar|venter)',
  '(?:twoja|państwa|vaše|váš) (?:wiadomość|zpráva|e-?mail|správa) …(?:wstrzyman|oczekuje|dostarczon|pozdržen|čeká|doručen)',
  'ваше (?:письмо|сообщение) …(?:задержан|ожида|будет доставлен|не доставлен|поставлено)',
  '(?:e-?postanız|mesajınız) …(?:beklet|bekle|teslim|ulaş)',
  '(?:あなた|お客様|送信|この)[^。]{0,30}(?:メール|メッセージ)[^。]{0,30}(?:保留|配信され|届けられ|お届け)',
  '(?:您|你)的(?:邮件|郵件|信件|来信)[^。]{0,20}(?:等待|隔离|隔離|送达|送達|投递|暂存|拦截|攔截)',
  '(?:귀하|회원님|보내신)[^.]{0,20}(?:메일|메시지)[^.]{0,20}(?:보류|대기|전달)',
  '(?:הודעתך|ההודעה שלך)[^.]{0,40}(?:ממתינ|עוכב|תימסר)',
  '(?:رسالتك)[^.]{0,40}(?:انتظار|محتجز|تسليم)',
);

/** Against what it is done, or that it is done only once. */
export const isAgainstSpam = phrases(
  '(?:spam|junk|unsolicited|unwanted|robots?\\b|bots?\\b|captcha|human\\b|real person)',
  '(?:only|just) …once',
  '(?:one[ -]time|just (?:this )?once|only once|(?:have|need) to do this again)',
  'protected by',
  '(?:nur einmal|einmalig|roboter|unerwünscht)',
  '(?:une seule fois|pourriel|indésirable|humain)',
  '(?:una sola vez|una sola volta|uma única vez|uma só vez|no deseado)',
  '(?:eenmalig|ongewenste)',
  '(?:skräppost|uønsket|roskaposti|niechcian|nevyžádan)',
  '(?:спам|робот|один раз)',
  '(?:迷惑メール|スパム|ロボット)',
  '(?:垃圾邮件|垃圾郵件|机器人|機器人)',
  '(?:스팸|로봇)',
  '(?:דואר זבל|ספאם|רובוט)',
  '(?:مزعج|روبوت)',
);

/** A link or a code to do it with. */
export const hasWayToProve = (text: string): boolean =>
  /https?:\/\/\S|\b(?:code|captcha)\b|-confirm[-+]\S+@/.test(text);
