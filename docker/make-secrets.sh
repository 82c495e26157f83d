#!/bin/sh
# Makes what compose.yml takes for secrets, in secrets/ beside this file (or in the folder SECRETS): passwords nobody has
# to know, and the addresses that contain them. What is there already is kept. With --tls also what compose.tls.yml takes: an
# authority, a certificate of KurrentDB for a year, passwords of its users. Needs openssl.
#
# The folder is for its owner alone. The files in it are readable (but for the key of the authority, which stays): each
# goes into a container by itself, and is read there by a user that this machine does not know.
set -eu
folder=${SECRETS:-"$(dirname "$0")/secrets"}
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"
umask 022

# Hexadecimal: one half of KurrentDB's client does not decode what a URL would have to encode.
password() { openssl rand -hex 24; }
keep() { [ -s "$1" ] || printf '%s\n' "$2" >"$1"; }

if [ ! -s redis_acl ] || [ ! -s redis_url ]; then
  redis=$(password)
  printf 'user default on nopass nocommands +ping\nuser para71 on >%s ~bull:* ~para71:* +@all -@admin +info +config|get\n' "$redis" >redis_acl
  printf 'redis://para71:%s@redis:6379\n' "$redis" >redis_url
fi
keep mail_url 'smtp://mail:1025'
keep metrics_token "$(password)"
keep contacts.json '{}'

if [ "${1:-}" = --tls ]; then
  keep kurrentdb_admin "$(password)"
  keep kurrentdb_ops "$(password)"
  if [ ! -s kurrentdb_para71 ]; then
    user=$(password)
    printf '%s\n' "$user" >kurrentdb_para71
    printf 'kurrentdb://para71:%s@kurrentdb:2113?tls=true&tlsCaFile=/run/secrets/kurrentdb_ca\n' "$user" >event_store_url
  fi
  if [ ! -s ca.crt ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -keyout ca.key -out ca.crt \
      -subj '/O=Para 71/CN=Para 71 store authority' \
      -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' 2>/dev/null
    chmod 600 ca.key
  fi
  if [ ! -s kurrentdb.crt ]; then
    printf '%s\n' 'subjectAltName=DNS:kurrentdb,DNS:localhost,IP:127.0.0.1' 'extendedKeyUsage=serverAuth,clientAuth' \
      'keyUsage=critical,digitalSignature,keyEncipherment' 'basicConstraints=critical,CA:FALSE' >kurrentdb.ext
    openssl req -newkey rsa:2048 -nodes -sha256 -keyout kurrentdb.key -out kurrentdb.csr \
      -subj '/O=Para 71/CN=kurrentdb-node' 2>/dev/null
    openssl x509 -req -sha256 -days 365 -in kurrentdb.csr -CA ca.crt -CAkey ca.key -CAcreateserial \
      -extfile kurrentdb.ext -out kurrentdb.crt 2>/dev/null
    chmod 644 kurrentdb.key
    rm -f kurrentdb.csr kurrentdb.ext ca.srl
  fi
else
  keep event_store_url 'kurrentdb://kurrentdb:2113?tls=false'
fi
printf 'Secrets are in %s\n' "$PWD"
