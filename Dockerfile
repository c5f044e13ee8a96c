# One image definition for every service: docker build --build-arg SERVICE=registry -t labourbridge/registry .

FROM python:3.11-slim-bookworm AS builder
ARG SERVICE
WORKDIR /source
COPY deploy/local/uv.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r uv.txt
COPY pyproject.toml requirements.lock ./
COPY libs ./libs
COPY services ./services
COPY tools ./tools
RUN for member in eventcore contracts "${SERVICE:?name it with --build-arg SERVICE=...}"; do \
      uv build --quiet --wheel --out-dir /wheels --package "labourbridge-$member" || exit 1; \
    done
# The lock constrains: only what this service needs is installed, in the pinned version and with the pinned hash.
RUN uv venv /app/.venv \
 && VIRTUAL_ENV=/app/.venv uv pip install --no-cache --constraint requirements.lock --find-links /wheels \
      "labourbridge-$SERVICE"

FROM python:3.11-slim-bookworm
ARG SERVICE
LABEL org.opencontainers.image.title="labourbridge-$SERVICE" org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 labourbridge && useradd --uid 10001 --gid 10001 --no-create-home labourbridge
WORKDIR /app
COPY --from=builder /app/.venv /app/.venv
COPY docs/access.csv /app/docs/access.csv
# Where a service looks for them: beside the folder that holds its package.
COPY services/$SERVICE/migrations /app/.venv/lib/python3.11/migrations
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SERVICE=$SERVICE \
    LB_ACCESS_TABLE=/app/docs/access.csv \
    LB_HOST=0.0.0.0
USER 10001:10001
# "exec" hands signals to the service: `docker run labourbridge/registry worker`
ENTRYPOINT ["/bin/sh", "-c", "exec python -m \"$SERVICE\" \"$@\"", "--"]
CMD ["api"]
