"""The portal's own icons: drawn on a 24 px grid with round 2 px strokes in the colour of the text.

An icon always stands beside a word and is hidden from assistive technology. Each use is drawn
inline: a fragment of a page (a stored body, a cached card) then never misses its symbol, and
repeated paths cost next to nothing once compressed. No colour is set here; the one amber pane in
the mark has a class of the style sheet, so the strict security policy holds.
"""

from typing import Final

from django.utils.safestring import SafeString, mark_safe

ICONS: Final[dict[str, str]] = {
    "access": '<circle cx="11" cy="4" r="1.6"/><path d="M11 8v6h5.5l2.5 5M11 10.5h4.5"/>'
    '<path d="M8 12a5 5 0 1 0 6.4 6.5"/>',
    "alert": '<path d="M12 4l9.5 16.5h-19z"/><path d="M12 10.5v4M12 17.4v.1"/>',
    "arrow": '<path d="M4.5 12H19M13.5 6.5L19 12l-5.5 5.5"/>',
    "cal": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/>'
    '<path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "chat": '<path d="M5 4.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.5L7.5 21v-4.5H5a2 2 0 0 1-2-2v-8'
    'a2 2 0 0 1 2-2z"/><path d="M8 9h8M8 12.3h5"/>',
    "check": '<path d="M5 12.5l4.5 4.7L19 7"/>',
    "clock": '<circle cx="12" cy="12" r="8.8"/><path d="M12 7v5.2l3.3 2"/>',
    "coin": '<circle cx="12" cy="12" r="8.8"/>'
    '<path d="M15.2 8.8a4.3 4.3 0 1 0 0 6.4M8 11h4.7M8 13.2h4"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "device": '<rect x="4.5" y="5" width="15" height="10.5" rx="1.5"/><path d="M2.5 19h19"/>',
    "eservice": '<rect x="3" y="4" width="18" height="12.5" rx="1.5"/>'
    '<path d="M9 20.5h6M12 16.5v4M9 10.3l2.2 2.2 4-4.4"/>',
    "family": '<circle cx="7" cy="7" r="2.8"/><circle cx="17" cy="7" r="2.8"/>'
    '<circle cx="12" cy="14.2" r="2"/>'
    '<path d="M2.8 19.5v-3c0-2.3 1.6-3.7 4.2-3.7M21.2 19.5v-3c0-2.3-1.6-3.7-4.2-3.7"/>'
    '<path d="M8.7 21c0-2 1.2-3 3.3-3s3.3 1 3.3 3"/>',
    "flag": '<path d="M5.5 21V4M5.5 4.8h12.2l-2.2 3.7 2.2 3.8H5.5"/>',
    "form": '<path d="M5.5 3.5h13v17h-13z"/><path d="M9 8.2h6M9 12h6M9 15.8h3"/>',
    "heart": '<path d="M12 20C7 16.4 3.2 13 3.2 8.9A4.6 4.6 0 0 1 12 7a4.6 4.6 0 0 1 8.8 1.9'
    'C20.8 13 17 16.4 12 20z"/>',
    "home": '<path d="M3.5 11.5L12 4.5l8.5 7M6 9.7V20h12V9.7"/><path d="M10.3 20v-5.5h3.4V20"/>',
    "info": '<circle cx="12" cy="12" r="8.8"/><path d="M12 11.2v5M12 7.8v.1"/>',
    "key": '<circle cx="8" cy="15.5" r="4.2"/><path d="M11 12.5l8.5-8.5M16 7.5l3 3"/>',
    "leaf": '<path d="M12 20.5V9.5M12 9.5c0-3.6 2.3-5.8 6.5-5.8 0 4-2.3 5.8-6.5 5.8z"/>'
    '<path d="M12 15c0-2.6-1.9-4.2-5.7-4.2 0 3 1.9 4.2 5.7 4.2z"/>',
    "eye": '<path d="M2.5 12c2.6-4.2 5.8-6.3 9.5-6.3s6.9 2.1 9.5 6.3'
    'c-2.6 4.2-5.8 6.3-9.5 6.3S5.1 16.2 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.6"/>',
    "edit": '<path d="M4.5 19.5l.9-4.3L16 4.6l3.4 3.4L8.8 18.6z"/><path d="M13.6 7l3.4 3.4"/>',
    "mail": '<rect x="3" y="5.5" width="18" height="13" rx="1.5"/>'
    '<path d="M3.5 7.5L12 13.5l8.5-6"/>',
    "mark": '<path d="M4 15.3c2.7 0 3.7-1.6 5-4.4 1.1-2.4 2-4.1 3.5-4.1 1.8 0 2.6 2 3.7 4.4 1.1 2.6'
    ' 2 4.1 3.8 4.1"/><path fill="currentColor" d="M1.6 15.3h20.8c-.3 3.1-1.9 4.6-4.6 4.6H6.2'
    'c-2.7 0-4.3-1.5-4.6-4.6z"/><path class="lit" d="M11.4 12h2.2v3.2h-2.2z"/>',
    "meet": '<circle cx="8.3" cy="8" r="3.3"/><path d="M2.5 19.5c0-3.8 2.2-5.7 5.8-5.7s5.8 1.9'
    ' 5.8 5.7M15.3 5a3.3 3.3 0 0 1 0 6.2M17 14.2c2.9.5 4.5 2.3 4.5 5.3"/>',
    "meter": '<path d="M3.5 17a8.5 8.5 0 0 1 17 0"/><path d="M12 17l3.7-5.2M3.5 20.3h17"/>',
    "paper": '<path d="M7.5 8.8V3.5h9v5.3M7.5 17H4V8.8h16V17h-3.5"/><path d="M7.5 14h9v6.5h-9z"/>',
    "person": '<circle cx="12" cy="7.8" r="3.8"/><path d="M4.5 20.5c0-4.4 2.8-6.6 7.5-6.6s7.5 2.2'
    ' 7.5 6.6"/>',
    "phone": '<path d="M7 4h2.7l1.5 3.8-2.1 1.6a11.6 11.6 0 0 0 5.5 5.5l1.6-2.1L20 14.3V17'
    'a2.8 2.8 0 0 1-3 2.8C10.4 19.4 4.6 13.6 4.2 7A2.8 2.8 0 0 1 7 4z"/>',
    "plus": '<path d="M12 4.5v15M4.5 12h15"/>',
    "point": '<path d="M12 21s-7.2-6-7.2-11.5a7.2 7.2 0 0 1 14.4 0C19.2 15 12 21 12 21z"/>'
    '<path d="M9.2 12.8V9.4L12 7l2.8 2.4v3.4z"/>',
    "queue": '<path d="M4.5 6.5h15M4.5 12h10.5M4.5 17.5h6"/>',
    "road": '<path d="M8.5 4L5 20.5M15.5 4L19 20.5M12 4.5v3M12 11v2.8M12 17.3v3"/>',
    "search": '<circle cx="10.7" cy="10.7" r="6.2"/><path d="M15.3 15.3l5.2 5.2"/>',
    "shield": '<path d="M12 3.5l7.5 2.8v5.6c0 4.6-3.2 7.4-7.5 8.8-4.3-1.4-7.5-4.2-7.5-8.8V6.3z"/>',
    "sms": '<rect x="6.5" y="3" width="11" height="18" rx="2"/>'
    '<path d="M9.8 8h4.4M9.8 11.2h4.4M11.2 18h1.6"/>',
    "speech": '<path d="M12 4c5 0 9 3.2 9 7.3s-4 7.3-9 7.3c-.9 0-1.8-.1-2.7-.3L5 20.5l.7-3.9'
    'C4 15.2 3 13.3 3 11.3 3 7.2 7 4 12 4z"/>',
    "video": '<rect x="3" y="6.5" width="12.5" height="11" rx="2"/>'
    '<path d="M15.5 10.7L21 8v8l-5.5-2.7"/>',
    "lit": '<rect x="4.5" y="3.5" width="15" height="17" rx="1.5"/>'
    '<path d="M12 3.5v17M4.5 11h15"/>',
}

CHANNEL_ICONS: Final[dict[str, str]] = {
    "video": "video",
    "chat": "chat",
    "web_form": "form",
    "e_service": "eservice",
    "calculator": "meter",
    "phone": "phone",
    "sms": "sms",
    "email": "mail",
    "printable_form": "paper",
    "in_person": "meet",
    "service_point": "point",
    "home_visit": "home",
}


def svg(name: str, size: int = 24, css: str = "") -> SafeString:
    """Draw an icon `size` px wide; KeyError for a name that was never drawn."""
    attribute = f' class="{css}"' if css else ""
    return mark_safe(
        f'<svg{attribute} width="{size:d}" height="{size:d}" viewBox="0 0 24 24" '
        f'aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )
