"""The kinds of activity that articles are sorted by, with the words a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind: its Vietnamese label, and whose news may be of it.

    `of`: "party" only the Party's, "party_or_mass" that of the Party or of a mass organisation, "mass" a mass
    organisation's own (which makes it nobody's Party news), "any" everybody's.
    """

    label: str
    of: Literal["party", "party_or_mass", "mass", "any"]


ACTIVITIES = {
    "dai_hoi": Activity("Đại hội", "party_or_mass"),
    "so_ket_tong_ket": Activity("Sơ kết, tổng kết", "party_or_mass"),
    "ket_nap_dang_vien": Activity("Kết nạp đảng viên", "party"),
    "kiem_tra_giam_sat": Activity("Kiểm tra, giám sát", "party"),
    "hoc_tap_lam_theo_bac": Activity("Học tập và làm theo Bác", "party"),
    "sinh_hoat_chuyen_de": Activity("Sinh hoạt chi bộ, chuyên đề", "party"),
    "to_chuc_can_bo": Activity("Tổ chức, cán bộ", "party"),
    "quan_triet_nghi_quyet": Activity("Quán triệt nghị quyết", "party"),
    "ky_luat": Activity("Kỷ luật", "party"),
    "doan_the_cong_doan": Activity("Đoàn thể: Công đoàn", "mass"),
    "doan_the_thanh_nien": Activity("Đoàn thể: Đoàn Thanh niên", "mass"),
    "doan_the_phu_nu": Activity("Đoàn thể: Hội Phụ nữ", "mass"),
    "doan_the_cuu_chien_binh": Activity("Đoàn thể: Hội Cựu chiến binh", "mass"),
    "an_sinh": Activity("An sinh xã hội", "any"),
}
