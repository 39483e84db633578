"""People are told of a change once, on every channel, and of its end; a channel that fails is loud."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from crawler.alarm import TEST, message, notices, tell
from crawler.alarm_channels import AlarmFailed, BadAlarm, Channel, channels
from crawler.health.history import Change, History

AT = "2026-05-04T07:00:00+07:00"
LATER = "2026-05-05T07:00:00+07:00"


class SmtpServer:
    """Speaks as much SMTP as a client needs; keeps what it was sent."""

    def __init__(self, *, refuses: str = "", extensions: tuple[str, ...] = ()) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self._refuses, self._extensions = refuses, extensions
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 ready")
        while line := (await reader.readline()).decode().strip():
            verb = line.upper()
            if verb.startswith("EHLO"):
                for extension in ("local", *self._extensions):
                    say(f"250-{extension}")
                say("250 8BITMIME")
            elif verb.startswith("RCPT"):
                refused = bool(self._refuses) and self._refuses in line
                self.recipients += [] if refused else [line.partition(":")[2].strip("<>")]
                say("550 no such person" if refused else "250 ok")
            elif verb == "DATA":
                say("354 go on")
                content = await reader.readuntil(b"\r\n.\r\n")
                mail = message_from_bytes(content[:-5].replace(b"\r\n..", b"\r\n."), policy=policy.default)
                assert isinstance(mail, EmailMessage)
                self.mails.append(mail)
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                break
            else:
                say("250 ok")
        await writer.drain()
        writer.close()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


@pytest.fixture
def smtp() -> Iterator[Callable[..., SmtpServer]]:
    servers: list[SmtpServer] = []

    def start(**how: object) -> SmtpServer:
        servers.append(SmtpServer(**how))  # type: ignore[arg-type]
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory in which a portal became unreachable and another is well."""
    change(tmp_path, "so_a", AT, "unreachable")
    change(tmp_path, "so_b", AT, "ok")
    return tmp_path


def change(data: Path, portal: str, at: str, state: str) -> None:
    with closing(History(data / "health.db")) as history:
        history.change(Change(portal, at, state, state != "ok", at, f"why {state}", f"vì sao {state}"))


def mail(server: SmtpServer, to: str = "ban-tin@so.example") -> list[Channel]:
    return channels({"TINSO_ALARM_MAIL": f"smtp://127.0.0.1:{server.port}/?from=tinso@so.example&to={to}"})


# Once, and once more when all is well


def test_a_change_is_told_once_and_its_end_once(data: Path, smtp: Callable[..., SmtpServer]) -> None:
    server = smtp()
    assert tell(data, mail(server), AT) == tell(data, mail(server), AT) == []
    change(data, "so_a", LATER, "ok")
    assert tell(data, mail(server), LATER) == tell(data, mail(server), LATER) == []
    trouble, clear = server.mails
    assert trouble["Subject"] == "tinso: in trouble: so_a (unreachable)"
    assert "so_a: unreachable since 2026-05-04 07:00: why unreachable" in trouble.get_content()
    assert "vì sao unreachable" in trouble.get_content()
    assert "so_b" not in trouble.get_content()
    assert clear["Subject"] == "tinso: well again: so_a"
    assert "đã bình thường trở lại" in clear.get_content()


def test_what_came_and_went_between_two_runs_is_not_told(data: Path, smtp: Callable[..., SmtpServer]) -> None:
    change(data, "so_a", LATER, "ok")
    server = smtp()
    assert tell(data, mail(server), LATER) == []
    assert server.mails == []


def test_another_trouble_of_the_same_portal_is_told_too(data: Path) -> None:
    with closing(History(data / "health.db")) as history:
        assert [n.state for n in notices(history.standings(), {})] == ["unreachable"]
        assert notices(history.standings(), {"so_a": "unreachable"}) == []
        (found,) = notices(history.standings(), {"so_a": "challenged"})
    assert (found.was, found.state) == ("challenged", "unreachable")


def test_a_channel_that_failed_is_tried_again_and_the_others_are_not_told_twice(
    data: Path, smtp: Callable[..., SmtpServer], httpserver: HTTPServer
) -> None:
    httpserver.expect_ordered_request("/hook").respond_with_data("down", status=503)
    httpserver.expect_ordered_request("/hook").respond_with_data("ok")
    server = smtp()
    both = mail(server) + channels({"TINSO_ALARM_WEBHOOK": httpserver.url_for("/hook")})
    assert tell(data, both, AT) == ["alarm by webhook: not sent: localhost answers HTTP 503"]
    assert tell(data, both, AT) == tell(data, both, AT) == []
    assert len(server.mails) == 1
    assert len(httpserver.log) == 2


