"""What happens to an article between the page and the corpus.

`STAGES` is the whole story, in order; each stage is a pure function in the file of its name. A stage gets
the article and what the corpus already knows of it, and gives the article back or raises `Drop`.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.article import Article
from pipelines.classify import classify
from pipelines.context import Context
from pipelines.entities import entities
from pipelines.identify import identify
from pipelines.normalise import normalise
from pipelines.require import require
from pipelines.revise import revise

Stage = Callable[[Article, Context], Article]

STAGES: tuple[Stage, ...] = (normalise, require, identify, revise, classify, entities)
# Those that only tell of an article: where one fails, the article is flagged and kept (`pipelines.process`).
TELLING: frozenset[Stage] = frozenset({classify, entities})
