<?php
/*
 * Fills an empty database, once per site: installs WordPress, makes one user per role and gives
 * each an application password. Reads its wishes as JSON, answers in JSON.
 */
$wish = json_decode(stream_get_contents(STDIN), true, 4, JSON_THROW_ON_ERROR);

define('WP_INSTALLING', true);
$_SERVER += [
    'HTTP_HOST' => substr(getenv('WORDPRESS_URL'), strlen('http://')),
    'REQUEST_METHOD' => 'GET',
    'REQUEST_URI' => '/',
    'SERVER_PROTOCOL' => 'HTTP/1.1',
];
// WordPress announces each new site by mail unless somebody else has this function.
function wp_new_blog_notification(): void {}

require getenv('WORDPRESS_TREE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('New Home', 'admin', 'admin@example.test', true, '', $wish['login_password']);
update_option('timezone_string', $wish['time_zone']);
$GLOBALS['wp_rewrite']->init();
$GLOBALS['wp_rewrite']->set_permalink_structure($wish['permalinks']);

$users = [];
foreach (['administrator', 'editor', 'author', 'contributor', 'subscriber'] as $role) {
    $login = $role === 'administrator' ? 'admin' : $role;
    $user = get_user_by('login', $login);
    $id = $user ? $user->ID : wp_insert_user([
        'user_login' => $login,
        'user_pass' => $wish['login_password'],
        'user_email' => "$login@example.test",
        'display_name' => ucfirst($login),
        'role' => $role,
    ]);
    if (is_wp_error($id)) {
        throw new RuntimeException("$login: " . $id->get_error_message());
    }
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'tests']);
    $users[$role] = [$login, WP_Application_Passwords::chunk_password($password)];
}
echo json_encode(['version' => $GLOBALS['wp_version'], 'users' => $users]);
