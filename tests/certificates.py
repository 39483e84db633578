"""Certificates made on the fly, good and bad, from an authority of the tests' own."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """Issues certificates. `pem` is its own, for SSL_CERT_FILE."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._issued = folder, 0
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("tinso tests")
        builder = _builder(self._name, self._key, (-2, 2))
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        own = builder.issuer_name(self._name).add_extension(constraints, critical=True)
        self.pem = folder / "authority.pem"
        self.pem.write_bytes(_pem(own.sign(self._key, hashes.SHA256())))

    def context(
        self, host: str, *, days: tuple[int, int] = (-1, 1), trusted: bool = True, old: bool = False
    ) -> ssl.SSLContext:
        """Return a server's context with a certificate for a host or IP address.

        `days` from now are when it is valid; one that is not `trusted` is signed by itself; `old` speaks
        TLS 1.0 alone.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(host), key, days)
        name: x509.GeneralName = x509.DNSName(host)
        if host[0].isdigit():
            name = x509.IPAddress(ipaddress.ip_address(host))
        builder = builder.add_extension(x509.SubjectAlternativeName([name]), critical=False)
        issuer, signer = (self._name, self._key) if trusted else (_name(host), key)
        signed = builder.issuer_name(issuer).sign(signer, hashes.SHA256())
        self._issued += 1
        file = self._folder / f"{self._issued}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(private + _pem(signed))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        if old:
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        return context


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(
    subject: x509.Name, key: ec.EllipticCurvePrivateKey, days: tuple[int, int]
) -> x509.CertificateBuilder:
    today = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today + timedelta(days=days[0]))
        .not_valid_after(today + timedelta(days=days[1]))
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
