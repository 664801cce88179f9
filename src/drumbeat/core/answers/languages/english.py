"""English."""

from drumbeat.core.answers.language import Language

_LIST = r"(?:[\w'-]+ ){0,4}(?:lists?|database|mailings?|e-?mails?|mails?|newsletter|crm|system|sequence|campaigns?)\b"
_MAILING = r"(?:e-?mailing|mailing|contacting|writing|messaging|spamming|sending|bothering|harassing|pestering|calling)"

LANGUAGE = Language(
    name="English",
    months=(
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    weekdays=(
        "monday mon",
        "tuesday tue tues",
        "wednesday wed",
        "thursday thu thurs",
        "friday fri",
        "saturday sat",
        "sunday sun",
    ),
    day_first=None,
    month_then_day=True,
    of="of",
    ordinal="st|nd|rd|th",
    tomorrow="tomorrow",
    back=(
        r"re-?open(?:s|ing)?",
        r"back",
        r"return(?:ing)?",
        r"available again",
        r"reach(?:able|ed) again",
        r"resume",
        r"in the office (?:again )?on",
        r"re-?join",
        r"not be back (?:until|before)",
        r"not return (?:until|before)",
    ),
    then_back=(r"(?:i am|i'm|i will be|i'll be) back\b", r"(?:i )?return\b"),
    until=(
        r"until",
        r"till?",
        r"through",
        r"thru",
        r"up to",
        r"(?:from|between)\b[^.!?\n]{1,40}?\b(?:to|and|-)",
        r"\d{4}\s?-",
    ),
    inclusive=r"through|thru|inclu\w+",
    auto_subjects=(
        r"auto ?:",
        r"automatic reply",
        r"auto(?:matic|mated)?[- ]?(?:reply|response|responder)",
        r"autoreply",
        r"autoresponse",
        r"out[- ]of[- ](?:the[- ])?office",
        r"ooo\b",
        r"vacation (?:reply|response|notice)",
        r"on (?:vacation|leave)",
        r"away from (?:the |my )?(?:office|mail|desk)",
    ),
    says_auto=(
        r"\bthis is an auto(?:mated|matic|-)[ -]?(?:\w+ )?(?:reply|response|message|e-?mail)",
        r"^[^\w]*auto(?:mated|matic)(?:ally)?[ -](?:generated )?(?:reply|response)\b",
        r"\bthis (?:message|e-?mail|reply|response) (?:is|was|has been) (?:sent |generated )?automatically(?! trans)",
    ),
    by_phone=(
        r"\bi'?m driving with (?:do not disturb(?: while driving)?|(?:\w+ )?focus) turned on"
        r"(?:[.!] i'?ll see your message[^.!?\n]{0,60})?",
        r"\bi'?m not receiving notifications"
        r"(?:\. if this is urgent, reply [^\w]?urgent[^\w]?(?: to send a notification[^.!?\n]{0,60})?)?",
        r"^i'?m driving right now",
        r"(?:^thank(?:s| you) for [^.!?\n]{1,80}[.!] )?"
        r"\bwe(?:'?re| are) unavailable right now, but (?:we )?will respond as soon as possible",
        r"^thank(?:s| you) for (?:contacting|messaging) [^.!?\n]{1,80}[.!] please let us know how we can help(?: you)?",
    ),
    away=(
        r"\bon (?:\w+ )?sabbatical\b",
        r"\b(?:at|attending) (?:a|an|the) (?:\w+ )?(?:conference|training|off-?site|event"
        r"|trade show)\b[^?]{0,60}\b(?:e-?mail|back|return)",
        r"^(?:i am |i'm )?currently (?:away|on)\b",
        r"\boffices? (?:is|are|will be) (?:\w+ )?closed\b",
        r"\b(?:in|during) my absence\b",
        r"\b(?:i am|i'm|i will be|i'll be|we are) (?:\w+ ){0,3}(?:out of (?:the )?office|ooo"
        r"|away from (?:the |my )?"
        r"(?:office|desk|e-?mail)|on (?:\w+ ){0,2}(?:leave|vacation|holidays?|pto))\b",
        r"\b(?:i am|i'm|i will be|i'll be) (?:currently |now )?(?:away|out|travell?ing|unavailable)\b",
        r"^(?:currently )?out of (?:the )?office\b",
        r"\bthank(?:s| you) for (?:your|the) (?:e-?mail|message|mail)\b[^?]{0,80}\b(?:out of|away"
        r"|on leave|on vacation)\b",
    ),
    absence=(
        r"sabbatical",
        r"\bclosed\b",
        r"\breopen",
        r"not be (?:checking|reading|monitoring)",
        r"out[ -]of[ -](?:the )?office",
        r"away (?:from|until|till)",
        r"\bback (?:on|in the office)",
        r"out until",
        r"i return\b",
        r"on (?:annual |parental |maternity |paternity |sick |medical )?(?:leave|vacation|holiday)",
        r"currently (?:away|out|travell?ing|unavailable)",
        r"will be (?:away|out)",
        r"be back",
        r"i am away",
        r"returning",
        r"limited access",
        r"\booo\b",
    ),
    in_my_absence=(
        r"\b(?:in|during) my absence\b",
        r"\b(?:for|in case of|if (?:it is|it's|this is)) (?:anything |something |an? )?"
        r"(?:urgent|emergenc|immediate)",
        r"\blimited (?:access|availability)\b",
        r"\b(?:no|without) access to (?:my )?e-?mail",
        r"\b(?:i will|i'll) (?:reply|respond|answer|get back)\b[^.!?]{0,60}\b(?:return|back|possible)\b",
        r"\burgent (?:matters|issues|requests|enquiries|inquiries)\b",
        r"\bmy (?:e-?)?mails? (?:is|are|will) not\b",
    ),
    stop_whole=(
        "pls remove",
        "pls unsubscribe",
        "remove us",
        "please remove us",
        "unsubscribe us",
        "take us off",
        "unsubscribe",
        "unsubscribe me",
        "unsubscribe please",
        "please unsubscribe",
        "please unsubscribe me",
        "unsubscribe now",
        "unsubscribe thanks",
        "unsubscribe thank you",
        "stop",
        "stop it",
        "please stop",
        "stop please",
        "stop emails",
        "stop all",
        "stopall",
        "stop now",
        "just stop",
        "remove",
        "remove me",
        "please remove me",
        "remove me please",
        "please remove",
        "opt out",
        "optout",
        "opt me out",
        "please opt me out",
        "take me off",
        "no more emails",
        "no more mails",
        "no more",
        "cancel",
        "remove please",
        "delete me",
        "enough",
    ),
    stop=(
        r"\b(?:remove|take|delete) our (?:\w+ ){1,3}(?:off|from|out of) (?:[\w'-]+ ){0,4}(?:lists?"
        r"|database|mailings?|e-?mails?|crm|system)\b",
        r"\bstop (?:the|these|your|all|with the) (?:\w+ )?(?:e-?mails?|mails?|messages?|spam)\b",
        r"\b(?:remove|take|delete|drop|strike) (?:me|us|my (?:e-?mail|address|name|contact"
        rf"|details)\b[^.!?]{{0,30}}?)"
        rf" (?:off|from|out of) {_LIST}",
        r"\bunsubscribe (?:me|us|my)\b",
        r"\b(?:please|kindly|pls) (?:unsubscribe|opt me out|take me off|remove me)\b",
        r"\bi(?: would|'d)? (?:want|like|wish|need) to (?:unsubscribe|opt[ -]out|be removed|be taken off)",
        r"\b(?:want|wish|ask) to be removed\b",
        r"\bopt (?:me|us) out\b",
        r"\b(?:i am|i'm|we are) opting out\b",
        rf"\b(?:stop|quit|cease) {_MAILING}\b",
        r"\b(?:do not|don't|dont|never) (?:ever )?(?:e-?mail|contact|write(?: to)?|message|bother|spam"
        r"|call) (?:me|us)\b",
        r"\b(?:do not|don't|dont|never) send (?:me|us) (?:any ?more |any |more |further |another |such "
        r"|these )",
        r"\bno (?:more|further) (?:[\w-]+ ){0,2}(?:e-?mails?|mails?|messages?|contact|communications?"
        r"|correspondence)\b",
        r"\bleave (?:me|us) alone\b",
        r"\bcease and desist\b",
        r"\b(?:delete|erase|remove) (?:all (?:of )?)?my (?:personal )?(?:data|information)\b",
        r"\b(?:do not|don't) (?:want|wish) to (?:receive|get|hear)\b[^.!?]{0,30}\b(?:any ?more|again"
        r"|further|from you|e-?mails?)",
        r"\bobject to (?:the |your |any )?(?:processing|use) of my\b",
    ),
    stop_weak=(
        r"\bunsubscrib\w+",
        r"\bopt(?:ing)?[ -]?out\b",
        r"\bspam(?:ming)?\b",
        r"^stop\b",
        r"\bremove (?:me|us)\b",
        r"\bgdpr\b",
        r"\btake (?:me|us) off\b",
        r"\bwhere did you get my\b",
    ),
    stop_denied=(
        r"\b(?:don't|do not|didn't|never|won't|will not|not) (?:\w+ ){0,3}(?:unsubscribed?|opt out|remove"
        r"|stop)\b",
        r"\bunsubscribe (?:page|link|button|form|header|feature|option|rate|process|url)",
        r"\bhow (?:do|can|would|does) (?:your|our|the)\b",
        r"\bstopped\b[^.!?]{0,60}\busing\b",
        r"\b(?:remove|take) (?:me|us) (?:from|off) (?:the |this )?(?:cc|thread|meeting|invite|loop"
        r"|calendar)\b",
        r"\bwhy (?:did|was|were|am) (?:i|we)\b[^.!?]{0,30}\bunsubscribed\b",
    ),
    everywhere=(
        r"\b(?:do not|don't|dont|never|stop|quit|cease) (?:ever )?(?:contact|call|bother)(?:ing)?\b",
        r"\bleave (?:me|us) alone\b",
        r"\bno (?:more|further) contact\b",
        r"\bcease and desist\b",
    ),
    wrong_person=(
        r"\bwrong (?:person|contact|address|guy|department)\b",
        r"\bnot the (?:right|correct|best) (?:person|contact|one)\b",
        r"\b(?:right|correct|best|better) (?:person|contact) (?:to|for|is|would|here)\b",
        r"\bno longer (?:work|works|working|with|employed|part of|responsible|in charge|at)\b",
        r"\b(?:has|have) left (?:the (?:company|organi[sz]ation|firm|team)|us|our)\b",
        r"\bleft the (?:company|organi[sz]ation|firm)\b",
        r"\bnot (?:my|our|in my|in our) (?:area|department|responsibility|remit|job|field)\b",
        r"\b(?:i am|i'm|we are|we're) not (?:responsible|in charge)\b",
        r"\bi (?:do not|don't) (?:handle|deal with|look after)\b",
        r"\b(?:contact|reach out to|speak (?:to|with)|talk to|write to|ask|try) (?:my colleague|[\w.+-]+@)",
        r"\b(?:you (?:want|need|should)|please) (?:to )?(?:contact|reach out to|speak (?:to|with)"
        r"|talk to) (?!me\b|us\b)[a-z]+",
    ),
    not_now=(
        r"\bnot (?:right )?now\b(?!,? not)",
        r"\b(?:not|isn't|is not) (?:\w+ ){0,4}(?:at (?:this|the) (?:moment|time|point)|right now)\b",
        r"\bnot (?:this|until next|before next|until) (?:year|quarter|month|summer|spring|autumn|fall"
        r"|q[1-4])\b",
        r"\bmaybe later\b",
        r"\b(?:another|some other) time\b",
        r"\b(?:bad|not (?:a|the) (?:good|right|best)) (?:time|timing|moment)\b",
        r"\b(?:reach (?:back )?out|get back|get in touch|contact|write|ping|check (?:back|in)|circle back"
        r"|come back|follow up|try)"
        r" (?:[\w']+ ){0,4}(?:in|after|next|later|again in)\b[^.!?]{0,20}(?:month|quarter|year|q[1-4]"
        r"|summer|spring|autumn|fall"
        r"|january|february|march|april|may|june|july|august|september|october|november|december|later)",
        r"\btoo busy\b",
        r"\bswamped\b",
        r"\bno budget (?:this|until|for now|right now|at)",
        r"\bbudget (?:is )?(?:frozen|spent|gone)\b",
        r"\brevisit (?:this|it) (?:in|next|later)\b",
        r"\b(?:when i am|when i'm|once i am|after i'm) back\b",
        r"\bmaybe (?:next|in) \w+",
        r"\blet's (?:talk|speak|connect|revisit) (?:\w+ )?(?:in|next) (?:q[1-4]|\w+ months?|quarter|year"
        r"|month)\b",
    ),
    not_interested=(
        r"\b(?:isn't|is not|not really) for (?:us|me)\b",
        r"\b(?:remove|take) .{0,20}\bconsideration\b",
        r"\b(?:not|isn't|aren't|no longer|never|un) ?(?:really |at all |currently |particularly |very "
        r"|that )?interested\b",
        r"\b(?:no|zero) interest\b",
        r"\bno,? (?:thanks|thank you|thx)\b",
        r"\bnot (?:a (?:good |great )?(?:fit|match)|for (?:us|me))\b",
        r"\bnot (?:relevant|a priority|something we|what we need)\b",
        r"\b(?:i'll|we'll|i will|we will|going to|have to) pass\b",
        r"\b(?:already have|already use|already using|happy with|satisfied with) (?:\w+ ){0,3}(?:solution"
        r"|provider|vendor|supplier|tool"
        r"|system|agency|partner|one)\b",
        r"\b(?:don't|do not) (?:need|require) (?:this|it|that|your|any|such|a|an)\b",
        r"\bno need\b",
        r"\bwe are (?:all )?set\b|\ball set\b",
    ),
    interested=(
        r"\bshare (?:a few|some|your) (?:times|slots|availability|dates)\b",
        r"\bsend (?:me|us|over) (?:an |a )?(?:calendar )?invite\b",
        r"\binterested in (?:learning|hearing|seeing|a )\b",
        r"\b(?:i am|i'm|we are|we're|would be|i'd be|yes) ?,?(?:very |definitely |quite |also )?interested\b",
        r"\bsounds (?:\w+ )?(?:good|great|interesting|promising)\b",
        r"\btell me more\b",
        r"\b(?:learn|hear|know) more\b",
        r"\bsend (?:me|us|over|it|through|along) ?(?:over )?(?:more|the|some|your|a"
        r"|an)?\b[^.!?]{0,20}(?:info|details|pricing|prices"
        r"|deck|brochure|proposal|quote|offer)",
        r"\b(?:let's|lets|can we|could we|happy to|glad to|love to|like to|open to)"
        r" (?:\w+ ){0,3}(?:talk|chat|call|meet|connect|schedule|set up|book|discuss|speak)\b",
        r"\bcall me\b(?! back later)",
        r"\b(?:book|schedule|set up|arrange) (?:a|the|some) (?:call|meeting|demo|time|chat)\b",
        r"\byes,? please\b",
        r"\bcount me in\b",
        r"\b(?:what|how much) (?:does|do|is|would) (?:it|this|you|the|your)\b[^.!?]{0,20}(?:cost|charge"
        r"|price|pricing)",
        r"\b(?:would like|i'd like|want) (?:a|to see a|to have a) (?:demo|call|trial|quote|meeting)\b",
        r"\bi'm in\b",
        r"\b(?:does|would|works?) (?:\w+ ){0,2}(?:monday|tuesday|wednesday|thursday|friday|tomorrow)\b",
        r"\bgreat idea\b",
    ),
    greeting=r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day))\b",
    closing=(
        r"(?:many |kind |best |warm )?(?:thanks|thank you|thx|regards|cheers|sincerely|best|wishes"
        r"|best wishes|yours \w+)\b"
    ),
    footer=(
        r"^(?:if you (?:no longer|do not|don't|would) (?:wish|want|like) to)",
        r"^(?:to|click here to) (?:unsubscribe|opt[ -]out)",
        r"^(?:this (?:e-?mail|message|communication)(?: and any attachments?)? (?:is|may|contains?"
        r"|are)\b[^.]{0,60}(?:confidential|intended"
        r"|privileged))",
        r"^confidentiality notice",
        r"^disclaimer\b",
        r"^you (?:are receiving|received) this",
        r"^unsubscribe\s*(?:\||:|<|https?)",
        r"^(?:please )?consider the environment",
        r"^[^\n]{0,60}\| ?unsubscribe\b",
    ),
)
