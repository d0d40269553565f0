"""What every answer tells the browser to refuse, whoever gives the answer."""

# Answers that are no page load nothing, run nothing and are nobody's frame, whatever is in them.
NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
# Public pages run no script; their icon and their drawings lie in "data:" addresses. Tools of the
# browser fetch robots.txt in the name of the page (connect-src).
PAGE = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
REFERRER_POLICY = "same-origin"
# What a page could ask a reader's device for; the site needs none of it. Five only: the header
# goes along with every answer, and a first visit has 14,600 bytes for everything.
DEVICES = ("camera", "geolocation", "microphone", "payment", "usb")
HEADERS = {
    "Content-Security-Policy": NO_PAGE,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{device}=()" for device in DEVICES),
    "Referrer-Policy": REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}
