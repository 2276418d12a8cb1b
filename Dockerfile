# Homeward's image: two stages, hash-locked requirements, no root, no compiler, no pip in the end.
# The matcher's inner loops are compiled for the machine's own processor, so the result is kept with the data.
# Build:  make image            Check without a container engine:  make image-check
# Another base:  docker build --build-arg BASE=... .   It needs python3 (3.11 or newer) with venv.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
RUN python3 -m venv /opt/build && python3 -m venv /opt/homeward
COPY requirements.txt requirements-build.txt ./
# The two secrets are optional: pip's settings and a CA file, for machines behind a mirror or a proxy.
RUN --mount=type=secret,id=pip-conf,target=/etc/pip.conf \
    --mount=type=secret,id=ca,target=/run/secrets/ca.pem \
    /opt/build/bin/pip install --require-hashes -r requirements-build.txt \
    && /opt/homeward/bin/pip install --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY schemas ./schemas
COPY matching ./matching
COPY service ./service
RUN /opt/build/bin/hatchling build -t wheel -d /wheel \
    && /opt/homeward/bin/pip install --no-deps --no-index /wheel/*.whl \
    && /opt/homeward/bin/pip uninstall -y pip setuptools

FROM ${BASE}
LABEL org.opencontainers.image.title="Homeward" \
      org.opencontainers.image.description="Family reunification: tracing requests matched with detainee lists" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/homeward /opt/homeward
# Data and keys are two volumes on purpose: whoever copies one of them alone can read nobody's name.
RUN useradd --uid 10001 --user-group --create-home --shell /usr/sbin/nologin homeward \
    && install -d -o homeward -g homeward -m 0700 /var/lib/homeward /keys
ENV PATH=/opt/homeward/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NUMBA_CACHE_DIR=/var/lib/homeward/compiled \
    HOMEWARD_DATA_DIR=/var/lib/homeward \
    HOMEWARD_KEY_FILE=/keys/keys.json
USER 10001:10001
WORKDIR /var/lib/homeward
VOLUME ["/var/lib/homeward", "/keys"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# One container does everything: with several, run one server without --with-worker and workers beside it.
CMD ["homeward", "serve", "--host", "0.0.0.0", "--port", "8000", "--with-worker"]