def test_many_changes_are_one_message_with_the_troubles_first() -> None:
    standings = {f"so_{n}": Change(f"so_{n}", AT, "quiet", True, AT, "why", "vì sao") for n in range(5)}
    standings["a"] = Change("a", AT, "ok", False, AT, "", "")
    told = message(notices(standings, {"a": "dead"}), AT)
    assert told.subject == (
        "tinso: in trouble: so_0 (quiet), so_1 (quiet), so_2 (quiet) and 2 more; well again: a"
    )
    assert told.text.index("so_4") < told.text.index("a: ok again")


# The channels


def test_a_webhook_gets_json(data: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("ok")
    assert tell(data, channels({"TINSO_ALARM_WEBHOOK": httpserver.url_for("/hook")}), AT) == []
    request, _ = httpserver.log[0]
    content = json.loads(request.get_data())
    assert request.content_type.startswith("application/json")
    assert content["event"] == "tinso.alarm"
    assert content["text"].startswith(content["subject"])
    assert content["notices"] == [
        {
            "portal": "so_a", "state": "unreachable", "was": "ok", "since": AT,
            "reason": "why unreachable", "reason_vi": "vì sao unreachable",
        }
    ]  # fmt: skip


def test_a_webhook_that_redirects_has_failed(data: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("", 302, {"Location": httpserver.url_for("/other")})
    (failure,) = tell(data, channels({"TINSO_ALARM_WEBHOOK": httpserver.url_for("/hook")}), AT)
    assert failure.endswith("answers HTTP 302")


def test_a_command_gets_the_message_and_may_fail_loudly(data: Path, tmp_path: Path) -> None:
    script = "import os, sys; open(sys.argv[1], 'w').write(sys.stdin.read() + os.environ['TINSO_ALARM_JSON'])"
    heard = tmp_path / "heard by the desk"
    command = f'{sys.executable} -c "{script}" "{heard}"'
    assert tell(data, channels({"TINSO_ALARM_COMMAND": command}), AT) == []
    assert "so_a: unreachable" in heard.read_text("utf-8")
    assert '"event": "tinso.alarm"' in heard.read_text("utf-8")
    for command, said in (
        (f"{sys.executable} -c \"import sys; sys.exit('no such desk')\"", "ended with 1: no such desk"),
        ("/no/such/program", "cannot be run (No such file or directory)"),
    ):
        (channel,) = channels({"TINSO_ALARM_COMMAND": command})
        with pytest.raises(AlarmFailed, match=said.replace("(", r"\(").replace(")", r"\)")):
            channel.send(TEST)


def test_a_mail_goes_to_every_recipient_and_a_refused_one_is_a_failure(
    data: Path, smtp: Callable[..., SmtpServer]
) -> None:
    server = smtp()
    (channel,) = mail(server, "mot@so.example,hai@so.example")
    channel.send(TEST)
    assert server.recipients == ["mot@so.example", "hai@so.example"]
    assert server.mails[0]["Auto-Submitted"] == "auto-generated"
    assert "Cảnh báo của tinso" in server.mails[0].get_content()
    both = mail(smtp(refuses="hai@"), "mot@so.example,hai@so.example")
    assert tell(data, both, AT) == ["alarm by mail: not sent to all: 127.0.0.1 refused hai@so.example"]
    assert tell(data, both, AT) == []  # the other recipient has it


def test_a_server_that_is_not_there_is_a_failure_without_the_password() -> None:
    address = "smtp://desk:s3cret@127.0.0.1:9/?from=a@b.example&to=c@d.example"
    (channel,) = channels({"TINSO_ALARM_MAIL": address})
    with pytest.raises(AlarmFailed) as failure:
        channel.send(TEST)
    assert "127.0.0.1" in str(failure.value)
    assert "s3cret" not in str(failure.value)


def test_a_password_is_not_sent_in_clear_to_another_machine(
    smtp: Callable[..., SmtpServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = smtp(extensions=("AUTH PLAIN",))
    monkeypatch.setattr("crawler.alarm_channels._LOOPBACK", ())  # as if it were one
    address = f"smtp://desk:s3cret@127.0.0.1:{server.port}/?from=a@b.example&to=c@d.example"
    (channel,) = channels({"TINSO_ALARM_MAIL": address})
    with pytest.raises(AlarmFailed, match="offers no encryption"):
        channel.send(TEST)


@pytest.mark.parametrize(
    "variable",
    [
        {"TINSO_ALARM_MAIL": "mail.example"},
        {"TINSO_ALARM_MAIL": "smtp://mail.example/?to=a@b.example"},
        {"TINSO_ALARM_MAIL": "smtp://mail.example:port/?from=a@b.example&to=a@b.example"},
        {"TINSO_ALARM_WEBHOOK": "ftp://chat.example/"},
        {"TINSO_ALARM_COMMAND": "notify 'desk"},
    ],
)
def test_a_setting_that_cannot_be_read_names_its_variable(variable: dict[str, str]) -> None:
    with pytest.raises(BadAlarm, match=next(iter(variable))):
        channels(variable)


def test_no_setting_means_no_channel() -> None:
    assert channels({}) == []
