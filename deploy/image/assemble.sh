#!/bin/sh
# Puts together the system that the image runs on: the files of the Debian packages that Python and
# the environment need, a user, the certificates, and what pg_dump needs beyond that.
#   assemble.sh FOLDER_OF_PG_DUMP FOLDER_TO_FILL
# Runs in the builder of the Dockerfile.
set -eu

needed="$1"
root="$2"
packages="
    base-files media-types tzdata
    libc6 libgcc-s1 libstdc++6 libcrypt1 libnsl2 libtirpc3 libtirpc-common
    libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1
    libssl3 zlib1g libbz2-1.0 liblzma5 libexpat1 libffi8 libdb5.3 libsqlite3-0 libuuid1
    libncursesw6 libtinfo6 libreadline8
    python3 python3-minimal python3.11 python3.11-minimal
    libpython3-stdlib libpython3.11-stdlib libpython3.11-minimal
"

# As Debian has it: what packages put in /lib lies in /usr/lib.
mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/usr/lib64" "$root/usr/sbin"
for name in bin lib lib64 sbin; do ln -s "usr/$name" "$root/$name"; done
mkdir -p "$root/var/lib/dpkg/status.d" "$root/etc/ssl/certs"
mkdir -m 1777 "$root/tmp"
# The one folder that the site may write, where a volume is mounted on it.
mkdir -p /own/backups

for package in $packages; do
    dpkg-query --listfiles "$package"
    # Scanners look here for what is installed where there is no package manager.
    dpkg-query --status "$package" >"$root/var/lib/dpkg/status.d/$package"
done >/tmp/listed.txt
while read -r path; do
    case "$path" in
        # Manuals, tables of other encodings (Python has its own), and what needs a shell.
        */copyright) ;;
        /usr/share/doc/* | /usr/share/man/* | /usr/share/lintian/* | /usr/share/base-files/*) continue ;;
        */gconv/* | /usr/share/bash-completion/* | /usr/share/python3/* | /usr/bin/py3* ) continue ;;
        */pydoc* | */lib2to3/* | */idlelib/* | */ensurepip/* | /etc/update-motd.d/*) continue ;;
    esac
    if [ -f "$path" ] || [ -L "$path" ]; then echo "${path#/}"; fi
done </tmp/listed.txt >/tmp/taken.txt
tar --directory / --create --file /tmp/system.tar --files-from /tmp/taken.txt
tar --directory "$root" --extract --file /tmp/system.tar --keep-directory-symlink

cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
echo 'app:x:10001:10001::/nonexistent:/usr/sbin/nologin' >"$root/etc/passwd"
echo 'app:x:10001:' >"$root/etc/group"
# As Debian's C library is told elsewhere: names of this machine first.
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
# Libraries of both are Debian's, which has the newer updates.
cp --recursive --no-clobber --no-dereference "$needed/." "$root/"
ldconfig -r "$root"

# The bytecode of Python's own modules, which Debian makes when it installs them.
grep '^/usr/lib/' /tmp/imported.txt | sed "s#^#$root#" >/tmp/own.txt
python3 -m compileall -q -f -s "$root" --invalidation-mode unchecked-hash -i /tmp/own.txt
