"""Which sought person of a request is meant: by place in the request, which says nothing in an address."""

from schemas.tracing import SoughtPerson, TracingRequest


def sought_of(request: TracingRequest, place: str) -> SoughtPerson | None:
    """The person at this place, counted from 0; None for a place that the request does not have."""
    if not place.isdecimal() or int(place[:4]) >= len(request.sought):
        return None
    return request.sought[int(place[:4])]
