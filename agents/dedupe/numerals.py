"""The words and signs that numbers, units and dates are written with. Tables only; `figures` reads by them.

English in words; scales and months also as other languages of the wires write them, since there digits are the rule.
"""

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
ONES = {word: value for value, word in enumerate(f"{_ONES} seventeen eighteen nineteen".split())}
TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
ORDINALS = {
    word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
# "one ship", "a second", "at first": an article or an adverb as often as a count.
WEAK = frozenset({"one", "first", "second"})
LARGE = {"hundred": 1e2, "thousand": 1e3, "dozen": 12.0, "lakh": 1e5, "crore": 1e7}

_SCALES = {
    1e3: "thousand k tsd mille mil тыс тысяч אלף الف",
    1e6: "million millions mln mn m mio millionen millones millon milioni milion miljoen млн миллиона миллионов "
    "מיליון مليون ملايين",
    1e9: "billion billions bln bn b mrd mio milliarden milliard milliards miliardi miliard млрд миллиарда миллиардов "
    "מיליארד مليار",
    1e12: "trillion trillions trln trn tn t billionen трлн",
}
SCALES = {word: scale for scale, words in _SCALES.items() for word in words.split()} | LARGE
LETTERS = frozenset("kmbt")  # a scale only where it stands at the figure ("$5m"), and a unit as well ("5m deep")

# Chinese and Japanese; the digits count one by one in a year (二〇一三) and by tens elsewhere.
HAN_DIGITS = {sign: n % 10 for n, sign in enumerate("零一二三四五六七八九〇")} | {"两": 2, "兩": 2}
HAN_TENS = {"十": 10, "百": 100, "千": 1000}
HAN_SCALES = {"万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12}

_UNITS = {
    "%": "% percent pct percentage prozent процентов процента אחוז",
    "$": "$ dollar dollars dlr dlrs usd",
    "€": "€ euro euros eur",
    "£": "£ sterling stg gbp",
    "¥": "¥ yen yuan 元 円",
}
UNITS = {word: unit for unit, words in _UNITS.items() for word in words.split()}

_MONTHS = (
    "january jan january января ינואר يناير",
    "february feb февраля פברואר فبراير",
    "march mar марта מרץ مارس",
    "april apr апреля אפריל ابريل",
    "may мая מאי مايو",
    "june jun июня יוני يونيو",
    "july jul июля יולי يوليو",
    "august aug августа אוגוסט اغسطس",
    "september sept sep сентября ספטמבר سبتمبر",
    "october oct октября אוקטובר اكتوبر",
    "november nov ноября נובמבר نوفمبر",
    "december dec декабря דצמבר ديسمبر",
)
MONTHS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_DAYS = ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thu", "friday fri", "saturday", "sunday")
DAYS = {word: number for number, words in enumerate(_DAYS, 1) for word in words.split()}
# A rounding says that it is one.
HEDGES = frozenset(
    "about around roughly nearly almost approximately some over under least most than to circa an estimated ca "
    "около почти примерно כ נחו حوالي نحو 约 約 近 余".split()
)
