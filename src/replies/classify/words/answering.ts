import { phrases } from './phrases.js';

/** Somebody takes a stand on what was asked, which no program does: with the words of absence around it, it is still an answer. */
export const isTakingStand = phrases(
  '\\b(?:our|my) (?:answer|response|position|view|decision|vote) (?:is|remains|stands)\\b',
  '\\bwe (?:agree|disagree|support|decline|accept|refuse|endorse|sign|will sign|have decided)\\b',
  '\\bi (?:agree|disagree|support|have read your|read your)\\b',
  '(?:happy|glad|pleased) to (?:support|sign|join)\\b',
  '\\b(?:that said|having said that|not an? automat)',
  '(?:meine|unsere) (?:antwort|meinung|entscheidung) (?:ist|lautet|bleibt)',
  '\\bwir (?:stimmen|lehnen|unterstützen|unterzeichnen|unterschreiben|machen mit|sagen)\\b',
  '\\b(?:trotzdem|dennoch|gleichwohl)\\b',
  '(?:notre|ma) (?:réponse|décision) est',
  '\\bnous (?:acceptons|refusons|soutenons|signons|approuvons)\\b',
  '(?:nuestra|mi) (?:respuesta|decisión) es',
  '\\b(?:apoyamos|aceptamos|firmamos|rechazamos)\\b',
  '(?:nossa|minha) (?:resposta|decisão) é',
  '\\b(?:apoiamos|aceitamos|assinamos|recusamos)\\b',
  '(?:nostra|mia) (?:risposta|decisione) è',
  '\\b(?:sosteniamo|accettiamo|firmiamo|rifiutiamo)\\b',
  '(?:ons|mijn) antwoord is',
  '\\b(?:wij|we) (?:steunen|tekenen|weigeren)\\b',
  '\\b(?:vi|jag|jeg) (?:stöder|støtter|skriver under|instämmer)\\b',
  '\\b(?:popieramy|podpiszemy|odmawiamy|zgadzamy się)\\b',
  '(?:мы|я) (?:поддерживаем|согласны|согласен|согласна|отказываемся|подпишем)',
  '(?:賛成|反対|同意)(?:です|します|いたします)',
  '我(?:们|們)?(?:同意|支持|反对|反對|拒绝|拒絕)',
  '(?:동의|찬성|반대)(?:합니다|해요)',
);
