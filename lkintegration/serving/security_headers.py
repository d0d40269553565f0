"""What every answer tells the browser to refuse, whoever gives the answer."""

# Answers that are no page load nothing, run nothing and are nobody's frame, whatever is in them.
NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
REFERRER_POLICY = "same-origin"
# Of all answers but pages, which have a policy of their own.
HEADERS = {
    "Content-Security-Policy": NO_PAGE,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # What a page could ask a reader's device for; the site needs none of it.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}
