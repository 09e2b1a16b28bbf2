#!/bin/sh
# Request Tracker 5 of Debian on http://127.0.0.1:8201, with SQLite, as root. `cargo xtask live` calls this.
#   rt.sh setup   installs what is missing; the last line is NAME:PASSWORD
#   rt.sh run     serves until it is killed
set -eu
MARK=/etc/request-tracker5/RT_SiteConfig.d/90-loopback.pm
case "$1" in
setup)
  if [ -d /etc/request-tracker5 ] && [ ! -e "$MARK" ]; then
    echo "Request Tracker is installed here already, and its data may be somebody's." >&2
    exit 3
  fi
  if ! command -v rt-server-5 > /dev/null && [ ! -e /usr/share/request-tracker5/libexec/rt-server ]; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends request-tracker5 rt5-db-sqlite rt5-standalone curl >&2
  fi
  cat > "$MARK" << 'PERL'
# Written by `cargo xtask live`: a lab that listens on this machine alone and sends no mail.
Set($WebDomain, '127.0.0.1'); Set($WebPort, 8201); Set($WebPath, ''); Set($WebBaseURL, 'http://127.0.0.1:8201');
Set($MailCommand, 'testfile'); Set($Timezone, 'UTC'); Set($BcryptCost, 4);
Set($LogToSTDERR, 'warning'); Set($LogToSyslog, 'critical');
1;
PERL
  chmod 644 /etc/request-tracker5/RT_SiteConfig.pm "$MARK"
  # It ends with 1 although it did what it was asked, and says so.
  said=$(printf 'labpass123\nlabpass123\n' | rt-passwd-5 root 2>&1) || true
  case "$said" in *Successfully*) ;; *) echo "$said" >&2; exit 1 ;; esac
  echo root:labpass123
  ;;
run)
  cd /
  exec setpriv --reuid=33 --regid=33 --init-groups plackup -E deployment -s Starlet --host 127.0.0.1 --port 8201 \
    --max-workers 2 /usr/share/request-tracker5/libexec/rt-server
  ;;
esac
