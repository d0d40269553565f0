# The production image: one process tree (gunicorn), one port, no state.
#
#   docker build --tag lkintegration .
#   docker run --read-only --tmpfs /tmp --env-file … --publish 127.0.0.1:8000:8000 lkintegration
#
# compose.yaml shows the whole setting, with the database. A proxy that ends TLS
# and takes slow connections off gunicorn (nginx, for instance) belongs in front.

# One base for both stages: the virtual environment points at its interpreter.
# To pin it, put the digest that you have checked behind the tag.
FROM python:3.11-slim-bookworm AS base


FROM base AS builder

# The environment first: it changes seldom, and its layer is the slow one.
# --require-hashes: pip refuses whatever is not exactly the locked file.
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r /tmp/requirements.txt

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

# - Catalogs and static files are made here, because the running container
#   cannot write. The dev settings serve for this one command: they need no
#   secrets, and collectstatic touches no database. What else they leave in var
#   (a throwaway key) must not get into the image.
# - The bytecode too; without it every worker would compile the code at each
#   start. "unchecked-hash": it stays valid whatever a copy does to file times.
# - chmod: a strict umask where the image is built must not lock out the user
#   that the container runs as.
RUN python -m lkintegration.core.catalogs \
    && DJANGO_SETTINGS_MODULE=lkintegration.settings.dev \
        python manage.py collectstatic --noinput \
    && find var -mindepth 1 -maxdepth 1 ! -name static -exec rm -r {} + \
    && python -m compileall -q -f --invalidation-mode unchecked-hash \
        lkintegration contacts offers concept \
    && chmod -R a+rX /app


FROM base AS final

LABEL org.opencontainers.image.title="lkintegration" \
      org.opencontainers.image.description="Integrationsportal Landkreis Lörrach" \
      org.opencontainers.image.licenses="EUPL-1.2"

# A fixed number, so that a host or a cluster can name it ("runAsUser: 10001").
# It owns nothing and has no home and no shell.
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-log-init --no-create-home \
        --home-dir /nonexistent --shell /usr/sbin/nologin app

# Read-only friendly: no bytecode at run time, nothing held back in a buffer.
# WEB_CONCURRENCY is gunicorn's own name for the number of worker processes.
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=lkintegration.settings.production \
    WEB_CONCURRENCY=2

# Both belong to root: the site cannot change its own code.
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app
WORKDIR /app

USER 10001:10001
EXPOSE 8000

# Production refuses hosts that it does not know, so this names the first of
# ALLOWED_HOSTS (".example.org" stands for "example.org" and all below it). An
# http_proxy in the environment is left aside. A status of 400 or more raises an
# error, and the check fails.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; \
host = os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.'); \
request = u.Request('http://127.0.0.1:8000/health/live/', headers={'Host': host}); \
u.build_opener(u.ProxyHandler({})).open(request, timeout=4)"]

# Errors go to the container's log.
CMD ["gunicorn", "--config=lkintegration/gunicorn_config.py", "--bind=0.0.0.0:8000"]
