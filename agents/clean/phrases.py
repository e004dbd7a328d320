"""What pages say beside the copy: names of sections and buttons, calls to the reader, lists of other stories, rights.

One entry is evidence, never a verdict: `furniture` weighs it with the line's shape and place.
"""

import re

# Whole lines: sections, buttons and other one-word furniture, in small letters without signs at their ends.
LABELS = frozenset(
    line.strip()
    for line in """
    home|homepage|news|latest|latest news|breaking news|world|world news|us|u.s|uk|europe|asia|africa|americas
    middle east|international|national|local|local news|politics|business|business news|markets|economy|finance
    money|companies|tech|technology|science|health|wellness|environment|climate|sport|sports|football|culture|arts
    books|entertainment|lifestyle|life|style|food|travel|fashion|opinion|opinions|editorial|editorials|columnists
    commentary|analysis|features|podcast|podcasts|video|videos|photos|pictures|gallery|galleries|multimedia|audio
    live|live tv|tv|radio|weather|traffic|obituaries|letters|archive|archives|newsletter|newsletters|magazine
    premium|real estate|property|jobs|careers|classifieds|events|education|law|religion|crime|history|games
    crossword|puzzles|horoscope|horoscopes|shop|shopping|deals|store|sign in|log in|login|log out|logout|register
    subscribe|subscribe now|subscription|subscriptions|my account|account|search|menu|close|open menu
    skip to content|skip to main content|share|print|email|e-mail|save|tweet|like|pin|comment|reply|follow|more|next
    previous|back|back to top|top|continue|go deeper|read more|learn more|see more|show more|load more|view all
    see all|more info|listen|play|published|updated|uncategorized|uncategorised|featured|trending
    popular|sponsored|sponsored content|advertisement|advert|ad|ads|promoted|partner content|information|contact
    contacts|about|help|faq|faqs|feedback|end|ends|support|customer service|press|partners|legal|imprint
    accessibility|site map|sitemap|rss|rss feed|rss feeds|facebook|twitter|instagram|youtube|linkedin|whatsapp
    telegram|pinterest|reddit|flipboard|google news|copy link|startseite|politik|wirtschaft|kultur|anzeige|werbung
    mehr|teilen|impressum|datenschutz|kontakt|anmelden|accueil|monde|politique|économie|publicité|partager
    mentions légales|s'abonner|se connecter|lire la suite|inicio|mundo|política|economía|deportes|cultura|publicidad
    compartir|suscríbete|contacto|aviso legal|leer más|главная|политика|экономика|общество|спорт|культура|реклама
    подписаться|поделиться|контакты|читать далее
    """.replace("\n", "|").split("|")
    if line.strip()
)

# A call to the reader at the start of a line.
CALLS = re.compile(
    r"""(?:(?:please|click|tap)\s+(?:here|on|below|to\b|share|subscribe|sign\s+up)
    |(?:subscribe|register|sign\s+up|sign\s+in|log\s+in|join)\s+(?:to|for|now|here|today|with|us|our)\b
    |unsubscribe\b|cancel\s+subscription|get\s+(?:our|the\s+(?:latest|day|morning|best|app)|more\s+from)\b
    |by\s+(?:signing\s+up|subscribing|registering|clicking|continuing|submitting|entering|using\s+th(?:is|e)\s+(?:web)?site)
    |(?:follow|like|find|join|contact|email|e-mail|write\s+to|call|tell|support|donate\s+to)\s+(?:us|@\w+)\b
    |follow\s+(?:me|him|her|them|the\s+authors?|[\w.\s]{2,30}?)\s+on\s+(?:twitter|x|facebook|instagram|linkedin|threads)
    |share\s+(?:this|on|via|with|the\s+(?:story|article))\b|(?:print|email|save|bookmark|tweet|report)\s+this\b
    |(?:read|see|watch|listen|view|learn|find)\s+(?:more|also|next|all|now|the\s+full|full|live|out\s+more)\b
    |(?:also|more)\s+(?:read|see|on\s+this)\b|(?:read|watch|see|related|recommended|trending|popular)\s*[:|–—]|don['’]t\s+miss\b
    |listen\s+to\s+th(?:is|e)\s+(?:article|story|podcast)|scroll\s+to\b|(?:load|view|show|hide)\s+(?:\w+\s+)?comments|(?:see|lire)\s+aussi\b|lesen\s+sie\s+auch|lee\s+también|читайте\s+также
    |(?:story|article|post)\s+continues\s+(?:below|after)|continue\s+reading|advertisement\s*(?:$|[-–—:|.])
    |advertise\s+with|download\s+(?:our|the)\s+(?:\w+\s+)?app|(?:watch|listen|video|photos?|gallery|podcast|in\s+pictures)\s*:
    |\d+\s+(?:min(?:ute)?s?\s+read|comments?|shares?|views?|likes?|hours?\s+ago|days?\s+ago|mins?\s+ago)\b
    |(?:we|this\s+(?:web)?site|our\s+(?:web)?site)\s+uses?\s+cookies|(?:accept|reject|manage)\s+(?:all\s+)?cookies
    |[\w.+-]{1,60}@[\w.-]{3,60}$|reuse\s+this\s+(?:content|article)
    |(?:sources?|via|quelle|fuente|fonte|источник)\s*:\s*\S+(?:\s+\S+){0,3}$|(?:reporter|writer|staff|author)s?['’]s?\s+tweets
    |this\s+(?:material|story|article|content|report)\s+(?:may|can|was|is|has|first|originally)\s
        (?:not\s+be|been|first|originally|supplied|published|reproduced|part\s+of|produced)
    |jetzt\s+abonnieren|newsletter\s+abonnieren|abonnez-vous|suscríbase|подпишитесь)""",
    re.IGNORECASE | re.VERBOSE,
)

