import { phrases } from './phrases.js';

/** They thank for the mail, as people do. */
export const isThanked = phrases(
  'thank you for (?:your (?:e-?mail|message|enquiry|inquiry|request|interest|feedback|submission|letter)|contacting|writing|getting in touch|reaching out)',
  'thanks for (?:your|contacting|reaching out|getting in touch)',
  '(?:vielen )?dank für (?:ihre|deine|die) ',
  'merci (?:de nous avoir|pour votre|de votre)',
  'gracias por (?:su|tu|contactar|ponerse)',
  'obrigad[oa] (?:por|pelo|pela)',
  'grazie per (?:la|il|averci)',
  '(?:bedankt|dank) (?:u |je )?(?:wel )?voor',
  'tack för',
  'tak for',
  'takk for',
  'kiitos',
  'dziękujemy za',
  'děkujeme za',
  'ďakujeme za',
  'köszönjük',
  'vă mulțumim',
  'ευχαριστούμε',
  'спасибо за',
  'благодарим',
  'дякуємо',
  'teşekkür',
  'ありがとうございま',
  '(?:感谢|感謝|谢谢|謝謝)',
  '감사합니다',
  'תודה',
  'شكرا',
  'cảm ơn',
  'terima kasih',
  'ขอบคุณ',
);

/** It was received. */
export const isReceived = phrases(
  '(?:acknowledge|confirm) (?:the )?receipt',
  'acknowledge that we …received',
  '(?:we|we have|we.ve) (?:just |now |safely )?(?:got|received|recieved) your',
  'your …(?:has been|was|have been) (?:successfully )?(?:received|registered|logged|submitted|recorded)',
  '(?:wir haben|haben wir) ihre …erhalten',
  'ihre …(?:ist|sind) …eingegangen',
  'nous avons bien (?:reçu|enregistré)',
  'votre …a bien été (?:reçu|pris|enregistr|transmis)',
  '(?:nous accusons|accusé de) réception',
  '(?:hemos|he) recibido (?:su|tu)',
  '(?:su|tu) …ha sido (?:recibid|registrad|enviad)',
  '(?:recebemos|receberam) (?:o|a)? ?(?:seu|sua|vossa)',
  'abbiamo ricevuto (?:la|il) (?:sua|tua|vostra|suo|tuo|vostro)',
  'la (?:sua|tua|vostra) …è stata (?:ricevuta|registrata|presa)',
  '(?:we|wij) hebben (?:uw|je|jouw) …ontvangen',
  '(?:uw|je) …is (?:goed )?(?:ontvangen|geregistreerd)',
  'vi har (?:mottagit|tagit emot|fått|modtaget|mottatt) (?:ditt|din|ert|er|deres)',
  '(?:olemme vastaanottaneet|viestisi on vastaanotettu|olemme saaneet)',
  'otrzymaliśmy (?:państwa|twoj|pańsk)',
  '(?:obdrželi|přijali) jsme',
  '(?:vaše|váš) …(?:byl[ao]?) …(?:přijat|zaregistrován|doručen)',
  'megkaptuk',
  'am primit (?:mesajul|solicitarea)',
  'λάβαμε (?:το|την)',
  '(?:ваш[еа]?|ваш) …(?:получен|зарегистрирован|принят)',
  '(?:ваш[еа]?) …(?:отримано|зареєстровано|прийнято)',
  '(?:talebiniz|mesajınız|başvurunuz|e-?postanız) …(?:ulaş|alın|kayd)',
  '(?:受け付けました|受付いたしました|承りました|受領(?:いた)?しました)',
  '(?:已(?:经)?收到(?:您|你)的|(?:您|你)的(?:邮件|來信|来信|请求|請求|申请)已)',
  '(?:접수(?:되었|됐)|문의(?:를|가) (?:접수|받))',
  'פניית(?:ך|כם) (?:התקבלה|נקלטה)',
  'تم استلام',
  '(?:đã nhận được|telah kami terima|ได้รับ)',
);

