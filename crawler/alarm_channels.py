"""The ways to people: a command of theirs, e-mail through a given server, a webhook. Set by the environment.

TINSO_ALARM_COMMAND="notify-desk --urgent"      runs it; the message as text on its standard input
TINSO_ALARM_MAIL="smtp://user:password@mail.example:587/?from=tinso@mail.example&to=desk@mail.example"
TINSO_ALARM_WEBHOOK="https://chat.example/hook/…"   POSTs the message as JSON

smtp:// encrypts where the server can (STARTTLS), and always before it sends a password to another machine;
smtps:// is TLS from the first byte. Several recipients stand in `to` with commas. In user and password, `@`,
`:` and `/` are written %40, %3A and %2F.
"""

from __future__ import annotations

import os
import shlex
import smtplib
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from http.client import HTTPException, HTTPMessage
from typing import IO, TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from crawler.exceptions import TinsoError

if TYPE_CHECKING:
    from crawler.alarm import Message

COMMAND, MAIL, WEBHOOK = "TINSO_ALARM_COMMAND", "TINSO_ALARM_MAIL", "TINSO_ALARM_WEBHOOK"
TIMEOUT = 30.0  # seconds
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class BadAlarm(TinsoError):
    """Raised when a TINSO_ALARM_… variable cannot be read: mend the variable."""


class AlarmFailed(Exception):
    """Raised by a channel that could not deliver; the next run tries again."""


class PartlySent(AlarmFailed):
    """Raised by a channel that reached some of its recipients: they are not told again."""


class Channel(Protocol):
    """A way to people."""

    @property
    def name(self) -> str:
        """What the channel is called: command, mail, webhook."""

    def send(self, message: Message) -> None:
        """Deliver a message. Raises AlarmFailed."""


def channels(environment: Mapping[str, str] = os.environ) -> list[Channel]:
    """Return the channels that are set. Raises BadAlarm."""
    found: list[Channel] = []
    if command := environment.get(COMMAND):
        found.append(Command.parsed(command))
    if address := environment.get(MAIL):
        found.append(Mail.parsed(address))
    if address := environment.get(WEBHOOK):
        found.append(Webhook.parsed(address))
    return found


@dataclass(frozen=True, slots=True)
class Command:
    """Runs a program with the message as text on its standard input, and as JSON in TINSO_ALARM_JSON."""

    arguments: tuple[str, ...]
    timeout: float = TIMEOUT
    name: str = "command"

    @classmethod
    def parsed(cls, text: str) -> Command:
        """Return the command that words as in a shell name; no shell runs it."""
        try:
            arguments = tuple(shlex.split(text))
        except ValueError as error:
            raise BadAlarm(f"{COMMAND}: {text!r} is no command ({error})") from error
        if not arguments:
            raise BadAlarm(f"{COMMAND}: is empty")
        return cls(arguments)

    def send(self, message: Message) -> None:
        """Run it. Raises AlarmFailed where it cannot be run, takes too long or ends with an error."""
        environment = {
            **os.environ,
            "TINSO_ALARM_SUBJECT": message.subject,
            "TINSO_ALARM_JSON": message.json,
        }
        try:
            process = subprocess.run(
                self.arguments,
                input=f"{message.subject}\n\n{message.text}".encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment,
                timeout=self.timeout,
            )
        except subprocess.TimeoutExpired as error:
            raise AlarmFailed(f"{self.arguments[0]} took over {self.timeout:.0f} seconds") from error
        except OSError as error:
            raise AlarmFailed(f"{self.arguments[0]} cannot be run ({error.strerror})") from error
        if process.returncode:
            said = process.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
            raise AlarmFailed(f"{self.arguments[0]} ended with {process.returncode}: {said}")


@dataclass(frozen=True, slots=True)
class Mail:
    """Sends an e-mail through an SMTP server."""

    server: SplitResult
    sender: str
    recipients: tuple[str, ...]
    timeout: float = TIMEOUT
    name: str = "mail"

    @classmethod
    def parsed(cls, text: str) -> Mail:
        """Return the mail that an address describes, see above."""
        server = _split(MAIL, text, ("smtp", "smtps"))
        query = parse_qs(server.query)
        sender = query.get("from", [""])[0]
        recipients = tuple(filter(None, (to.strip() for to in ",".join(query.get("to", [])).split(","))))
        if not sender or not recipients or not all("@" in address for address in (sender, *recipients)):
            raise BadAlarm(
                f"{MAIL}: needs sender and recipients: smtp://host:25/?from=a@b.vn&to=c@d.vn,e@f.vn"
            )
        return cls(server, sender, recipients)

    def send(self, message: Message) -> None:
        """Send it. Raises AlarmFailed where the server cannot be had, or refuses any recipient."""
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = message.subject, self.sender, ", ".join(self.recipients)
        mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid(domain="tinso.invalid")
        mail["Auto-Submitted"] = "auto-generated"  # no answer of an absent person's, please
        mail.set_content(message.text)
        host = self.server.hostname or ""
        try:
            with self._connected(host) as connection:
                refused = connection.send_message(mail)
        except (OSError, smtplib.SMTPException) as error:
            raise AlarmFailed(f"{host}: {type(error).__name__}: {error}") from error
        if refused:
            raise PartlySent(f"{host} refused {', '.join(sorted(refused))}")

    def _connected(self, host: str) -> smtplib.SMTP:
        context = ssl.create_default_context()
        connection: smtplib.SMTP
        if self.server.scheme == "smtps":
            connection = smtplib.SMTP_SSL(
                host, self.server.port or 465, timeout=self.timeout, context=context
            )
        else:
            connection = smtplib.SMTP(host, self.server.port or 25, timeout=self.timeout)
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=context)
            elif self.server.username and host not in _LOOPBACK:
                connection.close()
                raise AlarmFailed(f"{host} offers no encryption; the password was not sent")
        if self.server.username:
            connection.login(unquote(self.server.username), unquote(self.server.password or ""))
        return connection


@dataclass(frozen=True, slots=True)
class Webhook:
    """POSTs the message as JSON."""

    address: str
    timeout: float = TIMEOUT
    name: str = "webhook"

    @classmethod
    def parsed(cls, text: str) -> Webhook:
        """Return the webhook at an http or https address."""
        _split(WEBHOOK, text, ("http", "https"))
        return cls(text)

    def send(self, message: Message) -> None:
        """Send it. Raises AlarmFailed for any answer but 2xx: a redirect would lose the message."""
        host = urlsplit(self.address).hostname  # the rest of the address is often a secret
        request = urllib.request.Request(
            self.address,
            data=message.json.encode(),
            headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "tinso"},
        )
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=self.timeout) as answer:
                answer.read(1)
        except urllib.error.HTTPError as error:
            raise AlarmFailed(f"{host} answers HTTP {error.code}") from error
        except (OSError, HTTPException) as error:
            raise AlarmFailed(f"{host}: {getattr(error, 'reason', error)}") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow nowhere."""


def _split(variable: str, text: str, schemes: tuple[str, ...]) -> SplitResult:
    try:
        parts = urlsplit(text)
        is_right = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # "http://[x", a port that is no number
        is_right = False
    if not is_right:  # without the text: it may hold a password
        raise BadAlarm(f"{variable}: is no {schemes[0]}:// or {schemes[1]}:// address")
    return parts