# The start of what follows an article: lists of other stories, tags, rights. Little copy comes after these.
CLOSERS = re.compile(
    r"""(?:(?:tags?|topics?|keywords?|labels?|categor(?:y|ies)|filed\s+(?:under|in)|schlagworte|теги|etiquetas)\s*(?::|$)
    |tags\s+(?=[^\W\d_])(?!(?:are|is|were|was|on|in|of|for|that|which|with|and|have|can|will)\b)
    |most\s+(?:read|popular|viewed|shared|commented|watched|emailed|recent)\b
    |(?:related|recommended|trending|popular|similar|sponsored|latest|recent|top|other)\s+
        (?:articles?|stories|posts?|news|topics?|content|coverage|links?|reading|videos?|headlines|tags?|comments?)\b
    |(?:related|recommended|trending|popular)\s*:?$|trending\s+now|popular\s+now|recommended\s+for
    |(?:you\s+)?(?:may|might)\s+also\s+(?:like|be)|more\s+(?:from|on\s+this|stories|news|coverage|headlines)\b
    |explore\s+more\b|(?:read|up|what\s+to\s+read)\s+next|editors?['’]?s?\s+(?:picks?|choice)|must\s+reads?\b
    |(?:leave|post|add|write)\s+a\s+(?:comment|reply)|comments?\s*(?:\(\d+\)|:?$)|join\s+the\s+(?:conversation|discussion)
    |(?:about|contact|meet)\s+(?:us|the\s+(?:author|writer|reporter))\b|our\s+(?:standards|magazines|partners|newsletters)\b
    |terms\s+(?:of|and|&)\s+(?:use|service|conditions)|privacy\s+(?:policy|notice|statement|center)|cookie\s+(?:policy|settings)
    |subscriber\s+agreement|do\s+not\s+sell|sites?\s+of\s+interest|tools\s+and\s+services|quick\s+links|useful\s+links
    |copyright\s*(?:©|\(c\)|\d{4}|by\b|$)|(?:©|\(c\)|℗)\s*\S|all\s+rights\s+reserved|alle\s+rechte|tous\s+droits
    |todos\s+los\s+derechos|все\s+права|from\s+(?:our\s+partners|around\s+the\s+web)|around\s+the\s+web|promoted\s+stories)""",
    re.IGNORECASE | re.VERBOSE,
)

# Words of a page's small print, anywhere in a line.
SMALL_PRINT = re.compile(
    r"""terms\s+of\s+(?:use|service)|privacy\s+policy|may\s+not\s+be\s+(?:re\w+|published|broadcast|copied)
    |\be-?mail\s+protected|(?:tele)?(?:phone|fax)\s*:|\btel\.?\s*:|\be-?mail\s*:|toll[\s-]free|customer\s+service
    |\bon\s+(?:facebook|twitter|instagram|telegram|whatsapp|youtube|linkedin|tiktok|threads)\b|newsletters?\b|\bcookies\b|our\s+(?:daily|weekly|free|email|app|newsletter)|breaking\s+news\s+alerts
    |(?:originally|first)\s+(?:published|appeared)""",
    re.IGNORECASE | re.VERBOSE,
)
RIGHTS = re.compile(r"all\s+rights\s+reserved|©|copyright\s+(?:\(c\)|\d{4})", re.IGNORECASE)
