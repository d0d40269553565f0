#!/bin/sh
# Takes out of the environment what no process of the site opens, and compiles the rest.
# Runs in the builder of the Dockerfile.
set -eu

cd /opt/venv/lib/python3.*/site-packages

# Where numbers are and whose they are: the site reads and writes numbers only (phonenumberslite,
# the same library without them, leaves out the same).
rm -r phonenumbers/geodata phonenumbers/carrierdata phonenumbers/tzdata
# Sources of catalogs, maps of scripts, headers and stubs are for developers.
find . \( -name '*.po' -o -name '*.js.map' -o -name '*.h' -o -name '*.pxd' -o -name '*.pyi' \) -delete
# Collected in var/static, from where they are served.
rm -r django/contrib/admin/static django_prose_editor/static
# Maps to the sources of scripts, for developers.
find /app/var/static \( -name '*.map' -o -name '*.map.*' \) -delete
# Django's own words in languages that the site does not speak.
spoken="$(cd /app && python -c 'from lkintegration.core.languages import BY_CODE; print(*BY_CODE)')"
for folder in django/conf/locale/*/ django/contrib/*/locale/*/; do
    case " $spoken __pycache__ " in
        *" $(basename "$folder") "*) ;;
        *) rm -r "$folder" ;;
    esac
done
# Names of functions inside of libraries, for debuggers.
find . -name '*.so' -o -name '*.so.*' | while read -r library; do strip --strip-unneeded "$library"; done

# Bytecode of all that a worker or a command imports; without it each would compile the code at
# every start. "unchecked-hash": it stays valid whatever a copy does to file times.
cd /app
PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=lkintegration.settings.production \
    SECRET_KEY="of no use: this process answers nobody, and only its list of files is kept" \
    ALLOWED_HOSTS=localhost DATABASE_URL=postgres://nobody@localhost/none \
    python /tmp/image/imported.py >/tmp/imported.txt
grep '^/opt/venv/' /tmp/imported.txt >/tmp/environment.txt
python -m compileall -q -f --invalidation-mode unchecked-hash -i /tmp/environment.txt
python -m compileall -q -f --invalidation-mode unchecked-hash lkintegration contacts offers concept
# A strict umask where the image is built must not lock out the user that the container runs as.
chmod -R a+rX /app /opt/venv
