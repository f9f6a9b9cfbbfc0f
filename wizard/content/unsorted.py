"""The category that WordPress gives to a post when nobody chose one, in its languages.

Only names that say as much: "General" and "Allgemein" are words that people choose, too.
"""

from __future__ import annotations

import unicodedata

_NAMES = """
Bez kategorii
Bez kategorijas
Bez tēmas
Chưa được phân loại
Fără categorie
Geen categorie
Gun roinn-seòrsa
Heb Gategori
I pakategorizuar
Ikke kategoriseret
Isio-gawanyo
Isio-gawanywa
Kategorisiz
Määratlemata
Nekategorisano
Nekategorizirano
Nekategorizovano
Neuvrščeni
Nezaradené
Nezařazené
Niet gecategoriseerd
Non classé
Okategoriserade
Okategoriserat
Ora ono kategorine
Sailkatugabeak
Sem categoria
Sen categoría
Sen categorizar
Senkategoria
Senza categoria
Sin categoría
Tak Berkategori
Tanpa Kategori
Tanpa Katagori
Ukategorisert
Uncategorised
Uncategorized
Αταξινόμητα
Χωρίς κατηγορία
Без категория
Без категорії
Без рубрики
Некатегоризирано
Некатегоризовано
غير مصنف
دسته‌بندی نشده
سەھىپىگە ئايرىلمىغان
سەھىپە ئايرىلمىغان
هاوپۆل نەکراو
هاوپۆلنه‌كراو
বিভাগবিহীন
பிரிவற்றது
வகைப்படுத்தப்படாதது
වර්ගීකරණය නොකළ
ไม่มีหมวดหมู่
က​ဏ္ဍ​ ခွဲမထား
კატეგორიის გარეშე
未分类
未分類
미분류
"""


def without_unsorted(categories: tuple[str, ...]) -> tuple[str, ...]:
    """The same categories without that one, if any other is among them."""
    chosen = tuple(name for name in categories if _folded(name) not in _FOLDED)
    return chosen or categories


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


_FOLDED = frozenset(map(_folded, _NAMES.strip().splitlines()))
