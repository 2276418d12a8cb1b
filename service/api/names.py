"""Two written names compared, with the reasons a reviewer reads. Nothing is stored."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from schemas.base import Value
from schemas.vocabulary import NameRole
from service.api.answers import STAFF
from service.api.bodies import StrictJsonRoute
from service.api.parts import body_with
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed

router = APIRouter(prefix="/api/v1/names", tags=["names"], route_class=StrictJsonRoute, responses=STAFF)
Name = Annotated[str, Field(min_length=1, max_length=200)]


class NamesBody(Value):
    """Two names in any script; in the body, since addresses end up in logs."""

    model_config = body_with({"left": "Гаджиев Ибрагим", "right": "إبراهيم غازييف"})

    left: Name
    right: Name
    role: NameRole = NameRole.FULL


class NamesAnswer(BaseModel):
    """`weight` in bits: above 0 the names speak for one person, below 0 against."""

    level: str
    weight: float
    sentence: str
    pairs: list[str]


@router.post("/comparison", summary="Compare two names")
def compare(_: Annotated[Actor, Depends(allowed(Operation.COMPARE_NAMES))], body: NamesBody) -> NamesAnswer:
    from matching.names.compare import compare_names  # here: it brings numba, and the server starts without
    from matching.names.parse import parse_name

    found = compare_names(parse_name(body.left, body.role), parse_name(body.right, body.role))
    return NamesAnswer(
        level=found.level,
        weight=found.weight,
        sentence=found.sentence,
        pairs=[pair.match.how for pair in found.pairs],
    )
