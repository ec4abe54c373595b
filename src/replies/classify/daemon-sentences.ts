import { anyOf } from './any-of.js';
import { GATEWAY_SENTENCES, NOTICES_OF_SERVERS } from './gateway-sentences.js';

/**
 * Sentences that are so much a mail server's that hardly anybody writes them by hand, looked for in text whose blanks are single: what
 * Exim, qmail, Postfix, Sendmail, Exchange, Gmail, Yahoo, Domino, GroupWise and gateways begin with.
 */
export const FIXED_SENTENCE = anyOf([
  // qmail, Postfix and those after them
  String.raw`this is (?:the|an?) (?:[\w.@-]{1,40} ){0,4}(?:program|mail system|mail server|mailer[- ]daemon|delivery (?:agent|system|program)|e-?mail (?:server|system)|mta|smtp server)\b`,
  String.raw`i'?m (?:sorry|afraid) (?:to have to inform you that|i wasn'?t able to deliver)`,
  String.raw`wasn'?t able to deliver your message`,
  String.raw`this is a permanent error; ?i'?ve given up`,
  String.raw`i wasn'?t able to (?:establish an smtp|find)`,
  // Exim and the like
  String.raw`(?:message|report|e-?mail|notice|notification|mail) (?:was|is|has been) (?:an? )?(?:automatically (?:created|generated|produced|sent)|(?:created|generated|produced|sent) automatically)(?: delivery| by (?:the |a |our )?(?:[\w.-]{1,40} )?(?:(?:mail |e-?mail )?delivery|(?:mail|smtp|e-?mail) (?:server|daemon|gateway|software|transfer|transport|filter)))`,
  String.raw`a message that you (?:have )?sent (?:could not be delivered|has not yet been delivered|contained|was rejected|to the following)`,
  String.raw`could not be delivered to:? (?:<|one or more of its|one or more|all|some or all of (?:its|the)|the following) ?(?:recipients?|\S{1,80}@)`,
  // Sendmail
  String.raw`-----+ ?(?:the following addresses (?:had|have)|transcript of (?:the )?session|failed addresses|addresses? with)`,
  String.raw`the (?:original|following) message was received at .{5,80} from`,
  String.raw`this is a (?:mime-encapsulated message|warning message only)`,
  String.raw`the following (?:address|recipient|user|destination)\w*(?: ?\(?e?s\)?)?(?: addresses)? (?:had|have|has|failed|was|were|could|cannot|did|is|are)\b`,
  // Exchange and Outlook.com
  String.raw`(?:did not|didn'?t|could ?n[o']t|was(?:n't| not)|has not|hasn't) (?:reach|(?:be )?delivered to|been delivered to) (?:some or all of )?(?:the (?:following|intended) |these |one or more )(?:intended )?recipients?`,
  String.raw`delivery (?:to|has failed to|is delayed to) (?:the following|these) (?:recipients?|distribution|address)`,
  String.raw`delivery has failed to these`,
  String.raw`your message (?:to \S+ )?(?:couldn'?t|wasn'?t|can'?t) be delivered`,
  String.raw`diagnostic information for administrators`,
  String.raw`this is an? (?:automatic(?:ally)? ?(?:generated )?|computer[- ]generated |system[- ]generated |machine[- ]generated )?(?:delivery (?:status|failure|failed|report)|non-?delivery|undeliverable|bounce|(?:mail|message) delivery)`,
  // Gmail, Yahoo, AOL, the others
  String.raw`delivery to the following recipients? (?:failed|has been delayed|was aborted|permanently)`,
  String.raw`(?:technical details of (?:permanent|temporary) failure|there was a (?:temporary )?problem (?:while )?delivering your message)`,
  String.raw`your message wasn'?t delivered to \S+ because`,
  String.raw`message from ?(?:the )?(?:yahoo|aol|mail|e-?mail|[\w.-]{1,40})[\w. -]{0,20}(?:daemon|mail system|delivery)`,
  String.raw`sorry, we were unable to deliver your message to the following`,
  String.raw`unable to deliver (?:your |the |this )?(?:message|mail|e-?mail|item) to the following`,
  String.raw`(?:user|recipient)s? (?:name|not listed|[\w.+-]{1,60}).{0,40} not listed in (?:the )?(?:public name|domino|address)`,
  String.raw`your (?:message|mail) ?(?:subject: .{0,120})?was not delivered to:`,
  String.raw`the message that you sent was undeliverable`,
  String.raw`(?:the )?message (?:was|is) (?:not|undeliver)\w* ?(?:relayed|able|delivered)? (?:to|for) the following`,
  String.raw`undeliverable (?:message|mail|to|address)\w*`,
  String.raw`(?:this|your) (?:message|mail|e-?mail) (?:was|has been) (?:undeliverable|returned|bounced|rejected|refused|blocked) (?:due to|by|for|because|to (?:you|the sender)|from|as)`,
  String.raw`\b(?:550|551|552|553|554|5\.\d\.\d{1,3}) (?:5\.\d\.\d{1,3} )?(?:requested action|mailbox unavailable|user unknown|no such user|unknown user)`,
  String.raw`this report relates to (?:a|your) message`,
  String.raw`(?:message|mail) (?:could not be|cannot be|was not) delivered for the following reasons?|(?:message|mail) expired in (?:the |our )?queue`,
  String.raw`(?:message|mail|letter) .{0,120}\b(?:has been|is|was|remains) (?:still )?(?:waiting )?in (?:our|the|this server'?s) (?:mail |delivery )?queue (?:for|since)`,
  String.raw`(?:the )?delivery of (?:the |your |a )?(?:message|following message|mail|e-?mail) .{0,200}(?:failed|was not successful|has not been|could not)`,
  String.raw`return(?:ed|ing) (?:mail|message|your)\w* (?:to sender|follows|attached)`,
  String.raw`-{2,} ?(?:failed recipients|failure reasons?|non-?delivery report|delivery failure|message not delivered)`,
  String.raw`this is an? (?:advisory|warning)[- ](?:only )?(?:e-?mail|message)`,
  String.raw`(?:mail|message) (?:below )?has been returned (?:because|to you|for)`,
  String.raw`the (?:following|above|attached) (?:mail|message|e-?mail)(?: message)? (?:could|can) ?not be delivered`,
  String.raw`invalid final delivery userid|unknown (?:user|host): ?\S|delivery of e-?mail to this address`,
  String.raw`your (?:mail|message) to the following recipients could not be delivered`,
  // MMDF, FirstClass
  String.raw`could not be delivered to ["']?\S{1,80}@\S{1,80} \(host: `,
  String.raw`(?:^|[.:\]] )sorry\. your message could not be delivered to: \S{1,80}@`,
  String.raw`\bmail (?:for|to) this address is (?:thrown away|discarded|deleted) unread\b`,
  // servers in China
  '(?:您|你)(?:发送|發送|寄出)?的(?:邮件|郵件)(?:已|已经)?被(?:系统|系統)?退|退信原因|(?:无法|無法)(?:发送|發送|傳送|投递|投遞)(?:到|至)',
  // Exchange in other languages: to these recipients or groups, or to some or all of them
  String.raw`(?:diesen|folgende[nr]?) empf.nger\w* oder (?:gruppen|verteilerlisten)|einige oder alle empf.nger`,
  String.raw`(?:ces|suivants) destinataires ou (?:groupes|listes)|destinataires ou groupes suivants|certains ou .{1,10}tous les destinataires`,
  String.raw`(?:estos|siguientes|estes|seguintes) destinat.rios (?:o|ou) (?:grupos|listas)|algunos o todos los destinatarios|alguns ou todos os destinat.rios`,
  String.raw`(?:questi|seguenti) destinatari o (?:gruppi|liste)|alcuni o tutti i destinatari`,
  String.raw`(?:deze|volgende) (?:geadresseerden|ontvangers) of (?:groepen|distributielijsten)|(?:dessa|f.ljande|disse|f.lgende) (?:mottagare|modtagere|mottakere) (?:eller|och|og) (?:grupper|distributionslist\w*)`,
  String.raw`(?:nast.puj.cych|tych) (?:adresat.w|odbiorc.w) lub (?:grup|list)|(?:t.mto|n.sleduj.c.m) p..jemc.m nebo (?:skupin.m|distribu)|(?:следующим|этим) получателям или (?:группам|спискам)`,
  ...GATEWAY_SENTENCES,
  ...NOTICES_OF_SERVERS,
]);
