"""What happens to an article between the page and the corpus.

`STAGES` and then `TELLING` are the whole story, in order; each stage is a pure function in the file of its
name. A stage gets the article and what the corpus already knows of it, and gives the article back or raises
`Drop`. Those of `TELLING` only tell of an article what its text says, and therefore only of one that is to
be written: where one fails, the article is flagged and kept (`pipelines.process`).
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
Teller = Callable[[Article], Article]

STAGES: tuple[Stage, ...] = (normalise, require, identify, revise)
TELLING: tuple[Teller, ...] = (classify, entities)
