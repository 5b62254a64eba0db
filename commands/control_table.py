"""The rows of commands.table about the school's own control of its journal."""

from __future__ import annotations

from commands import certificates, controls, reads
from commands.row import Row

CONTROLS: dict[type, Row] = {
    controls.RecordControl: Row(
        "record_director_control", reads.nothing, controls.of_director, controls.record_control
    ),
    controls.CheckDay: Row("check_day", reads.nothing, controls.of_class, controls.check_day, controls.whose),
    certificates.DrawUpCertificate: Row(
        "write_certificate", reads.nothing, certificates.itself, certificates.draw_up_certificate
    ),
    certificates.WordCertificate: Row(
        "write_certificate", reads.nothing, certificates.itself, certificates.word_certificate
    ),
    certificates.SetFinding: Row(
        "write_certificate", reads.nothing, certificates.itself, certificates.set_finding
    ),
    certificates.DropFinding: Row(
        "write_certificate", reads.nothing, certificates.itself, certificates.drop_finding
    ),
    certificates.IssueCertificate: Row(
        "write_certificate", reads.nothing, certificates.itself, certificates.issue_certificate
    ),
    certificates.AcknowledgeCertificate: Row(
        "acknowledge_certificate", reads.nothing, certificates.itself, certificates.acknowledge_certificate
    ),
    certificates.ResolveFinding: Row(
        "acknowledge_certificate", reads.nothing, certificates.itself, certificates.resolve_finding
    ),
}
