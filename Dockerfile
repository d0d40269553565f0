# The production image: Python, the site and nothing else. No shell, no package
# manager, no compiler, no root; one port, no state.
#
#   docker build --tag lkintegration .
#   docker run --read-only --tmpfs /tmp --env-file .env \
#       --publish 127.0.0.1:8000:8000 lkintegration
#
# compose.yaml shows the whole setting, with database, jobs and a proxy that ends
# TLS. "make drills DRILLS=image" runs these steps without Docker, in a clean
# Debian, and starts what comes of them.

# Pinned by date and by digest; whoever takes newer ones compares both with
# "docker buildx imagetools inspect". PostgreSQL is of compose.yaml's version.
FROM debian:bookworm-20260824-slim@sha256:88200866dfff7ea7f5cbcb6ec7c8a701889efe6fe859fe64d6990e4b07ea4171 AS debian


# --- pg_dump for the backups, with the libraries that it alone needs ----------------
FROM postgres:16.14-bookworm@sha256:64154d0babcb1741988719e703419af0382b19953706149f9872fbd0f438efa8 AS postgres
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN for name in pg_dump pg_restore; do \
        program="$(echo /usr/lib/postgresql/*/bin/"$name")"; \
        { echo "$program"; ldd "$program" | awk '$2 == "=>" {print $3}'; } \
        | while read -r file; do \
            install -D "$file" "/needed$(readlink -f "${file%/*}")/${file##*/}"; \
        done; \
    done


# --- the site and its environment ----------------------------------------------------
FROM debian AS builder

# Newest within the release: that is how Debian delivers security updates.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        binutils ca-certificates python3-venv tzdata \
    && rm -r /var/lib/apt/lists/*

# The environment first: it changes seldom, and its layer is the slow one.
# --require-hashes: pip refuses whatever is not exactly the locked file. pip
# itself stays outside of the environment that it fills.
COPY requirements.txt /tmp/requirements.txt
RUN python3 -m venv /opt/pip \
    && python3 -m venv --without-pip /opt/venv \
    && /opt/pip/bin/pip --python /opt/venv/bin/python install --no-cache-dir --no-compile \
        --disable-pip-version-check --require-hashes -r /tmp/requirements.txt

ENV PATH="/opt/venv/bin:$PATH"
WORKDIR /app

# One line a folder, so that nothing comes along unasked (see .dockerignore too).
# The licence travels with every copy: EUPL, article 5.
COPY LICENSE manage.py ./
COPY lkintegration/ lkintegration/
COPY contacts/ contacts/
COPY offers/ offers/
COPY concept/ concept/
COPY templates/ templates/
COPY static/ static/
COPY locale/ locale/
COPY docs/anleitung.md docs/anleitung.md
COPY docs/redaktion.md docs/redaktion.md
COPY docs/bilder/ docs/bilder/

# Catalogs and static files are made here, because the running container cannot
# write. The dev settings serve for this one command: they need no secrets, and
# collectstatic touches no database. What else they leave in var (a throwaway
# key) must not get into the image.
RUN python -m lkintegration.core.catalogs \
    && DJANGO_SETTINGS_MODULE=lkintegration.settings.dev \
        python manage.py collectstatic --noinput \
    && find var -mindepth 1 -maxdepth 1 ! -name static -exec rm -r {} +

COPY deploy/image/ /tmp/image/
COPY --from=postgres /needed /tmp/needed
RUN sh /tmp/image/trim.sh && sh /tmp/image/assemble.sh /tmp/needed /system


FROM scratch AS final

LABEL org.opencontainers.image.title="lkintegration" \
      org.opencontainers.image.description="Integrationsportal Landkreis Lörrach" \
      org.opencontainers.image.licenses="EUPL-1.2"

# Both belong to root: the site cannot change its own code.
COPY --from=builder /system /
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app
COPY --from=builder --chown=10001:10001 /own /
WORKDIR /app

# Read-only friendly: no bytecode at run time, nothing held back in a buffer.
# WEB_CONCURRENCY is gunicorn's own name for the number of worker processes.
ENV PATH="/opt/venv/bin:/usr/bin" \
    LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=lkintegration.settings.production \
    METRICS_PORT=9100 \
    WEB_CONCURRENCY=2

# A fixed number, so that a host or a cluster can name it ("runAsUser: 10001").
# It owns nothing and has no home.
USER 10001:10001
EXPOSE 8000 9100

# Production refuses hosts that it does not know, so this names the first of
# ALLOWED_HOSTS (".example.org" stands for "example.org" and all below it). An
# http_proxy in the environment is left aside. A status of 400 or more raises an
# error, and the check fails.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; \
host = os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.'); \
request = u.Request('http://127.0.0.1:8000/health/live/', headers={'Host': host}); \
u.build_opener(u.ProxyHandler({})).open(request, timeout=4)"]

# Errors go to the container's log. SIGTERM: what has begun is finished first.
CMD ["python", "-m", "lkintegration.run_gunicorn", "--bind=0.0.0.0:8000", "--bind=0.0.0.0:9100"]
