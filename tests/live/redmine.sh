#!/bin/sh
# Redmine 5 of Debian on http://127.0.0.1:8202, with SQLite, as root. `cargo xtask live` calls this.
#   redmine.sh setup   installs what is missing; the last line is the key of its interface
#   redmine.sh run     serves until it is killed
set -eu
MARK=/etc/redmine/precedent-live
export RAILS_ENV=production REDMINE_INSTANCE=default X_DEBIAN_SITEID=default
case "$1" in
setup)
  if [ -d /etc/redmine ] && [ ! -e "$MARK" ]; then
    echo "Redmine is installed here already, and its data may be somebody's." >&2
    exit 3
  fi
  if [ ! -e /usr/share/redmine/config.ru ]; then
    mkdir -p /etc/redmine && : > "$MARK"
    printf 'redmine redmine/instances/default/database-type select sqlite3\nredmine redmine/instances/default/dbconfig-install boolean true\n' | debconf-set-selections
    # Its own script fails once: the bundler of this release wants a folder for every specification that Debian ships.
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redmine redmine-sqlite puma ruby-sqlite3 sqlite3 curl >&2 || true
    for gems in /usr/share/rubygems-integration/* /usr/lib/*/rubygems-integration/*; do
      for specification in "$gems"/specifications/*.gemspec; do
        [ ! -e "$specification" ] || mkdir -p "$gems/gems/$(basename "$specification" .gemspec)"
      done
    done
    dpkg --configure -a >&2
  fi
  script=$(mktemp /var/tmp/precedent-live.XXXXXX.rb)
  cat > "$script" << 'RUBY'
Setting.rest_api_enabled = '1'
user = User.find_by_login('admin')
user.password = user.password_confirmation = 'labpass123'
user.must_change_passwd = false
user.save!
project = Project.find_by_identifier('product-a') || Project.create!(name: 'Product A', identifier: 'product-a')
project.trackers = Tracker.all
project.enabled_module_names = %w(issue_tracking repository)
project.save!
puts user.api_key
RUBY
  chmod 644 "$script"
  cd /usr/share/redmine
  setpriv --reuid=33 --regid=33 --init-groups bundle exec rails runner "$script"
  rm -f "$script"
  ;;
run)
  cd /usr/share/redmine
  exec setpriv --reuid=33 --regid=33 --init-groups puma -b tcp://127.0.0.1:8202 -e production -t 1:4 /usr/share/redmine/config.ru
  ;;
esac