/** A number was given to it, or a file opened for it, as help desks do. */
export const isOpened = phrases(
  '(?:ticket|case|request|incident|issue|enquiry|inquiry) …(?:has been|was|have been) (?:successfully )?(?:created|opened|logged|assigned|raised|registered|received|submitted)',
  '(?:we|we have|we.ve) (?:created|opened|logged|raised|registered) (?:a|an|your) …(?:ticket|case|request|incident) …(?:for you|for your|number|id|#)',
  'has been assigned (?:an? |the )?…(?:id|number|reference)',
  '(?:your )(?:ticket|case|reference|enquiry|inquiry|incident|tracking|request)(?: id| number| no| ref| reference)?\\.? (?:is|:) ?["\'\\[(]?(?:#|no\\.? ?)?[a-z]{0,5}-?[\\d-]*\\d{3,}',
  '(?:ticket|vorgang|fall|anfrage) …wurde …(?:erstellt|angelegt|eröffnet|registriert)',
  '(?:ticket|vorgangs|fall|anfrage|bearbeitungs)-?(?:nummer|nr\\.?|id)',
  // the sentence that Zendesk begins with
  'ihre anfrage \\(#?\\d{3,}\\) ist …eingegangen und wird von unserem …team …(?:geprüft|bearbeitet)',
  '(?:ticket|demande|dossier) …a (?:bien )?été (?:créé|ouvert|enregistr)',
  '(?:numéro|n°) (?:de |du )?(?:ticket|dossier|demande|référence|suivi)',
  '(?:número|numero) (?:de|di) (?:ticket|caso|referencia|referência|solicitud|protocolo|riferimento|pratica)',
  '(?:ticket|caso|solicitud|richiesta|chamado) …(?:ha sido|è stat[oa]|foi) (?:cread|abiert|registrad|apert|creat|abert|aberto)',
  '(?:zaak|ticket|referentie|dossier)nummer',
  '(?:ärende|sags|saks|asia)-?(?:nummer|nr|numero|id)\\b',
  'numer (?:sprawy|zgłoszenia)',
  'číslo (?:požadavku|tiketu|případu)',
  '(?:номер|no) …(?:обращения|заявки|запроса|звернення)',
  '(?:обращени|заявк|запрос)\\S* (?:no|#|номер)',
  '(?:talep|takip|başvuru) (?:numara|no)',
  '(?:受付|お問い?合わせ|整理|管理)(?:番号|no)',
  '(?:工单|工單|受理编号|受理編號)',
  '(?:접수|문의) ?번호',
  'מספר (?:פנייה|פניה|קריאה)',
  'رقم (?:الطلب|التذكرة|المرجع)',
  'تم تسجيل طلبكم? برقم \\d{3,} و ?سنرد عليكم? خلال',
);

/** Somebody will see to it within a time that is the same for everybody. */
export const isPromised = phrases(
  '(?:respond|reply|get back|be in touch|answer|response|contact you) …(?:to (?:you|all|your|it|every)\\S* )?…(?:within|as soon as|as quickly as|shortly|in due course|usually takes)',
  '(?:within|in) …(?:\\d+|two|three|five|ten|twenty) …(?:working|business) (?:days|hours)',
  '(?:schnellstmöglich|so schnell wie möglich|so bald wie möglich|innerhalb von|in kürze)',
  '(?:dans les (?:meilleurs|plus brefs) délais|dès que possible|sous \\d+)',
  '(?:lo antes posible|a la (?:mayor )?brevedad|en breve|o mais (?:breve|rápido) possível|em breve|il prima possibile|al più presto)',
  '(?:zo (?:spoedig|snel) mogelijk|binnen \\d+|så snart som möjligt|så snart som mulig|så hurtigt som muligt|inom kort|mahdollisimman pian)',
  '(?:jak najszybciej|niezwłocznie|co nejdříve|hamarosan|cât mai curând|το συντομότερο)',
  'в течение \\d+ (?:рабоч|календарн|дн)',
  '(?:в ближайшее время|в кратчайшие сроки|найближчим часом|en kısa sürede)',
  '(?:追って|順次|担当者より|(?:営業|業務)日以内|しばらくお待ち)',
  '(?:尽快|儘快|工作日内|工作日內)',
  '(?:빠른 시일|영업일|순차적)',
  '(?:בהקדם|في أقرب وقت|sớm nhất|segera)',
);

/** The whole of what Jira answers by itself; whoever answers there has the same line below what they write. */
export const isJirasOwn = phrases(
  "^(?:[-—] ?)*(?:just confirming that we (?:got|received) your request\\.? ?we're on it\\.?) ?(?:[-—] ?)*(?:view request ?(?:[·|-] ?)?(?:turn off this request's notifications)?.{0,120})?$",
);

/** The same in the words of registries, where people write as well, below lines that say that a system wrote it. */
export const isConfirmed = phrases(
  'potwierdzamy (?:wpływ|otrzymanie|odbiór|przyjęcie)',
  '(?:potvrzujeme|potvrdzujeme) (?:přijetí|doručení|prijatie|doručenie)',
  'bestätigen (?:wir )?(?:ihnen )?(?:hiermit )?(?:gern(?:e)? )?den (?:eingang|erhalt) (?:ihre[rs]|des|der)',
  '(?:acusamos recibo|confirmamos la recepción) de',
  '(?:acusamos|confirmamos) (?:a receção|a recepção|o recebimento)',
  'confermiamo (?:la ricezione|il ricevimento)',
  '(?:bevestigen (?:wij |we )?(?:hierbij )?de (?:goede )?ontvangst)',
);

/** What else such a registry says. */
export const isOfRegistry = phrases(
  'this is an? (?:system|machine)[ -]generated (?:reply|response|message|e-?mail|mail|acknowledge?ment|confirmation|notification|notice)',
  '^please do not (?:reply|respond)(?: to it| to this \\S+)?\\.?$',
  '^you (?:may|can) (?:view|see|check|track|follow) (?:the|its|your) (?:status|progress|case|letter|grievance)(?: of \\S+ \\S+)? (?:on|at|in|through) …\\S+$',
);
