"""Headers that harden an answer to a browser: which sources it may load from, and that nobody frames it or learns where it came from."""

from collections.abc import Mapping


def content_security_policy(sources: Mapping[str, str]) -> str:
    """Spell a policy: which sources each directive allows, such as `{"img-src": "'self' data:"}`."""
    return "; ".join(f"{directive} {allowed}" for directive, allowed in sources.items())


def security_headers(sources: Mapping[str, str], permissions: str) -> dict[str, str]:
    """Give the headers, by their names, for a policy of sources and a Permissions-Policy."""
    return {
        "Content-Security-Policy": content_security_policy(sources),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": permissions,
    }
