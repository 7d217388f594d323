# One image for web, live, worker and beat; docker-compose.yml says which of them a container is.
FROM python:3.13-slim

WORKDIR /srv/etappe
ENV PYTHONUNBUFFERED=1 ETAPPE_VAR=/srv/etappe/var

# The environment as `manage.py up` would make it, in a layer of its own: it changes only with the lock.
COPY requirements.lock requirements-test.lock ./
COPY config/__init__.py config/bootstrap.py config/
RUN python -m config.bootstrap

COPY . .
RUN .venv/bin/python manage.py catalogue --compile \
    && .venv/bin/python manage.py collectstatic --no-input \
    && useradd --system --no-create-home etappe \
    && mkdir -p var/beat && chown etappe var/beat
USER etappe
ENTRYPOINT [".venv/bin/python", "manage.py"]
