import { phrases } from './phrases.js';

/** How to get no more of it. */
export const isUnsubscribable = phrases(
  'unsubscribe',
  'opt[ -]?out',
  '(?:manage|update) (?:your )?(?:e-?mail |subscription )?preferences',
  'view (?:this )?(?:e-?mail |it )?in (?:your|a) browser',
  'view (?:it |this )?online',
  '(?:abmelden|abbestellen|austragen|newsletter abmelden)',
  '(?:désabonn|désinscri)',
  '(?:darse de baja|cancelar (?:la )?suscripci|desuscrib)',
  '(?:cancelar (?:a )?(?:subscri|inscri)|descadastr|remover (?:a )?inscri)',
  "(?:annulla(?:re)? (?:l')?iscrizione|disiscriv|cancellati|cancella iscrizione)",
  '(?:afmelden|uitschrijven)',
  '(?:avregistrer|avprenumer|avsluta prenumeration)',
  '(?:afmeld|frameld|avmeld|meld deg av)',
  '(?:peruuta tilaus|poistu listalta)',
  '(?:wypisz|rezygnuj|anuluj subskrypcj)',
  '(?:odhlásit|odhlásiť|odber)',
  'leiratkoz',
  'dezabon',
  'διαγραφή',
  '(?:отписаться|відписатися|отпиш)',
  '(?:abonelikten|listeden) (?:çık|ayrıl)',
  '(?:配信停止|購読解除|登録解除|退会)',
  '(?:退订|退訂|取消订阅|取消訂閱)',
  '수신 ?거부',
  '(?:הסר|להסרה|הסרה מרשימ)',
  '(?:إلغاء الاشتراك|الغاء الاشتراك)',
  '(?:hủy đăng ký|berhenti berlangganan|ยกเลิกการสมัคร)',
);

/** What it calls itself, or how it is better seen. */
export const isOfNewsletter = phrases(
  'newsletters?\\b',
  'in (?:your|a|the|ihrem|im) browser',
  "(?:s'affiche pas|version en ligne|lettre d'information)",
  '(?:boletín|ver en el navegador|boletim|ver no navegador|vedi nel browser)',
  '(?:nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|biuletyn|zpravodaj|hírlevél|рассылк|bülten)',
  '(?:メールマガジン|メルマガ|配信停止|通讯|電子報|뉴스레터|ניוזלטר|نشرة)',
);
