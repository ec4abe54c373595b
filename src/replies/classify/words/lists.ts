import { phrases } from './phrases.js';

/** What programs of mailing lists say of a post that they did not hand on. */
export const isRefusedByList = phrases(
  'you are not (?:a |an )?(?:allowed|authori[sz]ed|permitted|eligible) to (?:post|send|submit) …(?:to|messages|mail)',
  'not (?:a )?(?:member|subscriber|subscribed) (?:of|to) (?:this|the) …(?:ml|mailing[ -]?list|list|group)\\b',
  '(?:message|mail|e-?mail|post|posting|submission) …(?:has been|was|is) …(?:rejected|refused|bounced|not distributed|discarded|not accepted|declined) …(?:by|from|to|because)? ?…(?:list|members?|subscribers?|moderator)',
  '(?:message|mail|e-?mail|post|posting) …(?:is|was) not (?:distributed|posted|sent) to the …(?:list|group|subscribers|members)',
  '(?:only|closed:? only) (?:list )?(?:subscribers|members|moderators|owners) …(?:can|may|are allowed to|are permitted to) (?:post|send|write)',
  'the list …is (?:closed|restricted|private|moderated)[^.]{0,80}(?:subscribers|members)',
  'non-?members are not allowed to post',
  '(?:could not be|cannot be|was not) (?:delivered|distributed|posted) to the (?:mailing )?(?:list|group) …(?:because|since|as)',
  '(?:posting|post|submission) …(?:was|has been) automatically (?:rejected|discarded)|has been automatically (?:rejected|discarded)',
  // Mailman's filter of contents, which says no more
  "[.:] the message's (?:content type|file extension) was (?:not explicitly allowed|explicitly disallowed)$",
  '[.:] after content filtering, the message was empty$',
  '(?:sie sind|ihre adresse ist) …(?:kein mitglied|nicht (?:berechtigt|befugt|eingetragen|abonniert|mitglied))[^.]{0,60}(?:liste|verteiler)',
  '(?:an|auf) (?:dieser|diese|die) (?:mailing-?)?liste …(?:nur|nicht) …(?:mitglieder|abonnenten|schreiben|senden)',
  "vous n'êtes pas …(?:autorisé|abonné|membre)[^.]{0,60}(?:liste|groupe)",
  '(?:seuls les|réservée aux) (?:abonnés|membres) …(?:peuvent|sont autorisés|de la liste)',
  "(?:n'a pas été|a été) (?:diffusé|distribué|refusé|rejeté)[^.]{0,60}(?:liste|abonnés)",
  'message pour la liste …n.a pas été',
  'no (?:está|tiene|es) …(?:autorizad|suscrit|permis|miembro)[^.]{0,60}(?:lista|grupo)',
  '(?:solo|sólo) los (?:suscriptores|miembros) …(?:pueden|están autorizados|de la lista)',
  '(?:soltanto|solo) gli? (?:iscritti|membri) …(?:possono|sono autorizzati)',
  '(?:apenas|somente|só) (?:os )?(?:assinantes|membros|inscritos) …(?:podem|estão autorizados)',
  'nur (?:für )?(?:mitglieder|abonnenten|eingetragene \\S+) …(?:dürfen|können|schreiben|zugelassen)',
  'não (?:está|tem|é) …(?:autorizad|inscrit|permiss|membro)[^.]{0,60}(?:lista|grupo)',
  'non (?:sei|è|siete) …(?:autorizzat|iscritt|abilitat)[^.]{0,60}(?:lista|gruppo)',
  'nie (?:jesteś|jest) …(?:uprawnion|subskrybent|zapisan|członk)[^.]{0,60}(?:list|grup)',
  '(?:u bent|je bent) …(?:geen lid|niet (?:gemachtigd|geabonneerd|bevoegd))[^.]{0,60}(?:lijst|groep)',
  '(?:вы не|ваш адрес не) …(?:подпис|член|имеете права)[^.]{0,60}(?:рассыл|спис|лист)',
  '(?:メーリングリスト|投稿)[^。]{0,60}(?:配送され|登録され|投稿でき|受け付け)(?:られ)?(?:てい)?ま(?:せん|す)',
);

/** There is no list of this name, Majordomo says. */
export const isNoList = phrases('\\*{4} the address \\S{1,200} is not a known list at this site');

/** A list by its address, or its name in quotes: people speak of lists of signatories, too. */
const NAMED = '(?:["\'«<(„“] ?[^"\'»>)”“]{1,200}["\'»>)”“]|\\S{1,100}@\\S{1,100})';

/** The same of Sympa and others, whose subject comes first. */
export const isUnknownList = phrases(
  `(?:address|${NAMED}) is not a known (?:mailing )?list\\b`,
  '^unknown (?:mailing )?list\\b|^liste (?:de diffusion )?inconnue|^unbekannte (?:mailing-?)?liste|^lista (?:desconocida|desconhecida|sconosciuta)|^onbekende (?:mailing)?lijst|^nieznana lista',
  `\\bno (?:such )?(?:mailing )?list (?:named |called )?${NAMED}`,
  `\\blist ${NAMED} (?:does not|doesn.t) exist`,
  `\\bliste ${NAMED} (?:n.existe pas|est inconnue|existiert (?:hier )?nicht|ist (?:hier )?(?:unbekannt|nicht bekannt))`,
  `\\blista ${NAMED} (?:no existe|nao existe|non esiste|nie istnieje)|\\blijst ${NAMED} bestaat niet`,
);

/** A post waits until somebody who looks after the list has seen it. */
export const isHeldForModerator = phrases(
  '(?:is|being|was|has been|be) held (?:until|for|pending|because|waiting)[^.]{0,80}(?:moderator|owner|approv|review|editor)',
  '(?:awaits?|awaiting|waiting for|needs|requires|pending|subject to) …(?:moderator|owner|editor|administrator|list)(?:s|.s)? …(?:approval|review|confirmation|attention)',
  '(?:your|message|mail|posting|post|it) …(?:has been|was|is being|is) (?:forwarded|submitted|passed|distributed) to the …(?:moderator|editor|list owner|owner)',
  '(?:moderator|editor|owner)s? …(?:will|must|has to|have to|needs? to) …(?:review|approve|decide|look at|validate)',
  '(?:moderator|listenverwalter|moderation)\\S* …(?:freigegeben|freigabe|genehmigt|geprüft|zustimm|bestätig)',
  '(?:wartet|zurückgehalten|angehalten)[^.]{0,80}(?:moderator|freigabe|genehmigung|listenverwalt)',
  '(?:attente|retenu|soumis|transmis)[^.]{0,80}(?:modérat|approbation|propriétaire de la liste)',
  '(?:espera|retenid|retid|pendient|pendent|aguarda)[^.]{0,80}(?:modera|aprob|aprov)',
  '(?:attesa|attende|trattenut|sospes)[^.]{0,80}(?:moderat|approvaz)',
  '(?:oczekuje|wstrzyman|czeká|pozdržen)[^.]{0,80}(?:moderator|akcept|schvál)',
  '(?:wacht|vastgehouden|inväntar|väntar|afventer|venter)[^.]{0,80}(?:moderator|goedkeuring|godkän|godken|godkjen)',
  '(?:ожида|задержан)[^.]{0,80}(?:модератор|одобрен)',
  '(?:モデレータ|司会者|管理者)[^。]{0,40}(?:承認|確認|保留)',
);
