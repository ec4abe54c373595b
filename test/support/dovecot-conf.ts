/** What one server of the tests is made of: where it works, who it runs as, what it listens on. */
export type Wanted = {
  folder: string;
  account: { name: string; group: string; uid: number; gid: number };
  ports: { imap: number; imaps: number };
  user: string;
  tokenInfoUrl: string;
  tls: boolean;
};

/** Debian 12 has 2.3, Debian 13 has 2.4, and the two write most settings differently. */
export const dovecotConf = (version: string, wanted: Wanted): string =>
  (version.startsWith('2.3.') ? conf23(wanted) : conf24(wanted)) + common(wanted);

/** Without root: one account for every process, and none of them in a cage (service … chroot). */
const common = ({ folder, account, ports, tls }: Wanted): string => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1, 127.0.0.2
default_internal_user = ${account.name}
default_internal_group = ${account.group}
default_login_user = ${account.name}
auth_mechanisms = plain xoauth2 oauthbearer
# a wrong password is answered at once
auth_failure_delay = 0
ssl = ${tls ? 'yes' : 'no'}
service anvil {
  chroot =
  # nor is the next attempt made to wait
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${tls ? ports.imaps : 0}
  }
}
`;

const conf23 = ({ folder, account }: Wanted): string => `
disable_plaintext_auth = no
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
mail_location = maildir:${folder}/mail
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}
passdb {
  driver = passwd-file
  mechanisms = plain
  args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
  driver = static
  args = uid=${account.uid} gid=${account.gid} home=${folder}/home
}
`;

/** In a file of its own where it is 2.3. */
export const oauth2Conf = ({ tokenInfoUrl }: Wanted): string =>
  `tokeninfo_url = ${tokenInfoUrl}\nusername_attribute = email\n`;

const conf24 = ({ folder, account, tokenInfoUrl }: Wanted): string => `
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
auth_allow_cleartext = yes
ssl_server_cert_file = ${folder}/cert.pem
ssl_server_key_file = ${folder}/key.pem
mail_driver = maildir
mail_path = ${folder}/mail
namespace inbox {
  inbox = yes
}
oauth2 {
  introspection_mode = auth
  tokeninfo_url = ${tokenInfoUrl}
  username_attribute = email
}
passdb passwd-file {
  passwd_file_path = ${folder}/users
}
userdb static {
  fields {
    uid = ${account.uid}
    gid = ${account.gid}
    home = ${folder}/home
  }
}
`;
