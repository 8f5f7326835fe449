"""How the desk writes a moment where no template says so: by 24 hours, as everywhere else here.

Django's English has "7:55 a.m."; its Russian and Uzbek have 24 hours already.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
